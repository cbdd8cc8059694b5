"""How the door of a performance works: whether its codes rotate, and when latecomers go in."""

from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.programme.models import Performance, Rotating

MOST_BREAKS = 12
STANDBY = 15  # minutes, where nobody says otherwise


def lets_seats_go_at(show: sa.Row[Any]) -> int:
    """Return the instant from which the seats of those who did not come may go to others."""
    return int(show.starts_at + show.standby_minutes * MINUTE)


def set_door_rules(
    tx: Tx, performance_id: str, rotating: str, breaks: list[int], standby: int,
    *, by: str, now: int,
) -> None:  # fmt: skip
    """``breaks``: minutes after the start; none: latecomers go in whenever they come; ``standby``: so many
    minutes after the start the seats of those who did not come may be let go."""
    here = Performance.id == performance_id
    found = tx.execute(sa.select(Performance.__table__).where(here)).first()
    if found is None:
        raise NotFound()
    if rotating not in set(Rotating):
        raise BadInput("rotating", "没有这种码。", "There is no such kind of code.")
    length = (found.ends_at - found.starts_at) // MINUTE
    ordered = sorted(set(breaks))
    if len(ordered) > MOST_BREAKS or any(not 0 < each < length for each in ordered):
        raise BadInput(
            "breaks",
            f"放行时间是开演后的分钟数，1 到 {length - 1}，最多 {MOST_BREAKS} 个。",
            f"Breaks are minutes after the start, 1 to {length - 1}, at most {MOST_BREAKS} of them.",
        )
    if not 0 <= standby < length:
        raise BadInput(
            "standby",
            f"给现场候补放座的时间是开演后 0 到 {length - 1} 分钟。",
            f"Seats are let go 0 to {length - 1} minutes after the start.",
        )
    values = {"rotating": rotating, "late_breaks": ordered, "standby_minutes": standby}
    if all(getattr(found, name) == value for name, value in values.items()):
        return
    tx.execute(sa.update(Performance).where(here).values(values))
    note(tx, "door.rules", performance_id, by=by, now=now, **values)
