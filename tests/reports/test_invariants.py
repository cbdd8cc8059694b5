"""Each invariant holds after real acts, and names the fault that is planted against it."""

from collections.abc import Callable
from contextlib import closing

import pytest
import sqlalchemy as sa

from stage import Stage, stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.audit.verify import INVARIANTS, verify
from ticketing.box_office.comp import CompWish, comp
from ticketing.box_office.sell import CounterSale, sell
from ticketing.checkout.lapse import lapse
from ticketing.checkout.place import Placed
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import HOUR, SetClock, SystemClock
from ticketing.inventory.allocate import allocate, release
from ticketing.inventory.claim import take_back
from ticketing.inventory.hold import hold
from ticketing.inventory.models import KeptFor
from ticketing.ledger.drawer import close_drawer, open_drawer
from ticketing.ledger.earn import earn
from ticketing.orders.create import Buyer
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.models import DisputeStatus
from ticketing.payments.page import opened
from ticketing.payments.provider import (
    BankDispute,
    Movement,
    Page,
    RefundFound,
    SessionState,
    SessionStatus,
    Trouble,
)
from ticketing.processing.apply_event import apply_state
from ticketing.processing.disputes import learn_trouble
from ticketing.processing.reconcile import take_over
from ticketing.reports.sales import sales
from ticketing.returns.return_tickets import return_tickets
from ticketing.tickets.void import void

LetIn = Callable[[Placed, int], None]
ON_THE_LAWN = "(SELECT id FROM performance WHERE slug LIKE 'hushang%')"
FAULTS = {  # invariant: the table whose constraints are lifted, and the fault
    "one_live_ticket": ("ticket", "INSERT INTO ticket SELECT * FROM ticket"),
    "ticket_has_its_seat": ("performance_seat", "UPDATE performance_seat SET order_id = NULL"),
    "seat_has_its_ticket": ("ticket", "UPDATE ticket SET voided_at = issued_at"),
    "paid_order_has_its_tickets": ("ticket", "DELETE FROM ticket"),
    "ticket_is_paid_for": ("orders", "UPDATE orders SET status = 'lapsed'"),
    "sold_or_kept": ("performance_seat", "UPDATE performance_seat SET allocation = 'press'"),
    "kept_as_written": ("allocated_seat", "UPDATE allocated_seat SET released_at = 1"),
    "comp_is_approved": ("comp", "DELETE FROM comp"),
    "paid_ticket_is_valid": (
        "ticket",
        "UPDATE ticket SET void_reason = 'unpaid' WHERE voided_at IS NULL",
    ),
    "hold_ordered_once": ("orders", "UPDATE orders SET hold_id = 'the same'"),
    "order_adds_up": ("orders", "UPDATE orders SET total = total - 1"),
    "line_adds_up": ("order_line", "UPDATE order_line SET discount = discount + 1"),
    "quota_counts_each_hold": ("hold_quota", "UPDATE hold_quota SET used = 0"),
    "headcount_is_right": ("headcount", "UPDATE headcount SET live = live + 1"),
    "not_oversold": ("headcount", "UPDATE headcount SET approved = 0"),
    "admitted_once": ("scan", "INSERT INTO scan SELECT * FROM scan"),
    "admitted_where_it_belongs": ("scan", f"UPDATE scan SET performance_id = {ON_THE_LAWN}"),
    "postings_are_moves": ("posting", "UPDATE posting SET credit = debit"),
    "payment_posted_once": ("posting", "INSERT INTO posting SELECT * FROM posting"),
    "refund_posted_once": ("posting", "DELETE FROM posting WHERE entry LIKE 'refund:%'"),
    "refunds_payable": ("posting", "DELETE FROM posting WHERE entry LIKE 'repaid:%'"),
    "sale_posted_once": ("posting", "UPDATE posting SET amount = 1 WHERE entry LIKE 'sale:%'"),
    "earned_when_played": (
        "posting",
        "UPDATE posting SET at = 1 WHERE credit = 'ticket_revenue'",
    ),
    "deferred_or_earned": ("ticket", "UPDATE ticket SET voided_at = issued_at"),
    "subsidy_receivable": ("posting", "DELETE FROM posting WHERE debit = 'subsidy_receivable'"),
    "customer_clearing": ("posting", "DELETE FROM posting WHERE debit = 'cash'"),
    "return_posted_once": ("posting", "DELETE FROM posting WHERE entry LIKE 'return:%'"),
    "returned_line_adds_up": ("returned_line", "UPDATE returned_line SET fee = fee + 1"),
    "refund_is_of_its_lines": ("refund", "UPDATE refund SET amount = amount - 1"),
    "never_more_back_than_paid": ("refund", "UPDATE refund SET amount = amount * 9"),
    "return_fees": ("posting", "DELETE FROM posting WHERE credit = 'return_fees'"),
    "funds_promised": ("funder", "UPDATE funder SET promised = promised - 1"),
    "funds_within_cap": ("funder", "UPDATE funder SET cap = 1"),
    "promotion_spent": ("promotion", "UPDATE promotion SET spent = 1"),
    "movements_posted": ("posting", "DELETE FROM posting WHERE debit = 'provider_fees'"),
    "disputed": ("dispute", "UPDATE dispute SET status = 'won'"),
    "void_ticket_was_given_up": ("returned_line", "DELETE FROM returned_line"),
    "drawer_is_empty": ("posting", "DELETE FROM posting WHERE debit = 'bank'"),
    "drawer_adds_up": ("drawer", "UPDATE drawer SET closing = closing + 1"),
    "money_kept": ("posting", "DELETE FROM posting WHERE debit = 'provider_clearing'"),
}


def broken(world: Stage) -> set[str]:
    return {failure.name for failure in world.desk.read_now(verify)}


@pytest.fixture
def evening(world: Stage, let_in: LetIn) -> Stage:
    """Bought online, only held, over the counter, free, too late with the money back, and let in."""
    came = world.buy(world.seats(2))
    world.place(world.hold_on_the_lawn(2), gateway="free")
    world.desk.write_now(
        hold,
        world.performance,
        world.seats(1, skip=12),
        by="client:1",
        network="network:1",
        minutes=15,
    )
    counter = CounterSale(
        world.performance, dict.fromkeys(world.seats(1, skip=4), "full"), Buyer(), 12000, "zh"
    )
    drawer = world.desk.write_now(open_drawer, "", 20000, "CNY", by="staff:mei")
    world.desk.write_now(sell, counter, by="staff:mei")
    world.desk.write_now(close_drawer, drawer, 31900, by="staff:mei")
    keep_some(world, world.seats(3, skip=24))
    return_for_a_fee(world, world.seats(3, skip=16))
    lose_a_dispute(world, world.seats(2, skip=20))
    hear_of_a_fee(world)
    pay_too_late(world, world.seats(2, skip=8))
    show = world.desk.read_now(sales, world.performance, 0).performance
    let_in(came, show.starts_at)
    with closing(open_desk(world.desk.url, SetClock(show.ends_at))) as desk:
        desk.write_now(earn, world.performance)
    return world


def keep_some(world: Stage, seats: list[str]) -> None:
    """Keep three seats for the press, who gets a ticket for one and lets go of another."""
    lan = world.desk.write_now(
        add_staff, "lan@nanhu.test", "Lan", Role.ORGANISER, "hash", by="test"
    )
    of = world.desk.write_now(
        allocate, world.performance, seats, KeptFor.PRESS, "", None, by="staff:mei"
    )
    wish = CompWish(world.performance, seats[:1], of, Buyer(), "review", lan, "zh")
    world.desk.write_now(comp, wish, by="staff:mei")
    world.desk.write_now(release, world.performance, of, seats[1:2], by="staff:mei")


def return_for_a_fee(world: Stage, seats: list[str]) -> None:
    """Return one ticket of three two days before it begins: half of its price stays."""
    placed = world.buy(seats)
    starts_at = world.desk.read_now(sales, world.performance, 0).performance.starts_at
    with closing(open_desk(world.desk.url, SetClock(starts_at - 48 * HOUR))) as desk:
        desk.write_now(return_tickets, placed.order.secret, seats[:1], 3000, by="buyer")


def hear_of_a_fee(world: Stage) -> None:
    """Also of one that was given back, and of a payout that the provider took back."""
    movements = [
        Movement("txn_1", "charge", 6000, 409, "CNY", "pi_0", 1),
        Movement("txn_2", "dispute_reversal", 6000, -150, "CNY", "pi_0", 2),
        Movement("txn_3", "payout", 700, 0, "CNY", "", 3),
    ]
    world.desk.write_now(take_over, STRIPE.key, movements)


def lose_a_dispute(world: Stage, seats: list[str]) -> None:
    """The buyer's bank takes the money back and keeps it; of another order it has not decided."""
    for number, status in enumerate(("lost", "open")):
        placed = world.place(world.hold([seats[number]]), gateway=STRIPE)
        world.desk.write_now(opened, placed.payment_id, Page(f"cs_{number}", ""))
        seen = SessionState(SessionStatus.PAID, 6000, "CNY", f"pi_{number}")
        world.desk.write_now(apply_state, placed.payment_id, seen)
        claim = BankDispute(RefundFound(f"dp_{number}", 6000, "CNY"), DisputeStatus(status))
        world.desk.write_now(learn_trouble, f"pi_{number}", Trouble([claim], []))


def pay_too_late(world: Stage, seats: list[str]) -> None:
    """Order, let it lapse, lose the seats to somebody quicker, and pay."""
    late = world.place(world.hold(seats))
    clock = SetClock(SystemClock().now() + HOUR)
    with closing(open_desk(world.desk.url, clock)) as desk:
        afterwards = stage(desk)
        desk.write_now(lapse, late.order.id)
        afterwards.take_all()
        afterwards.pay(late)


def plant(url: str, table: str, fault: str) -> None:
    """Break what no act breaks: on a copy of the table that has no constraints."""
    engine = sa.create_engine(url)
    cascade = "CASCADE" if engine.dialect.name == "postgresql" else ""
    with engine.begin() as connection:
        for text in (
            f"CREATE TABLE bare AS SELECT * FROM {table}",
            f"DROP TABLE {table} {cascade}",
            f"ALTER TABLE bare RENAME TO {table}",
            fault,
        ):
            connection.execute(sa.text(text))
    engine.dispose()


def test_the_real_acts_break_nothing(evening: Stage) -> None:
    assert evening.desk.read_now(verify) == []


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_named(evening: Stage, name: str) -> None:
    plant(evening.desk.url, *FAULTS[name])
    assert name in broken(evening)


def test_every_invariant_has_its_fault() -> None:
    assert sorted(rule.name for rule in INVARIANTS) == sorted(FAULTS)


def test_lifting_the_constraints_alone_breaks_nothing(evening: Stage) -> None:
    for table in {table for table, _ in FAULTS.values()}:
        plant(evening.desk.url, table, "SELECT 1")
    assert broken(evening) == set()


def test_a_failure_says_what_breaks_it(evening: Stage) -> None:
    plant(evening.desk.url, *FAULTS["order_adds_up"])
    (failure,) = [each for each in evening.desk.read_now(verify) if each.name == "order_adds_up"]
    assert failure.sentence == "An order's total is what its lines cost."
    assert {int(off) for _, off in failure.rows} == {-1}


def test_a_ticket_taken_back_without_its_money_is_found(world: Stage) -> None:
    placed = world.buy(world.seats(1))
    (line,) = placed.order.lines
    world.desk.write_now(void, world.performance, [line.id], "returned", by="test")
    world.desk.write_now(take_back, world.performance, placed.order.id, [line.seat_id])
    assert broken(world) == {"deferred_or_earned", "subsidy_receivable", "void_ticket_was_given_up"}
