"""What stands on every ticket of a performance: when, where, by which gate, who plays."""

from dataclasses import dataclass
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.foundation.words import Words
from ticketing.programme.queries import by_id, cast
from ticketing.venues.queries import gates


@dataclass(frozen=True, slots=True)
class Evening:
    """``cast``: each role with its people; ``gate``: the way in, where there is but one."""

    show: sa.Row[Any]
    cast: list[tuple[Words, list[Words]]]
    gate: Words | None


def evening(tx: Tx, performance_id: str) -> Evening:
    show = by_id(tx, performance_id)
    ways_in = [gate.label for gate in gates(tx) if gate.hall_id == show.hall_id]
    roles = groupby(cast(tx, performance_id), key=lambda part: part.role)
    return Evening(
        show=show,
        cast=[(role, [part.name for part in parts]) for role, parts in roles],
        gate=ways_in[0] if len(ways_in) == 1 else None,
    )
