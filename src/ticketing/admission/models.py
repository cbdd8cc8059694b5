"""The door: every attempt, with its verdict."""

from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from ticketing.desk.db import Base


class Verdict(StrEnum):
    ADMITTED = "admitted"
    ALREADY_ADMITTED = "already_admitted"
    WRONG_PERFORMANCE = "wrong_performance"
    WRONG_GATE = "wrong_gate"
    VOID = "void"
    UNPAID = "unpaid"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    HOUSE_FULL = "house_full"
    STALE_CODE = "stale_code"
    INVALID = "invalid"
    UNKNOWN = "unknown"
    LEFT = "left"
    NOT_INSIDE = "not_inside"


class Scan(Base):
    """``at`` is the device's time, ``received_at`` ours; ``entry`` counts a ticket's entries.

    (``device``, ``sequence``) names a scan wherever it is known; a program that has no device is one
    for each of its scans. ``told``: 1 where this verdict is what was said at the gate, 0 where it is
    our answer to a question, which a gate may have ceased to wait for. ``reason``: why a supervisor
    let in whom the verdict had refused.
    """

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
        sa.Index(
            "ix_scan_performance_verdict_at",
            "performance_id",
            "verdict",
            "at",
            sqlite_where=sa.text("undone_at IS NULL"),
            postgresql_where=sa.text("undone_at IS NULL"),
        ),
        sa.UniqueConstraint("device", "sequence"),
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
    device: Mapped[str]
    sequence: Mapped[int]
    told: Mapped[int]
    reason: Mapped[str] = mapped_column(server_default="")
    undone_at: Mapped[int | None]
    undone_by: Mapped[str | None]


class Device(Base):
    """A phone at a door, bound to what it may do: no ``gates`` or ``performances`` means all of them.

    It is paired once, by a secret that is good until ``pair_by``; from then on it has a token of its
    own. ``battery`` in percent, ``skew``: how many ms its clock is behind ours, as it told last.
    """

    __tablename__ = "device"
    id: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    role: Mapped[str]
    gates: Mapped[list[Any]]
    performances: Mapped[list[Any]]
    secret_digest: Mapped[str] = mapped_column(unique=True)
    pair_by: Mapped[int]
    made_at: Mapped[int]
    made_by: Mapped[str]
    paired_at: Mapped[int | None]
    token_id: Mapped[str | None] = mapped_column(sa.ForeignKey("token.id"), unique=True)
    revoked_at: Mapped[int | None]
    wipe: Mapped[int] = mapped_column(server_default="0")
    wiped_at: Mapped[int | None]
    seen_at: Mapped[int | None]
    unsent: Mapped[int | None]
    battery: Mapped[int | None]
    skew: Mapped[int | None]


# Written out, not bound: only so can a database see that the index ``one_admission`` serves.
STANDS = Scan.undone_at.is_(None)
CAME_IN = sa.and_(Scan.verdict == sa.literal_column("'admitted'"), STANDS)
WENT_OUT = sa.and_(Scan.verdict == sa.literal_column("'left'"), STANDS)
