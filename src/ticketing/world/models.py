"""What the festival's file said when it was last stored."""

from typing import Any

from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class Seeded(Base):
    """An entry of the file, field by field: what is stored otherwise today was set by the office.

    ``key``: its slug; a house has "".
    """

    __tablename__ = "seeded"
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)
    said: Mapped[dict[str, Any]]
    seeded_at: Mapped[int]
