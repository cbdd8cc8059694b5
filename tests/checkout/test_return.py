"""Returns: quoted first, by the ladder that was agreed, each ticket once, the seat on sale once."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from ticketing.admission.admit import Attempt, admit
from ticketing.audit.verify import verify
from ticketing.checkout.place import Placed
from ticketing.desk.desk import open_desk
from ticketing.desk.outbox import Letter
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.foundation.errors import BadInput
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.orders.models import Order
from ticketing.payments.models import Refund, ReturnedLine
from ticketing.payments.returned import Given, give_up
from ticketing.pricing.free_returns import open_free_returns
from ticketing.programme.models import Performance
from ticketing.reports.sales import sales
from ticketing.returns.quote import Why
from ticketing.returns.return_tickets import RefundChanged, quote_return, return_tickets
from ticketing.returns.revoke import NotReturnable
from together import failures, together

CHANGED = {"zh": "主演换人", "en": "The lead has changed"}


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def night(world_url: str, clock: SetClock) -> Iterator[Stage]:
    """The world with a clock in hand; in the end every invariant holds."""
    desk = open_desk(world_url, clock)
    yield stage(desk)
    assert desk.read_now(verify) == []
    desk.close()


def starts(night: Stage) -> int:
    query = sa.select(Performance.starts_at).where(Performance.id == night.performance)
    return int(night.ask(query).scalar_one())


def before(night: Stage, clock: SetClock, hours: float) -> None:
    """Move to so many hours before the performance begins."""
    clock.at = starts(night) - round(hours * HOUR)


def buy(night: Stage, clock: SetClock, count: int = 2, skip: int = 0) -> Placed:
    before(night, clock, 200)
    return night.buy(night.seats(count, skip=skip))


def give(night: Stage, placed: Placed, seats: list[str], expected: int | None = None) -> None:
    night.desk.write_now(return_tickets, placed.order.secret, seats, expected, by="buyer")


def refunds(night: Stage) -> list[int]:
    return list(night.ask(sa.select(Refund.amount).order_by(Refund.amount)).scalars())


@pytest.mark.parametrize(
    ("hours", "back"),
    [(168.001, 12000), (168, 9600), (72.001, 9600), (72, 6000), (24.001, 6000)],
)
def test_each_step_of_the_ladder_gives_its_part_back(
    night: Stage, clock: SetClock, hours: float, back: int
) -> None:
    placed = buy(night, clock)
    before(night, clock, hours)
    quote = night.desk.read_now(quote_return, placed.order.secret, [], clock.now())
    assert sum(part.amount for part in quote.parts) == back
    give(night, placed, [], back)
    assert refunds(night) == [back]
    report = night.desk.read_now(sales, night.performance, clock.now())
    assert (report.sold, report.refunded) == (0, 2)
    assert (report.money.net, report.money.fees) == (12000 - back, 12000 - back)


@pytest.mark.parametrize("hours", [24, 1, 0, -1])
def test_after_the_last_step_nothing_goes_back(night: Stage, clock: SetClock, hours: float) -> None:
    placed = buy(night, clock)
    before(night, clock, hours)
    with pytest.raises(NotReturnable) as refused:
        give(night, placed, [])
    assert refused.value.sentence("zh") == Why.TOO_LATE.sentence("zh")
    assert refunds(night) == []


def test_one_ticket_goes_back_and_the_other_stays(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock, 3)
    first, *others = sorted(line.seat_id for line in placed.order.lines)
    give(night, placed, [first])
    assert [t.seat_id for t in night.tickets(placed) if t.voided_at is None] == others
    assert night.ask(sa.select(Order.status)).scalar_one() == "paid"
    give(night, placed, others)
    assert night.ask(sa.select(Order.status)).scalar_one() == "cancelled"
    assert refunds(night) == [6000, 12000]


def test_a_line_is_named_by_its_own_id_too(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    give(night, placed, [placed.order.lines[0].id])
    assert refunds(night) == [6000]


def test_a_returned_seat_is_for_sale_again_at_once(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    seats = [line.seat_id for line in placed.order.lines]
    with pytest.raises(SeatsTaken):
        night.hold(seats)
    give(night, placed, [])
    assert len(night.tickets(night.buy(seats))) == 2


def test_a_returned_seat_waits_for_the_announced_time(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    seats = [line.seat_id for line in placed.order.lines]
    at = clock.now() + HOUR
    night.desk.write_now(sell_returns_at, night.performance, at, by="test")
    give(night, placed, [])
    with pytest.raises(SeatsTaken):
        night.hold(seats)
    clock.at = at
    assert len(night.tickets(night.buy(seats))) == 2


@pytest.mark.parametrize("later", [3 * HOUR, None])
def test_the_seats_that_wait_follow_when_the_time_is_changed(
    night: Stage, clock: SetClock, later: int | None
) -> None:
    placed, held = buy(night, clock), night.hold(night.seats(1, skip=12))
    seats = [line.seat_id for line in placed.order.lines]
    first = clock.now() + 2 * HOUR
    night.desk.write_now(sell_returns_at, night.performance, first, by="test")
    give(night, placed, [])
    at = None if later is None else clock.now() + later
    for _ in range(2):
        night.desk.write_now(sell_returns_at, night.performance, at, by="test")
    assert night.place(held).order.lines  # a buyer's minutes are not touched
    if at is not None:
        clock.at = first
        with pytest.raises(SeatsTaken):
            night.hold(seats)
        clock.at = at
    night.hold(seats)
    assert night.desk.read_now(verify) == []


def test_a_time_that_is_over_is_refused(night: Stage, clock: SetClock) -> None:
    with pytest.raises(BadInput):
        night.desk.write_now(sell_returns_at, night.performance, clock.now(), by="test")


def test_sixteen_clicks_return_once(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    answers = together(16, lambda _: give(night, placed, []))
    assert len(failures(answers)) == 15
    assert refunds(night) == [12000]


def test_control_without_the_lock_the_table_still_refuses_a_second_time(
    night: Stage, clock: SetClock
) -> None:
    placed = buy(night, clock, 1)
    given = [Given(placed.order.lines[0].id, 0, 6000)]
    give(night, placed, [])
    with pytest.raises(sa.exc.IntegrityError):
        night.desk.write_now(give_up, placed.order.id, None, given, "returned", by="test")
    assert night.ask(sa.select(sa.func.count()).select_from(ReturnedLine)).scalar_one() == 1


def test_what_was_shown_is_what_goes_back(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    before(night, clock, 100)
    with pytest.raises(RefundChanged) as refused:
        give(night, placed, [], 12000)
    assert refused.value.shown == {"amount": 9600}
    assert refunds(night) == []


def test_who_is_inside_keeps_the_ticket(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    inside, other = night.tickets(placed)
    before(night, clock, 0.4)
    night.desk.write_now(
        admit, Attempt("main", night.performance, inside.short, "n"),
        night.keys, by="test",
    )  # fmt: skip
    night.desk.write_now(
        open_free_returns, night.performance, CHANGED, closes_at=clock.now() + HOUR, by="test"
    )
    with pytest.raises(NotReturnable) as refused:
        give(night, placed, [inside.seat_id])
    assert refused.value.sentence("en") == Why.CAME_IN.sentence("en")
    give(night, placed, [other.seat_id])
    assert refunds(night) == [6000]


def test_a_free_window_waives_the_fee_for_who_ordered_before_it(
    night: Stage, clock: SetClock
) -> None:
    placed = buy(night, clock)
    before(night, clock, 48)
    night.desk.write_now(
        open_free_returns, night.performance, CHANGED, closes_at=clock.now() + HOUR, by="test"
    )
    clock.forward(1)
    later = night.buy(night.seats(2, skip=8))
    give(night, later, [])
    give(night, placed, [])
    assert refunds(night) == [6000, 12000]


def test_when_the_window_is_over_the_ladder_counts_again(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    before(night, clock, 48)
    night.desk.write_now(
        open_free_returns, night.performance, CHANGED, closes_at=clock.now() + HOUR, by="test"
    )
    clock.forward(HOUR)
    give(night, placed, [])
    assert refunds(night) == [6000]


def test_the_ladder_that_was_agreed_counts_not_a_newer_one(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    night.desk.write_now(
        lambda tx, now: tx.execute(sa.update(Performance).values(refund_ladder=[]))
    )
    give(night, placed, [])
    assert refunds(night) == [12000]


def test_a_free_ticket_goes_back_without_money_until_it_begins(
    night: Stage, clock: SetClock
) -> None:
    query = sa.select(Performance.starts_at).where(Performance.id == night.lawn)
    at = int(night.ask(query).scalar_one())
    clock.at = at - 2 * HOUR
    placed = night.place(night.hold_on_the_lawn(2))
    clock.at = at - 1
    give(night, placed, [night.tickets(placed)[0].seat_id])
    assert refunds(night) == []
    clock.at = at
    with pytest.raises(NotReturnable):
        give(night, placed, [])


def test_a_ticket_of_another_order_is_refused(night: Stage, clock: SetClock) -> None:
    mine, other = buy(night, clock), buy(night, clock, skip=6)
    with pytest.raises(BadInput):
        give(night, mine, [other.order.lines[0].seat_id])


def test_a_return_of_a_return_is_refused(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    seat = placed.order.lines[0].seat_id
    give(night, placed, [seat])
    with pytest.raises(NotReturnable) as refused:
        give(night, placed, [seat])
    assert refused.value.sentence("zh") == Why.VOID.sentence("zh")


def test_an_unpaid_order_has_nothing_to_return(night: Stage, clock: SetClock) -> None:
    before(night, clock, 200)
    placed = night.place(night.hold(night.seats(2)))
    with pytest.raises(NotReturnable):
        give(night, placed, [])


def test_the_buyer_is_told_by_letter(night: Stage, clock: SetClock) -> None:
    placed = buy(night, clock)
    give(night, placed, [])
    assert set(night.ask(sa.select(Letter.template)).scalars()) == {"tickets", "returned"}
