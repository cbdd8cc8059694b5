"""The settlement of a performance, once it is signed. Nothing changes or deletes it."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class Settlement(Base):
    """``sheet`` as it was signed, with ``digest`` over it; ``signer``: the name that was typed."""

    __tablename__ = "settlement"
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"), primary_key=True)
    sheet: Mapped[dict[str, Any]]
    digest: Mapped[str]
    signer: Mapped[str]
    note: Mapped[str]
    signed_by: Mapped[str]
    signed_at: Mapped[int]
