"""The door: every attempt, with its verdict."""

from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.foundation.db import Base


class Verdict(StrEnum):
    ADMITTED = "admitted"
    ALREADY_ADMITTED = "already_admitted"
    WRONG_PERFORMANCE = "wrong_performance"
    VOID = "void"
    UNPAID = "unpaid"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    INVALID = "invalid"
    UNKNOWN = "unknown"


class Scan(Base):
    """``at`` is the device's time, ``received_at`` ours; ``entry`` counts a ticket's entries."""

    __tablename__ = "scan"
    __table_args__ = (
        sa.Index(
            "one_admission",
            "ticket_id",
            "entry",
            unique=True,
            sqlite_where=sa.text("verdict = 'admitted'"),
            postgresql_where=sa.text("verdict = 'admitted'"),
        ),
        sa.Index("ix_scan_performance_verdict_at", "performance_id", "verdict", "at"),
        sa.CheckConstraint("verdict <> 'admitted' OR ticket_id IS NOT NULL", name="who_came_in"),
    )
    nonce: Mapped[str] = mapped_column(primary_key=True)
    performance_id: Mapped[str] = mapped_column(sa.ForeignKey("performance.id"))
    ticket_id: Mapped[str | None] = mapped_column(sa.ForeignKey("ticket.id"), index=True)
    gate: Mapped[str] = mapped_column(sa.ForeignKey("gate.name"))
    verdict: Mapped[str]
    entry: Mapped[int]
    direction: Mapped[str]
    code_digest: Mapped[str]
    at: Mapped[int]
    received_at: Mapped[int]
    scanned_by: Mapped[str]


# Written out, not bound: only so can a database see that the index ``one_admission`` serves.
CAME_IN = Scan.verdict == sa.literal_column("'admitted'")
