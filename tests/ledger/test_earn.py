"""What was played is earned, once; what comes back afterwards is taken from revenue."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import count
from typing import Any

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import MINUTE, SetClock
from ticketing.ledger.earn import earn, to_earn
from ticketing.ledger.post import post
from ticketing.programme.cancel import cancel
from ticketing.programme.models import Performance
from ticketing.reports.figures import differences
from ticketing.reports.sales import sales
from ticketing.returns.cancelled_performance import pay_back, to_pay_back
from together import together


def ends_at(world: Stage) -> int:
    query = sa.select(Performance.ends_at).where(Performance.id == world.performance)
    return int(world.ask(query).scalar_one())


@contextmanager
def after(world: Stage, minutes: int = 1) -> Iterator[Stage]:
    """The same house when the performance is over."""
    clock = SetClock(ends_at(world) + minutes * MINUTE)
    with closing(open_desk(world.desk.url, clock)) as desk:
        yield stage(desk)


def due(world: Stage) -> list[str]:
    return world.desk.read_now(to_earn, world.desk.clock.now() if world.desk.clock else 0)


def money(world: Stage, as_of: int) -> tuple[int, int]:
    """Return what is deferred and what is earned; the rows say the same."""
    report = world.desk.read_now(sales, world.performance, as_of)
    assert differences(report) == []
    assert world.desk.read_now(verify) == []
    return report.money.deferred, report.money.earned


def test_what_was_played_is_earned_once(world: Stage) -> None:
    world.buy(world.seats(2))
    with after(world) as late:
        assert due(late) == [world.performance]
        for _ in range(2):
            late.desk.write_now(earn, world.performance)
        assert money(late, ends_at(world) + MINUTE) == (0, 24000)
        assert money(late, ends_at(world) - 1) == (24000, 0)
    with after(world, 3) as later:
        assert due(later) == []


def test_nothing_is_earned_before_it_is_over(world: Stage) -> None:
    world.buy(world.seats(2))
    assert world.desk.read_now(to_earn, ends_at(world) - 1) == []


@pytest.mark.parametrize("earned_first", [True, False])
def test_what_comes_back_afterwards_was_revenue(world: Stage, earned_first: bool) -> None:
    placed = world.buy(world.seats(2))
    world.buy(world.seats(2, skip=4))
    with after(world) as late:
        if earned_first:
            late.desk.write_now(earn, world.performance)
        late.desk.write_now(cancel_order, placed.order.number, by="test")
        late.desk.write_now(earn, world.performance)
        assert money(late, ends_at(world) + MINUTE) == (0, 24000)


def test_a_sale_that_is_paid_afterwards_is_earned_later(world: Stage) -> None:
    world.buy(world.seats(2))
    slow = world.place(world.hold(world.seats(2, skip=4)))
    with after(world) as late:
        late.desk.write_now(earn, world.performance)
        late.pay(slow)
        assert money(late, ends_at(world) + MINUTE) == (24000, 24000)
        assert due(late) == [world.performance]
        late.desk.write_now(earn, world.performance)
        assert money(late, ends_at(world) + MINUTE) == (0, 48000)


def test_what_was_cancelled_is_never_earned(world: Stage) -> None:
    world.buy(world.seats(2))
    words = {"zh": "演员受伤。", "en": "An injury."}
    world.desk.write_now(cancel, world.performance, words, by="test")
    with after(world) as late:
        assert due(late) == []
        for order in late.desk.read_now(to_pay_back):
            late.desk.write_now(pay_back, order)
        assert money(late, ends_at(world) + MINUTE) == (0, 0)


@pytest.mark.parametrize("guarded", [False, True])
def test_two_machines_earn_it_once(
    world: Stage, monkeypatch: pytest.MonkeyPatch, guarded: bool
) -> None:
    """Both have reckoned before one has stored it; without the entry's name it is earned twice."""
    names = count()
    world.buy(world.seats(2))
    both = threading.Barrier(2)

    def waits(tx: Tx, entry: str, *rest: Any, now: int) -> None:
        with suppress(threading.BrokenBarrierError):
            both.wait(0.5 if tx.dialect == "postgresql" else 0)  # on SQLite one waits for the other
        post(tx, entry if guarded else f"{entry}:{next(names)}", *rest, now=now)

    monkeypatch.setattr("ticketing.ledger.earn.post", waits)
    clock = SetClock(ends_at(world) + MINUTE)
    desks = [open_desk(world.desk.url, clock) for _ in range(2)]
    together(2, lambda n: desks[n].write_now(earn, world.performance))
    for desk in desks:
        desk.close()
    twice = not guarded and world.desk.url.startswith("postgresql")
    report = world.desk.read_now(sales, world.performance, clock.now())
    assert (report.money.deferred, report.money.earned) == (
        (-24000, 48000) if twice else (0, 24000)
    )
