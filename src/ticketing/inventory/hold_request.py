"""What a buyer may wish to hold: these seats, or the best."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from typing_extensions import override

from ticketing.foundation.errors import BadInput, Refused
from ticketing.inventory.alternatives import quicker
from ticketing.inventory.orphans import in_their_rows, refuse_orphans
from ticketing.inventory.performance_seats import PerformanceSeats
from ticketing.inventory.search.best_available import choose
from ticketing.programme.on_sale import SaleTerms
from ticketing.seating.plan import Plan


class HouseFull(Refused):
    type = "house-full"
    zh = "没有 {quantity} 个挨在一起的座位了，可以分开选，或换一场。"
    en = "There are no {quantity} seats near each other left: choose them apart, or another performance."


class NoWheelchairPlace(HouseFull):
    zh = "没有能坐下这 {quantity} 个人的轮椅席了。请联系票房，我们一起想办法。"
    en = "No wheelchair place with room for {quantity} is left. Please ask the box office: we will help."


class TooManySeats(Refused):
    status = 422
    type = "too-many-seats"
    zh = "一次最多选 {most} 个座位。"
    en = "At most {most} seats at a time."


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldRequest(ABC):
    """``by``: the client; ``network``: "" at the counter, which no limit binds."""

    by: str
    minutes: int
    network: str = ""

    def looks_at(self, plan: Plan) -> Iterable[str]:
        """Return the seats of which it must be known whether they are taken, where that is not all."""
        return ()

    @abstractmethod
    def find(self, house: PerformanceSeats) -> Sequence[str]:
        """Return the seats that would fulfil it; raises what stands in the way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandPicked(HoldRequest):
    """Exactly these seats, all or none."""

    seats: Sequence[str]

    @override
    def looks_at(self, plan: Plan) -> Iterable[str]:
        return [*self.seats, *in_their_rows(plan, self.seats)] if self.network else self.seats

    @override
    def find(self, house: PerformanceSeats) -> Sequence[str]:
        check_seats(house, self.seats)
        if self.network:
            refuse_orphans(house, self.seats)
        if lost := house.taken_of(self.seats):
            raise quicker(house, self.seats, lost)
        return self.seats


@dataclass(frozen=True, slots=True, kw_only=True)
class BestSeats(HoldRequest):
    """The best seats near each other, in one of the ``sections``, none for any."""

    quantity: int
    sections: frozenset[str] = frozenset()
    accessible: bool = False
    rng: Random

    @override
    def find(self, house: PerformanceSeats) -> Sequence[str]:
        check_count(house.sale, self.quantity)
        found = choose(
            house.plan, house.taken, self.quantity,
            sections=self.sections, accessible=self.accessible, rng=self.rng,
        )  # fmt: skip
        if found is None:
            raise (NoWheelchairPlace if self.accessible else HouseFull)(quantity=self.quantity)
        return found


def check_count(sale: SaleTerms, count: int) -> None:
    if count < 1:
        raise BadInput("seats", "请至少选一个座位。", "Please choose at least one seat.")
    if count > sale.most_per_order:
        raise TooManySeats(most=sale.most_per_order)


def check_seats(house: PerformanceSeats, seats: Sequence[str]) -> None:
    check_count(house.sale, len(seats))
    if len(set(seats)) != len(seats):
        raise BadInput("seats", "同一个座位选了两次。", "A seat is named twice.")
    if any(seat not in house.plan.by_id for seat in seats):
        raise BadInput(
            "seats", "有座位不属于这一场。", "A seat does not belong to this performance."
        )
