"""A no-show's seat goes to somebody who stands by: once, not too soon, and the books stay right."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from evening import Evening, evening_of
from ticketing.admission.wording.verdicts import wording
from ticketing.audit.verify import verify
from ticketing.box_office.release import NotReleasable, TooSoonToRelease, release_no_show
from ticketing.box_office.sell import CounterSale, sell
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import BadInput, NotFound
from ticketing.orders.create import Buyer
from ticketing.tickets.models import Ticket


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening


def release(evening: Evening, short: str) -> str:
    desk = evening.world.desk
    return desk.write_now(release_no_show, evening.performance.id, short, by="staff:mei")


def after_start(evening: Evening, minutes: int) -> None:
    evening.clock.at = evening.performance.starts_at + minutes * MINUTE


def test_the_seat_is_sold_anew_and_the_late_holder_is_told(evening: Evening) -> None:
    late, here = evening.tickets(2)
    code = evening.code(late)
    evening.scan(here.short)
    after_start(evening, 15)
    seat = release(evening, late.short)
    assert seat == late.seat_id
    sale = CounterSale(evening.performance.id, {seat: "funded"}, Buyer(), 6000, "zh")
    evening.world.desk.write_now(sell, sale, by="staff:mei")
    live = sa.select(Ticket.short).where(Ticket.seat_id == seat, Ticket.voided_at.is_(None))
    (new,) = evening.world.ask(live).scalars()
    answer = evening.scan(code)
    assert answer.verdict == "void"
    assert wording(answer, "zh").head == "座位已放出"
    assert wording(answer, "en").sign == "again"
    assert evening.scan(new).verdict == "admitted"
    assert evening.world.desk.read_now(verify) == []


def test_not_before_its_time(evening: Evening) -> None:
    ticket = evening.ticket()
    after_start(evening, 15)
    evening.clock.forward(-1)
    with pytest.raises(TooSoonToRelease):
        release(evening, ticket.short)


def test_who_came_in_keeps_the_seat_and_it_is_let_go_once(evening: Evening) -> None:
    here, late = evening.ticket(), evening.ticket()
    evening.scan(here.short)
    after_start(evening, 20)
    with pytest.raises(NotReleasable):
        release(evening, here.short)
    release(evening, late.short)
    with pytest.raises(NotReleasable):
        release(evening, late.short)
    assert evening.world.desk.read_now(verify) == []


def test_numbers_that_are_none_are_refused(evening: Evening) -> None:
    after_start(evening, 20)
    with pytest.raises(NotFound):
        release(evening, "222222")
    with pytest.raises(BadInput):
        release(evening, "nonsense")
