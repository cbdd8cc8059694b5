"""Rung 1: Hypothesis does the acts in any order it can think of; the invariants hold after each.

What breaks them is shrunk to a few steps. It does one thing at a time, so it can find no race.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from typing_extensions import override

import databases
from simulation.acts import Acts, Ordered
from simulation.faults import FAULTS
from simulation.hindsight import whole_history
from simulation.linear import unexplained
from simulation.town import perhaps
from stage import stage
from ticketing.audit.verify import verify
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import MINUTE, SetClock, SystemClock
from ticketing.inventory.hold_record import Held
from ticketing.orders.queries import overdue
from ticketing.payments.inbox import Heard, unhandled

SEATS = st.lists(st.integers(0, 5), min_size=1, max_size=3, unique=True)


class Sale(RuleBasedStateMachine):
    holds: Bundle[Held] = Bundle("holds")
    orders: Bundle[Ordered] = Bundle("orders")

    def __init__(self, url: str) -> None:
        super().__init__()
        self.clock = SetClock(SystemClock().now())
        self.desk = open_desk(url, self.clock)
        world = stage(self.desk)
        kind = world.first_type(world.performance)
        self.acts = Acts(self.desk, world.performance, kind, Random(1), self.clock)
        self.pool = world.seats(6)
        self.payments: dict[str, list[str]] = {}  # by order

    @rule(target=holds, seats=SEATS)
    def hold(self, seats: list[int]) -> Any:
        return some(perhaps(self.acts.hold, [self.pool[n] for n in seats], "buyer"))

    @rule(target=holds, quantity=st.integers(1, 3))
    def best(self, quantity: int) -> Any:
        return some(perhaps(self.acts.best, quantity, "buyer"))

    @rule(target=holds, held=holds, add=SEATS, drop=st.integers(0, 2))
    def change(self, held: Held, add: list[int], drop: int) -> Any:
        seats = [self.pool[n] for n in add]
        return some(perhaps(self.acts.change, held, seats, held.seats[:drop]))

    @rule(target=holds, held=holds)
    def renew(self, held: Held) -> Any:
        return some(perhaps(self.acts.renew, held))

    @rule(held=holds)
    def release(self, held: Held) -> None:
        perhaps(self.acts.release, held)

    @rule(target=orders, held=holds)
    def place(self, held: Held) -> Any:
        order = perhaps(self.acts.place, held)
        if order is None:
            return multiple()
        self.payments[order.number] = [order.payment]
        return order

    @rule(order=orders)
    def pay_again(self, order: Ordered) -> None:
        if payment := perhaps(self.acts.pay_again, order):
            self.payments[order.number].append(payment)

    @rule(order=orders, kind=st.sampled_from(Heard), event=st.integers(0, 1), first=st.booleans())
    def tell(self, order: Ordered, kind: Heard, event: int, first: bool) -> None:
        payment = order.payment if first else self.payments[order.number][-1]
        perhaps(self.acts.tell, order, f"{payment}:{kind}:{event}", kind, payment)

    @rule(order=orders)
    def cancel(self, order: Ordered) -> None:
        perhaps(self.acts.cancel, order)

    @rule(minutes=st.sampled_from([1, 1, 15, 15, 60, 4 * 24 * 60]))
    def wait(self, minutes: int) -> None:
        self.clock.forward(minutes * MINUTE)

    @rule()
    def make_rounds(self) -> None:
        self.acts.rounds()
        assert self.desk.read_now(overdue, self.clock.now()) == []
        assert self.desk.read_now(unhandled) == []

    @rule(nonce=st.integers(0, 3))
    def let_in(self, nonce: int) -> None:
        for short in self.acts.shorts():
            perhaps(self.acts.admit, short, f"{short}-{nonce}")

    @invariant()
    def the_books_and_the_house_are_right(self) -> None:
        assert self.desk.read_now(verify) == []

    @override
    def teardown(self) -> None:
        history = self.desk.read_now(whole_history, self.acts)
        self.desk.close()
        assert not (seats := unexplained(history)), f"unexplained: {seats}"


def some(answer: Any) -> Any:
    return multiple() if answer is None else answer


QUICK = settings(
    stateful_step_count=40, deadline=None, database=None, derandomize=True,
    phases=[Phase.generate], suppress_health_check=list(HealthCheck),
)  # fmt: skip


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def play(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[int], None]]:
    """Play so many sales, each on a database of its own with the programme and nothing sold."""
    numbers = count()
    with ExitStack() as databases_:

        def begin() -> Sale:
            if request.param == "sqlite":
                folder = tmp_path / str(next(numbers))
                folder.mkdir()
                url = databases.sqlite_copy(request.getfixturevalue("seeded_sqlite"), folder)
            else:
                template = request.getfixturevalue("seeded_postgres")
                copy = databases.postgres_copy(request.getfixturevalue("cluster"), template)
                url = databases_.enter_context(copy)
            return Sale(url)

        def play(sales: int) -> None:
            limits = settings(QUICK, max_examples=sales)
            run_state_machine_as_test(begin, settings=limits)  # type: ignore[arg-type]

        yield play


def test_no_order_of_the_acts_breaks_an_invariant(play: Callable[[int], None]) -> None:
    play(6)


@pytest.mark.parametrize(
    "play", ["sqlite"], indirect=True
)  # on PostgreSQL the search takes minutes
@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("money is heard as often as it is told", "posting"),  # the books' key
        ("the claim has no condition", "unexplained"),
    ],
)
def test_a_planted_fault_is_found(play: Callable[[int], None], name: str, found: str) -> None:
    with FAULTS[name](), pytest.raises(Exception, match=found):
        play(100)
