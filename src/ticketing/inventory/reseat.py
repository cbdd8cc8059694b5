"""Equal seats for an order whose own were sold to others before its money came."""

from collections import defaultdict
from collections.abc import Sequence

from ticketing.desk.db import Tx
from ticketing.inventory.alternatives import nearest
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold_record import SEATS
from ticketing.inventory.seat_map import taken_seats
from ticketing.pricing.quote import prices
from ticketing.seating.queries import plan as read_plan


def equal_seats(
    tx: Tx, performance_id: str, plan_id: str, hold_id: str, wanted: Sequence[str], *, now: int
) -> dict[str, str]:
    """Return for each seat one as good: of its band, together where they were; else SeatsTaken."""
    plan = read_plan(tx, plan_id)
    bands = {section: price.band for (section, _), price in prices(tx, performance_id, now).items()}
    kept = {seat for (seat,) in tx.all(SEATS, hold_id=hold_id, now=now)}
    taken = taken_seats(tx, performance_id, now) - kept
    found = nearest(plan, bands, wanted, lambda seat: seat.id not in taken)
    if found is None:
        raise SeatsTaken(sorted(set(wanted) & taken))

    def band(seat: str) -> str | None:
        return bands.get(plan.by_id[seat].section)

    free = defaultdict(list)
    for seat in found:
        free[band(seat)].append(seat)
    return {seat: free[band(seat)].pop(0) for seat in sorted(wanted)}
