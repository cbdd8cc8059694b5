"""A night closed: every number by hand, equal to the ledger, signed once and locked."""

from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest
import sqlalchemy as sa

from office import hashed
from stage import Stage, stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.admission.admit import Attempt, admit
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.comp import CompWish, comp
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, MINUTE, SetClock
from ticketing.foundation.errors import BadInput
from ticketing.foundation.words import say
from ticketing.inventory.allocate import allocate
from ticketing.inventory.models import KeptFor
from ticketing.ledger.drawer import open_drawer
from ticketing.ledger.earn import earn
from ticketing.ledger.models import Posting
from ticketing.orders.create import Buyer
from ticketing.programme.cancel import cancel
from ticketing.reports.sales import sales
from ticketing.returns.return_tickets import return_tickets
from ticketing.settlement.claims import claims
from ticketing.settlement.models import Settlement
from ticketing.settlement.sheet import Sheet, digest_of, draw_up
from ticketing.settlement.sign_off import (
    FiguresChanged,
    NotEqual,
    NotOver,
    UnderWay,
    sign_off,
    signed,
)
from ticketing.settlement.wording import WRONG, changed
from together import together


def times(world: Stage) -> tuple[int, int]:
    show = world.desk.read_now(sales, world.performance, 0).performance
    return int(show.starts_at), int(show.ends_at)


@contextmanager
def at(world: Stage, moment: int) -> Iterator[Stage]:
    with closing(open_desk(world.desk.url, SetClock(moment))) as desk:
        yield stage(desk)


@pytest.fixture
def night(world: Stage) -> Stage:
    """Four sold online, two for cash, one comp, two kept; one returned for half its price two days before,
    one order cancelled; two came."""
    starts_at, _ = times(world)
    placed = world.buy(world.seats(4))
    world.sell_at_counter(world.seats(2, skip=6), "full")
    lan = world.desk.write_now(add_staff, "lan@x.cn", "Lan", Role.ORGANISER, hashed(), by="t")
    guest = CompWish(
        world.performance, world.seats(1, skip=10), "", Buyer("记者"), "剧评", lan, "zh"
    )
    world.desk.write_now(comp, guest, by="staff:mei")
    world.desk.write_now(
        allocate,
        world.performance,
        world.seats(2, skip=14),
        KeptFor.HOUSE,
        "",
        None,
        by="staff:mei",
    )
    gone = world.buy(world.seats(2, skip=18))
    world.desk.write_now(cancel_order, gone.order.number, by="staff:mei")
    with at(world, starts_at - 48 * HOUR) as early:
        line = placed.order.lines[0].id
        early.desk.write_now(return_tickets, placed.order.secret, [line], 3000, by="buyer")
    with at(world, starts_at) as doors:
        for n, ticket in enumerate(t for t in world.tickets(placed) if t.voided_at is None):
            if n < 2:
                doors.desk.write_now(
                    admit, Attempt("main", world.performance, ticket.short, f"n{n}"),
                    world.keys, by="usher",
                )  # fmt: skip
    return world


def sheet_of(world: Stage, moment: int) -> Sheet:
    return world.desk.read_now(draw_up, world.performance, moment)


def sign(world: Stage, moment: int, signer: str = "王兰") -> bool:
    """As the page does: draw it, look at it, sign it."""
    with at(world, moment) as late:
        digest = digest_of(sheet_of(late, moment))
        return late.desk.write_now(
            sign_off, world.performance, digest, signer, "", by="staff:lan"
        )  # fmt: skip


def test_every_number_by_hand(night: Stage) -> None:
    _, ends_at = times(night)
    figures = sheet_of(night, ends_at)["figures"]
    expected = {
        "capacity": 150, "seats": 150, "kept": 2, "sold": 6, "comps": 1, "returned": 3, "admitted": 2,
        # three funded at 120 face (60 paid, 60 funded), two full at 120, one comp of 120
        "gross": 72000, "comps_value": 12000, "discounts": 0, "funded": 18000, "tickets": 42000,
        "fees": 3000, "losses": 0, "net": 45000,
        # half of one ticket, and an order of two
        "refunds": 15000, "owed": 0, "disputed": 0, "provider_fees": 0,
        "revenue": 60000, "occupancy": 33, "attendance": 333,
    }  # fmt: skip
    assert figures == expected


def test_it_equals_the_ledger_before_and_after_it_is_earned(night: Stage) -> None:
    _, ends_at = times(night)
    assert sheet_of(night, ends_at)["wrong"] == []
    with at(night, ends_at) as late:
        late.desk.write_now(earn, night.performance)
    sheet = sheet_of(night, ends_at)
    assert (sheet["wrong"], sheet["figures"]["revenue"]) == ([], 60000)
    lie = {purse["account"]: (purse["came"], purse["went"]) for purse in sheet["purses"]}
    assert lie == {"cash": (24000, 0), "provider_clearing": (36000, 15000)}
    assert [(each["tickets"], each["amount"]) for each in sheet["subsidies"]] == [(3, 18000)]
    assert night.desk.read_now(verify) == []


def test_its_table_adds_up_to_its_figures(night: Stage) -> None:
    sheet = sheet_of(night, times(night)[1])
    kinds = [
        (each["ticket_type"]["zh"], each["channel"], each["tickets"]) for each in sheet["lines"]
    ]
    assert set(kinds) == {
        ("票面价", "box_office", 2), ("惠民价", "online", 3), ("赠票", "box_office", 1),
    }  # fmt: skip
    assert sum(each["paid"] for each in sheet["lines"]) == sheet["figures"]["tickets"]
    assert sum(each["face"] for each in sheet["lines"]) == sheet["figures"]["gross"]


def test_earning_it_changes_no_figure(night: Stage) -> None:
    _, ends_at = times(night)
    before = digest_of(sheet_of(night, ends_at))
    with at(night, ends_at) as late:
        late.desk.write_now(earn, night.performance)
    assert digest_of(sheet_of(night, ends_at)) == before


def test_signed_it_is_locked_and_what_changes_is_shown_beside_it(night: Stage) -> None:
    _, ends_at = times(night)
    assert sign(night, ends_at)
    with at(night, ends_at + HOUR) as later:
        (number,) = later.ask(
            sa.text("SELECT number FROM orders WHERE channel = 'box_office' AND total = 24000")
        ).scalars()  # fmt: skip
        later.desk.write_now(open_drawer, "", 30000, "CNY", by="staff:lan")
        later.desk.write_now(cancel_order, number, by="staff:lan")
        assert not later.desk.write_now(
            sign_off, night.performance, "another", "Somebody", "", by="x"
        )
        row = later.desk.read_now(signed, night.performance)
        assert row is not None
        assert (row.signer, row.signed_at, row.sheet["figures"]["net"]) == ("王兰", ends_at, 45000)
        assert digest_of(row.sheet) == row.digest
        since = changed(row.sheet, sheet_of(later, ends_at + HOUR))
        assert {said.key: now - was for said, was, now in since} == {
            "sold": -2, "returned": 2, "occupancy": -13, "attendance": 167, "gross": -24000,
            "tickets": -24000, "net": -24000, "refunds": 24000, "revenue": -24000,
        }  # fmt: skip


def test_it_is_signed_only_when_it_is_over(night: Stage) -> None:
    with pytest.raises(NotOver):
        sign(night, times(night)[1] - MINUTE)


def test_it_is_not_signed_while_something_is_under_way(night: Stage) -> None:
    night.place(night.hold(night.seats(2, skip=22)))
    with pytest.raises(UnderWay) as refused:
        sign(night, times(night)[1])
    assert "1 个订单" in refused.value.sentence("zh")


def test_it_is_not_signed_when_the_figures_changed_meanwhile(night: Stage) -> None:
    _, ends_at = times(night)
    with at(night, ends_at) as late, pytest.raises(FiguresChanged):
        late.desk.write_now(sign_off, night.performance, "old", "王兰", "", by="staff:lan")


def test_it_is_not_signed_without_a_name(night: Stage) -> None:
    with pytest.raises(BadInput):
        sign(night, times(night)[1], "")


def test_it_is_not_signed_when_the_ledger_says_otherwise(night: Stage) -> None:
    change = sa.update(Posting).where(Posting.debit == "cash").values(amount=Posting.amount - 1)
    night.desk.write_now(lambda tx, now: tx.execute(change))
    with pytest.raises(NotEqual) as refused:
        sign(night, times(night)[1])
    assert "money" in str(refused.value.sentence("en"))


def test_a_cancelled_performance_is_settled_when_all_is_paid_back(world: Stage) -> None:
    placed = world.buy(world.seats(2))
    starts_at, _ = times(world)
    with at(world, starts_at - 24 * HOUR) as early:
        words = {"zh": "演员受伤。", "en": "An injury."}
        early.desk.write_now(cancel, world.performance, words, by="test")
        with pytest.raises(UnderWay):
            sign(world, starts_at - 24 * HOUR)
        early.desk.write_now(cancel_order, placed.order.number, by="test")
    assert sign(world, starts_at - 23 * HOUR)
    assert sheet_of(world, starts_at)["figures"]["net"] == 0


def test_of_two_who_sign_at_once_one_signs(night: Stage) -> None:
    _, ends_at = times(night)
    answers = together(4, lambda n: sign(night, ends_at, f"signer {n}"))
    assert sorted(map(str, answers)) == ["False", "False", "False", "True"]
    rows = night.ask(sa.select(sa.func.count()).select_from(Settlement))
    assert rows.scalar_one() == 1


def test_funders_are_claimed_what_the_ledger_says(night: Stage) -> None:
    _, ends_at = times(night)
    before, after = (night.desk.read_now(claims, moment) for moment in (ends_at - 1, ends_at))
    assert before.total == before.ledger == after.total == after.ledger == 18000
    (claim,) = [each for each in after.funders if each.lines]
    (line,) = claim.lines
    assert (line.tickets, line.face, line.paid, line.funded) == (3, 36000, 18000, 18000)
    assert (claim.due, claim.to_come, line.signed) == (18000, 0, False)
    assert [each.due for each in before.funders if each.lines] == [0]
    sign(night, ends_at)
    (claim,) = [each for each in night.desk.read_now(claims, ends_at).funders if each.lines]
    assert claim.lines[0].signed


def test_what_differs_is_named_in_words() -> None:
    refused = NotEqual(wrong=list(WRONG))
    for lang in ("zh", "en"):
        assert all(say(words, lang) in refused.sentence(lang) for words in WRONG.values())
        assert "tickets" not in refused.sentence(lang)
