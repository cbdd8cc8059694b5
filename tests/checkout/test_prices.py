"""What a ticket costs when it is ordered: conditions, early prices, codes, and the funders' caps."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa

from doors import doors
from stage import BUYER, Stage, stage
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.checkout.lapse import lapse
from ticketing.checkout.place import MixedCurrencies, Placed
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.orders.create import Buyer
from ticketing.orders.models import OrderLine
from ticketing.orders.promote import CodeUsedBefore
from ticketing.payments.models import Refund
from ticketing.pricing.conditions import TooFewOfAType, TooManyOfAType, TypeNotSold
from ticketing.pricing.funds import FundsSpent, promise
from ticketing.pricing.models import Funder, Price, Promotion, TicketType
from ticketing.pricing.promotion import (
    BudgetSpent,
    CodeNotNow,
    CodeTakesNothingOff,
    NoSuchCode,
    offer,
    typed,
)
from ticketing.pricing.queries import price_list, ranges
from ticketing.pricing.quote import PriceChanged
from ticketing.pricing.set_prices import Early, set_prices
from ticketing.pricing.wrong_codes import MOST
from ticketing.returns.return_tickets import return_tickets
from together import failures, together

CODE = "ABCDEFGHJK"


@pytest.fixture
def clock() -> SetClock:
    return SetClock(SystemClock().now())


@pytest.fixture
def shop(world_url: str, clock: SetClock) -> Iterator[Stage]:
    """The world with a clock in hand; in the end every invariant holds."""
    desk = open_desk(world_url, clock)
    yield stage(desk)
    assert desk.read_now(verify) == []
    desk.close()


def place(shop: Stage, kind: str, count: int, skip: int = 0, **wish: Any) -> Placed:
    held = shop.hold(shop.seats(count, skip=skip))
    return shop.place(held, types=dict.fromkeys(held.seats, kind), **wish)


def promised(shop: Stage) -> int:
    return int(shop.ask(sa.select(Funder.promised)).scalar_one())


def cap(shop: Stage, fen: int) -> None:
    change = sa.update(Funder).values(cap=fen)
    shop.desk.write_now(lambda tx, now: tx.execute(change))


def kind(shop: Stage, **values: Any) -> None:
    change = sa.update(TicketType).where(TicketType.key == "full").values(values)
    shop.desk.write_now(lambda tx, now: tx.execute(change))


def code(shop: Stage, **values: Any) -> None:
    named = {"name": {"zh": "优惠", "en": "Less"}, **DEFAULTS, **values}
    shop.desk.write_now(offer, CODE, named, by="test")


DEFAULTS: dict[str, Any] = {
    "percent": 0, "fen": 0, "ticket_types": [], "stacks": 0, "performance_id": None,
    "budget": None, "most_per_buyer": None, "opens_at": None, "closes_at": None,
}  # fmt: skip


def spent(shop: Stage) -> int:
    query = sa.select(Promotion.spent).where(Promotion.code == CODE)
    return int(shop.ask(query).scalar_one())


def test_two_currencies_are_no_order(shop: Stage) -> None:
    change = sa.update(Price).where(Price.ticket_type == "full").values(currency="EUR")
    shop.desk.write_now(lambda tx, now: tx.execute(change))
    held = shop.hold(shop.seats(2))
    with pytest.raises(MixedCurrencies):
        shop.place(held, types=dict(zip(held.seats, ("full", "funded"), strict=True)))
    assert place(shop, "full", 1, skip=6).order.currency == "EUR"


def test_a_family_needs_three(shop: Stage) -> None:
    with pytest.raises(TooFewOfAType):
        place(shop, "family", 2)
    assert place(shop, "family", 3, skip=6).order.total == 3 * 8400


def test_at_most_four_students(shop: Stage) -> None:
    with pytest.raises(TooManyOfAType):
        place(shop, "student", 5)
    assert place(shop, "student", 4, skip=6).order.total == 4 * 6000


@pytest.mark.parametrize(("window", "sold"), [((-1, 1), True), ((1, 2), False), ((-2, -1), False)])
def test_a_type_has_its_time(
    shop: Stage, clock: SetClock, window: tuple[int, int], sold: bool
) -> None:
    first, last = (clock.now() + n * HOUR for n in window)
    kind(shop, sold_from=first, sold_until=last)
    if sold:
        place(shop, "full", 1)
    else:
        with pytest.raises(TypeNotSold):
            place(shop, "full", 1)


def test_early_one_pays_less_and_later_the_usual_price(shop: Stage, clock: SetClock) -> None:
    until = clock.now() + HOUR
    known = shop.desk.read_now(price_list, shop.performance)
    early = replace(known, early=[Early("stool", "full", until, 9000)])
    shop.desk.write_now(set_prices, shop.performance, early, by="test")
    assert place(shop, "full", 1).order.total == 9000
    line = shop.ask(sa.select(OrderLine.face, OrderLine.paid, OrderLine.discount)).one()
    assert tuple(line) == (12000, 9000, 3000)
    held = shop.hold(shop.seats(1, skip=6))
    types = dict.fromkeys(held.seats, "full")
    clock.at = until
    held = shop.hold(shop.seats(1, skip=6))
    with pytest.raises(PriceChanged):
        shop.place(held, types=types, expected=9000)
    assert shop.place(held, types=types, expected=12000).order.total == 12000


def test_the_price_in_lists_is_that_of_now(shop: Stage, clock: SetClock) -> None:
    until = clock.now() + HOUR
    known = shop.desk.read_now(price_list, shop.performance)
    early = replace(known, early=[Early("stool", "funded", until, 4000)])
    shop.desk.write_now(set_prices, shop.performance, early, by="test")
    lowest = [
        shop.desk.read_now(ranges, [shop.performance], at)[shop.performance].lowest
        for at in (until - 1, until)
    ]
    assert lowest == [4000, 6000]


def test_a_funder_pays_up_to_its_cap(shop: Stage) -> None:
    cap(shop, 3 * 6000)
    placed = place(shop, "funded", 2)
    assert promised(shop) == 12000
    with pytest.raises(FundsSpent):
        place(shop, "funded", 2, skip=6)
    place(shop, "full", 2, skip=12)
    shop.pay(placed)
    shop.desk.write_now(cancel_order, placed.order.number, by="test")
    assert promised(shop) == 0
    place(shop, "funded", 2, skip=18)


def test_what_lapses_and_what_returns_is_free_for_others(shop: Stage, clock: SetClock) -> None:
    lapsed, kept = place(shop, "funded", 2), place(shop, "funded", 2, skip=6)
    shop.pay(kept)
    shop.desk.write_now(return_tickets, kept.order.secret, [kept.order.lines[0].id], None, by="b")
    assert promised(shop) == 3 * 6000
    clock.forward(HOUR)
    for _ in range(2):
        shop.desk.write_now(lapse, lapsed.order.id)
    assert promised(shop) == 6000


def test_paid_late_the_funder_pays_if_there_is_enough(shop: Stage, clock: SetClock) -> None:
    cap(shop, 2 * 6000)
    first, second = place(shop, "funded", 1), place(shop, "funded", 1, skip=6)
    clock.forward(HOUR)
    for placed in (first, second):
        shop.desk.write_now(lapse, placed.order.id)
    place(shop, "funded", 1, skip=12)
    shop.pay(first)
    shop.pay(second)
    assert list(shop.ask(sa.select(Refund.order_id)).scalars()) == [second.order.id]
    assert promised(shop) == 12000


def test_thirty_two_at_once_never_pass_the_cap(shop: Stage) -> None:
    cap(shop, 5 * 6000)
    seats = shop.seats(48)[::3]
    answers = together(16, lambda n: order_one(shop, seats[n], n))
    assert sum(isinstance(answer, FundsSpent) for answer in failures(answers)) == 11
    assert promised(shop) == 5 * 6000


def test_control_without_the_condition_the_cap_is_passed(shop: Stage) -> None:
    cap(shop, 5 * 6000)
    seen = together(16, lambda n: look_then_promise(shop))
    assert failures(seen) == []
    read = [answer for answer in seen if isinstance(answer, int)]
    assert len(read) == 16
    undo = sa.update(Funder).values(promised=0, cap=None)
    shop.desk.write_now(lambda tx, now: tx.execute(undo))
    assert sum(amount + 6000 <= 5 * 6000 for amount in read) > 5


def look_then_promise(shop: Stage) -> int:
    """Ask in one transaction whether there is enough, and take it in another."""
    seen = promised(shop)
    funder = str(shop.ask(sa.select(Funder.id)).scalar_one())
    if seen + 6000 <= 5 * 6000:
        shop.desk.write_now(promise_without_cap, funder)
    return seen


def promise_without_cap(tx: Tx, funder: str, *, now: int) -> None:
    tx.execute(sa.update(Funder).values(cap=None))
    promise(tx, {funder: 6000})


def order_one(shop: Stage, seat: str, n: int) -> Placed:
    held = shop.hold([seat])
    buyer = Buyer(email=f"b{n}@example.com")
    return shop.place(held, types={seat: "funded"}, buyer=buyer)


def test_a_code_takes_its_part_off(shop: Stage) -> None:
    code(shop, percent=10, fen=50)
    placed = place(shop, "full", 2, code="abc-def ghjk")
    assert placed.order.total == 2 * (12000 - 1200 - 50)
    assert spent(shop) == 2 * 1250
    shop.pay(placed)
    shop.desk.write_now(cancel_order, placed.order.number, by="test")
    assert spent(shop) == 0


def test_a_percentage_is_rounded_for_the_buyer(shop: Stage) -> None:
    code(shop, percent=33)
    assert place(shop, "full", 1, code=CODE).order.total == 12000 - 3960
    code(shop, percent=1, fen=0, stacks=1, ticket_types=["family"])
    assert place(shop, "family", 3, skip=6, code=CODE).order.total == 3 * (8400 - 84)


def test_discounts_do_not_add_up_unless_it_is_said(shop: Stage) -> None:
    code(shop, percent=50)
    with pytest.raises(CodeTakesNothingOff):
        place(shop, "funded", 1, code=CODE)
    code(shop, percent=50, stacks=1)
    assert place(shop, "funded", 1, skip=6, code=CODE).order.total == 3000


def test_a_code_never_makes_a_price_negative(shop: Stage) -> None:
    code(shop, fen=99999)
    placed = place(shop, "full", 1, code=CODE)
    assert (placed.order.total, placed.payment_id) == (0, None)
    assert len(shop.tickets(placed)) == 1


def test_a_code_has_its_time_and_its_performance(shop: Stage, clock: SetClock) -> None:
    code(shop, percent=10, opens_at=clock.now() + HOUR)
    with pytest.raises(CodeNotNow):
        place(shop, "full", 1, code=CODE)
    code(shop, percent=10, closes_at=clock.now())
    with pytest.raises(CodeNotNow):
        place(shop, "full", 1, skip=6, code=CODE)
    code(shop, percent=10, performance_id=shop.lawn)
    with pytest.raises(NoSuchCode):
        place(shop, "full", 1, skip=12, code=CODE)


def test_a_budget_is_never_passed(shop: Stage) -> None:
    code(shop, percent=10, budget=3 * 1200)
    seats = shop.seats(24)[::3]
    answers = together(8, lambda n: with_code(shop, seats[n], n))
    assert sum(isinstance(answer, BudgetSpent) for answer in failures(answers)) == 5
    assert spent(shop) == 3 * 1200


def with_code(shop: Stage, seat: str, n: int) -> Placed:
    buyer = Buyer(email=f"b{n}@example.com")
    return shop.place(shop.hold([seat]), types={seat: "full"}, buyer=buyer, code=CODE)


def test_one_buyer_uses_a_code_so_often(shop: Stage) -> None:
    code(shop, percent=10, most_per_buyer=1)
    seats = shop.seats(12)[::3]
    answers = together(4, lambda n: mine(shop, seats[n]))
    assert sum(isinstance(answer, CodeUsedBefore) for answer in failures(answers)) == 3
    assert spent(shop) == 1200


def mine(shop: Stage, seat: str) -> Placed:
    return shop.place(shop.hold([seat]), types={seat: "full"}, buyer=BUYER, code=CODE)


def test_a_lapsed_order_gives_its_discount_back(shop: Stage, clock: SetClock) -> None:
    code(shop, percent=10, budget=1200, most_per_buyer=1)
    placed = place(shop, "full", 1, code=CODE)
    clock.forward(HOUR)
    shop.desk.write_now(lapse, placed.order.id)
    assert spent(shop) == 0
    shop.pay(placed)  # late, and it is still there
    assert spent(shop) == 1200
    assert len(shop.tickets(placed)) == 1


def test_look_alikes_are_read_as_they_are_meant() -> None:
    assert typed(" oil-abc ") == "011ABC"
    assert typed("ｎａｎｈｖｘ２０２６") == "NANHVX2026"


def test_guessing_codes_is_slow(world: Stage) -> None:
    token = world.hold(world.seats(1)).token
    with doors(world) as client:
        wish = {
            "hold": token, "buyer": {"email": "a@example.com"}, "gateway": "play",
            "lines": [{"seat": world.seats(1)[0], "ticket_type": "full"}],
        }  # fmt: skip
        answers = [
            client.post("/api/orders", json=wish | {"code": f"WR0NG{n:05}"})
            for n in range(MOST + 1)
        ]
        assert [answer.status_code for answer in answers] == [422] * MOST + [429]
        assert answers[-1].headers["retry-after"]
        right = client.post("/api/orders", json=wish | {"code": "NANHVX2026"})
        assert right.status_code == 429  # who guessed so often has to wait, right or wrong
        assert client.post("/api/orders", json=wish).status_code == 201


def test_the_form_counts_again_with_a_code(world: Stage) -> None:
    seat = world.seats(1)[0]
    path = f"/checkout/{world.hold([seat]).token}"
    with doors(world) as client:
        wish = {f"type-{seat}": "full", "do": "recount", "to": ""}
        page = client.post(path, data=wish | {"code": "nanh-vx2026"})
        assert "¥108.00" in page.text
        assert "老观众九折" in page.text
        wrong = client.post(path, data=wish | {"code": "0000000000"})
        assert wrong.status_code == 422
        assert "没有这个优惠码" in wrong.text
