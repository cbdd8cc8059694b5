"""A performance inside one transaction: its terms, its plan, and which of its seats are taken."""

from collections.abc import Collection, Iterable
from functools import cached_property

from ticketing.desk.db import Tx
from ticketing.inventory.seat_map import taken_among, taken_seats
from ticketing.pricing.quote import prices
from ticketing.programme.on_sale import require_on_sale
from ticketing.seating.queries import plan as read_plan

SMALL = 500  # seats: to read all that are taken costs no more than to name those of a row or two


class PerformanceSeats:
    """``granted`` to somebody in this transaction counts as taken before it is stored."""

    def __init__(self, tx: Tx, performance_id: str, now: int, *, at_desk: bool = False) -> None:
        self.tx, self.performance_id, self.now = tx, performance_id, now
        self.sale = require_on_sale(tx, performance_id, now, at_desk=at_desk)
        self.plan = read_plan(tx, self.sale.plan_id)
        self.granted: set[str] = set()
        self._seen: set[str] = set()
        self._seen_taken: set[str] = set()

    @cached_property
    def taken(self) -> set[str]:
        """Read once; ``grant`` keeps it true."""
        return taken_seats(self.tx, self.performance_id, self.now) | self.granted

    @cached_property
    def bands(self) -> dict[str, str]:
        """Return the price band of each section."""
        known = prices(self.tx, self.performance_id, self.now)
        return {section: price.band for (section, _), price in known.items()}

    def taken_of(self, seats: Collection[str]) -> set[str]:
        if len(self.plan.seats) <= SMALL or "taken" in vars(self):
            return self.taken.intersection(seats)
        self.look_at(seats)
        return (self._seen_taken | self.granted).intersection(seats)

    def look_at(self, seats: Iterable[str]) -> None:
        """Ask at once for all that ``taken_of`` will be asked: each question is a way there and back."""
        if len(self.plan.seats) > SMALL and (new := set(seats) - self._seen):
            self._seen |= new
            self._seen_taken |= taken_among(self.tx, self.performance_id, new, self.now)

    def grant(self, seats: Iterable[str]) -> None:
        self.granted.update(seats)
        if "taken" in vars(self):
            self.taken.update(self.granted)
