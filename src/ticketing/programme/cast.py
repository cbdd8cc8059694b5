"""Say who plays this performance."""

from collections.abc import Sequence
from typing import NamedTuple

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.desk.upsert import keep_rows
from ticketing.foundation.words import Words
from ticketing.programme.models import CastMember


class Part(NamedTuple):
    person_id: str
    role: Words
    note: Words  # what is special about it this time; may be empty


def cast(tx: Tx, performance_id: str, parts: Sequence[Part], *, by: str, now: int) -> None:
    """Make these the whole cast, in this order."""
    rows = [{"position": position, **part._asdict()} for position, part in enumerate(parts)]
    if keep_rows(tx, CastMember, {"performance_id": performance_id}, rows):
        note(tx, "performance.cast", performance_id, by=by, now=now)
