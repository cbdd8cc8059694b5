"""Write scans down: the only writer of their rows. They are facts, so nothing here decides anything."""

from typing import NamedTuple

import sqlalchemy as sa

from ticketing.admission.models import Scan, Verdict
from ticketing.desk.db import INSERT, Statement, Tx


class Fact(NamedTuple):
    """A scan as it is stored, see ``models.Scan``; ``last_entry``: of its ticket's scans before."""

    nonce: str
    performance_id: str
    ticket_id: str | None
    gate: str
    verdict: Verdict
    direction: str
    code_digest: str
    at: int
    scanned_by: str
    device: str
    sequence: int
    told: bool
    last_entry: int
    reason: str = ""


class KeptScan(NamedTuple):
    """What is stored under a nonce."""

    gate: str
    performance_id: str
    code_digest: str
    direction: str
    verdict: str
    ticket_id: str | None
    at: int
    told: int


ADD = {
    name: Statement(insert(Scan).on_conflict_do_nothing(index_elements=["nonce"]))
    for name, insert in INSERT.items()
}
KEPT = Statement(
    sa.select(*(getattr(Scan, name) for name in KeptScan._fields)).where(
        Scan.nonce == sa.bindparam("nonce")
    )
)
OF_DEVICE = Statement(
    sa.select(Scan.nonce).where(
        Scan.device == sa.bindparam("device"), Scan.sequence == sa.bindparam("sequence")
    )
)
TOLD = Statement(
    sa.update(Scan)
    .where(Scan.nonce == sa.bindparam("its_nonce"), Scan.told == sa.literal_column("0"))
    .values(
        verdict=sa.bindparam("its_verdict"), entry=sa.bindparam("its_entry"), told=1,
        received_at=sa.bindparam("now"),
    )
)  # fmt: skip
UNDONE = Statement(
    sa.update(Scan)
    .where(Scan.nonce == sa.bindparam("its_nonce"), Scan.undone_at.is_(None))
    .values(undone_at=sa.bindparam("now"), undone_by=sa.bindparam("by"))
)


def record(tx: Tx, fact: Fact, *, now: int) -> bool:
    """Store a scan; return False where its nonce is stored already."""
    values = fact._asdict()
    entry = values.pop("last_entry") + (fact.verdict is Verdict.ADMITTED)
    values["told"] = int(fact.told)
    return tx.run(ADD[tx.dialect], entry=entry, received_at=now, **values) == 1


def kept(tx: Tx, nonce: str) -> KeptScan | None:
    row = tx.first(KEPT, nonce=nonce)
    return KeptScan._make(row) if row else None


def nonce_of(tx: Tx, device: str, sequence: int) -> str | None:
    """Return the nonce of the scan to which a device gave this number."""
    row = tx.first(OF_DEVICE, device=device, sequence=sequence)
    return row[0] if row else None


def told(tx: Tx, nonce: str, verdict: Verdict, last_entry: int, *, now: int) -> None:
    """Put what was said at the gate in place of what we had answered, once."""
    entry = last_entry + (verdict is Verdict.ADMITTED)
    tx.run(TOLD, its_nonce=nonce, its_verdict=verdict, its_entry=entry, now=now)


def undo(tx: Tx, nonce: str, *, by: str, now: int) -> bool:
    """Take a scan back; return False where it was taken back before."""
    return tx.run(UNDONE, its_nonce=nonce, by=by, now=now) == 1
