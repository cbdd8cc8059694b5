"""Promises 3 and 5: money is heard once, and the books say so once."""

import threading

import sqlalchemy as sa

from stage import Stage
from ticketing.checkout.place import Placed
from ticketing.desk.db import Tx
from ticketing.ledger.models import Account, Posting
from ticketing.ledger.post import Books, post, post_payment
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard, hear
from ticketing.payments.models import Payment, ProviderEvent
from ticketing.processing.apply_event import apply_event
from together import failures, together


def is_pending(tx: Tx, payment: str) -> bool:
    query = sa.select(Payment.status).where(Payment.id == payment)
    return bool(tx.execute(query).scalar_one() == "pending")


def book_unguarded(tx: Tx, entry: str, books: Books, *, now: int) -> None:
    move = (Account.PROVIDER_CLEARING, Account.CUSTOMER_CLEARING, 6000)
    post(tx, entry, books, [move], now=now)


def test_control_looking_first_and_booking_then_books_the_money_twice(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(1)))
    books = Books(world.performance, placed.order.id, "CNY")
    looked = threading.Barrier(2)

    def handle(n: int) -> None:
        pending = world.desk.read_now(is_pending, placed.payment_id)
        looked.wait()  # both have looked before either books
        if pending:
            world.desk.write_now(book_unguarded, f"unguarded:{n}", books)

    together(2, handle)
    assert booked(world) == [6000, 6000]


def test_one_event_delivered_by_sixteen_at_once_is_booked_once(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)))
    answers = together(16, lambda _: world.pay(placed))
    assert failures(answers) == []
    assert booked(world) == [12000]
    assert len(world.tickets(placed)) == 2


def test_two_different_events_about_one_payment_are_booked_once(world: Stage) -> None:
    placed = world.place(world.hold(world.seats(2)))
    answers = together(8, lambda n: pay_by_event(world, placed, f"event-{n}"))
    assert failures(answers) == []
    assert booked(world) == [12000]
    events = sa.select(sa.func.count()).where(ProviderEvent.handled_at.is_not(None))
    assert world.ask(events).scalar_one() == 8


def test_the_same_entry_cannot_be_booked_again(world: Stage) -> None:
    placed = world.buy(world.seats(1))
    books = Books(world.performance, placed.order.id, "CNY")
    again = together(
        1,
        lambda _: world.desk.write_now(post_payment, placed.payment_id, "play", 6000, books),
    )
    assert len(failures(again)) == 1
    assert booked(world) == [6000]


def test_the_books_balance_after_many_sales_at_once(world: Stage) -> None:
    seats = world.seats(24)
    answers = together(12, lambda n: world.buy(seats[2 * n : 2 * n + 2]))
    assert failures(answers) == []
    assert balance(world, Account.CUSTOMER_CLEARING) == 0
    assert balance(world, Account.PROVIDER_CLEARING) == 24 * 6000
    assert balance(world, Account.DEFERRED_REVENUE) == -24 * 12000


def test_an_event_is_new_once(world: Stage) -> None:
    told = [world.desk.write_now(hear, PLAY.key, "e", Heard.PAID, "p", {}) for _ in range(2)]
    assert told == [True, False]


def pay_by_event(world: Stage, placed: Placed, event: str) -> None:
    world.desk.write_now(hear, PLAY.key, event, Heard.PAID, placed.payment_id, {})
    world.desk.write_now(apply_event, PLAY.key, event)


def booked(world: Stage) -> list[object]:
    query = sa.select(Posting.amount).where(Posting.credit == Account.CUSTOMER_CLEARING)
    return list(world.ask(query).scalars())


def balance(world: Stage, account: Account) -> int:
    """Return debits less credits."""
    sides = [
        sa.select(sa.func.coalesce(sa.func.sum(Posting.amount), 0)).where(side == account)
        for side in (Posting.debit, Posting.credit)
    ]
    debits, credits_ = (world.ask(side).scalar_one() for side in sides)
    return int(str(debits)) - int(str(credits_))
