"""What a performance sold, as of a moment; every figure from rows made by the real acts."""

from collections.abc import Callable
from contextlib import closing

import pytest
import sqlalchemy as sa

from evening import run
from stage import Stage, stage
from ticketing.admission.admit import Attempt, admit
from ticketing.admission.models import Scan
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.take_payment import take_payment
from ticketing.checkout.place import Placed
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import DAY, HOUR, MINUTE, SetClock, local
from ticketing.foundation.errors import NotFound
from ticketing.inventory.allocate import allocate, release
from ticketing.inventory.change import release as change_release
from ticketing.inventory.models import KeptFor
from ticketing.inventory.seat_map import count_taken
from ticketing.ledger.models import Posting
from ticketing.payments.gateways.counter import COUNTER
from ticketing.reports.counts import Part
from ticketing.reports.curve import Arrivals, Evening, arrivals, curve, pace
from ticketing.reports.export import as_json
from ticketing.reports.figures import Sales, differences
from ticketing.reports.sales import overview, sales
from ticketing.tickets.models import Ticket

LetIn = Callable[[Placed, int], None]
FAR = 2**53  # after everything


def report(world: Stage, as_of: int = FAR, performance: str = "") -> Sales:
    return world.desk.read_now(sales, performance or world.performance, as_of)


def test_nothing_sold_is_all_zero(world: Stage) -> None:
    found = report(world)
    assert (found.capacity, found.sold, found.available, found.gross) == (150, 0, 150, 0)
    assert (found.money.net, found.money.funded, found.table) == (0, 0, [])


def test_each_section_type_and_channel_has_a_row(world: Stage) -> None:
    world.buy(world.seats(2))
    world.sell_at_counter(world.seats(3, skip=4), "full")
    assert report(world).table == [
        Part("stool", "funded", "online", 2, 24000, 0, 12000, 12000),
        Part("stool", "full", "box_office", 3, 36000, 0, 0, 36000),
    ]


def test_gross_is_discounts_funded_and_net(world: Stage) -> None:
    world.buy(world.seats(2))
    world.sell_at_counter(world.seats(3, skip=4), "full")
    found = report(world)
    assert (found.gross, found.money.net, found.money.funded) == (60000, 48000, 12000)
    assert found.gross == found.discounts + found.money.funded + found.money.net


def test_a_running_hold_is_neither_sold_nor_available(world: Stage) -> None:
    held = world.hold(world.seats(2))
    found = report(world, held.held_until - 1)
    assert (found.sold, found.held, found.available) == (0, 2, 148)
    assert report(world, held.held_until).available == 150


def test_available_is_what_the_seat_map_says(world: Stage) -> None:
    world.buy(world.seats(3))
    held = world.hold(world.seats(2, skip=6))
    at = held.held_until - 1
    taken = world.desk.read_now(count_taken, world.performance, at)
    assert report(world, at).available == 150 - taken


def test_rows_and_ledger_agree(world: Stage) -> None:
    world.buy(world.seats(2))
    world.sell_at_counter(world.seats(1, skip=4), "funded")
    assert differences(report(world)) == []


def test_a_posting_too_many_is_named(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    extra = sa.insert(Posting).values(
        entry="sale:doubled", line=0, performance_id=world.performance, order_id=placed.order.id,
        debit="subsidy_receivable", credit="deferred_revenue", amount=1, currency="CNY", at=1,
    )  # fmt: skip
    world.desk.write_now(lambda tx, now: tx.execute(extra))
    assert differences(report(world)) == ["funded", "deferred"]


def test_the_past_stays_as_it_was(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    (issued,) = set(world.ask(sa.select(Ticket.issued_at)).scalars())
    clock = SetClock(int(issued) + HOUR)
    later = open_desk(world.desk.url, clock)
    later.write_now(cancel_order, placed.order.number, by="test")
    later.close()
    before, after = report(world, clock.now() - 1), report(world, clock.now())
    assert (before.sold, before.gross, before.refunded) == (2, 24000, 0)
    assert (after.sold, after.gross, after.refunded) == (0, 0, 2)
    assert report(world, int(issued) - 1).sold == 0


def test_money_of_the_past_stays_as_it_was(world: Stage) -> None:
    world.buy(world.seats(1))
    (first,) = set(world.ask(sa.select(Posting.at)).scalars())
    assert report(world, int(first) - 1).money.net == 0
    assert report(world, int(first)).money.net == 6000


def test_who_never_came_is_known_after_the_end(world: Stage, let_in: LetIn) -> None:
    came, _stayed_away = world.buy(world.seats(2)), world.buy(world.seats(3, skip=4))
    show = report(world).performance
    let_in(came, show.starts_at - 5 * MINUTE)
    before, after = report(world, show.ends_at - 1), report(world, show.ends_at)
    assert (before.admitted, before.no_shows) == (2, None)
    assert (after.admitted, after.no_shows) == (2, 3)
    assert report(world, show.starts_at - 6 * MINUTE).admitted == 0


def test_arrivals_are_counted_by_five_minutes(world: Stage, let_in: LetIn) -> None:
    early, late = world.buy(world.seats(2)), world.buy(world.seats(1, skip=4))
    show = report(world).performance
    let_in(early, show.doors_at + MINUTE)
    let_in(late, show.doors_at + 11 * MINUTE)
    came = [Arrivals(show.doors_at, 2), Arrivals(show.doors_at + 10 * MINUTE, 1)]
    assert world.desk.read_now(arrivals, show, FAR) == Evening(came, 5, 0)


def test_who_came_at_another_time_is_counted_aside(world: Stage, let_in: LetIn) -> None:
    show = report(world).performance
    away = (0, show.doors_at - 3 * HOUR, show.ends_at + 2 * HOUR)
    let_in(world.buy(world.seats(4)), show.doors_at)
    tickets = world.ask(sa.select(Scan.ticket_id)).scalars()
    for ticket, at in zip(tickets, away, strict=False):
        world.desk.write_now(run, sa.update(Scan).where(Scan.ticket_id == ticket).values(at=at))
    found = world.desk.read_now(arrivals, show, FAR)
    assert (found.came, found.outside) == ([Arrivals(show.doors_at, 1)], 3)


def test_the_curve_ends_at_what_is_sold(world: Stage) -> None:
    returned, _kept = world.buy(world.seats(2)), world.buy(world.seats(3, skip=4))
    world.desk.write_now(cancel_order, returned.order.number, by="test")
    show = report(world).performance
    changes = world.desk.read_now(pace, [world.performance], FAR)[world.performance]
    steps = curve(changes, show.sale_opens_at, show.starts_at, show.zone)
    assert (steps[0].total, steps[-1].total) == (0, 3)


def test_a_day_of_the_curve_ends_at_the_venues_midnight() -> None:
    opens = 1_777_600_800_000  # 1 May 2026, 10:00 in Shanghai
    late = opens + 13 * HOUR + 45 * MINUTE  # 23:45 there
    steps = curve([(late, 4), (late + HOUR, 1)], opens, opens + 5 * DAY, "Asia/Shanghai")
    assert [local(step.at, "Asia/Shanghai").hour for step in steps[1:-1]] == [0] * 5
    assert [step.total for step in steps] == [0, 4, 5, 5, 5, 5, 5]


def test_a_short_sale_is_shown_by_the_hour() -> None:
    opens = 1_777_600_800_000
    steps = curve([(opens, 2)], opens, opens + 3 * HOUR, "Asia/Shanghai")
    assert [step.at - opens for step in steps] == [0, HOUR, 2 * HOUR, 3 * HOUR]


def test_the_overview_says_what_each_report_says(world: Stage) -> None:
    world.buy(world.seats(2))
    world.place(world.hold_on_the_lawn(3), gateway="free")
    for found in world.desk.read_now(overview, FAR):
        assert found == report(world, FAR, found.performance.id)
    assert sum(found.sold for found in world.desk.read_now(overview, FAR)) == 5


def test_the_overview_asks_as_much_for_one_performance_as_for_all(world: Stage) -> None:
    def statements(tx: Tx) -> int:
        asked: list[str] = []
        sa.event.listen(tx.connection, "before_execute", lambda *_: asked.append("one"))
        overview(tx, FAR)
        return len(asked)

    assert world.desk.read_now(statements) <= 11


def test_an_unknown_performance_is_not_found(world: Stage) -> None:
    with pytest.raises(NotFound):
        report(world, performance="nothing")


def test_what_a_report_said_of_a_past_moment_never_changes(world: Stage) -> None:
    """Held then and sold later, paid later, returned, kept, scanned without a network and told later."""
    held, bought = world.hold(world.seats(2)), world.buy(world.seats(3, skip=6))
    slow = world.place(world.hold(world.seats(2, skip=12)), gateway=COUNTER)
    kept = world.desk.write_now(
        allocate, world.performance, world.seats(2, skip=16), KeptFor.PRESS, "", None, by="mei"
    )
    (placed_at,) = world.ask(sa.text("SELECT MAX(kept_at) FROM allocated_seat")).scalars()
    then = as_json(report(world, placed_at))
    with closing(open_desk(world.desk.url, SetClock(placed_at + HOUR))) as desk:
        later = stage(desk)
        later.desk.write_now(release, world.performance, kept, by="mei")
        later.desk.write_now(take_payment, slow.order.number, COUNTER, by="mei")
        later.desk.write_now(cancel_order, bought.order.number, by="mei")
        later.desk.write_now(change_release, held.token)
        later.buy(later.seats(2))
        (ticket, _) = later.tickets(slow)
        begins = report(world).performance.starts_at
    with closing(open_desk(world.desk.url, SetClock(begins + HOUR))) as desk:
        desk.write_now(
            admit, Attempt("main", world.performance, ticket.short, "n", at=begins),
            world.keys, by="test",
        )  # fmt: skip
    assert as_json(report(world, placed_at)) == then
    assert as_json(report(world, begins))["admitted"] == 0  # nobody knew
    assert as_json(report(world, begins + HOUR))["admitted"] == 1
