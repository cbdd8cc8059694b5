"""Rung 0: behind each guard stands the database. An act that misbehaves is refused, and nothing changes."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from evening import Evening, evening_of
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.idempotency import replay

SCAN = "performance_id, ticket_id, gate, verdict, entry, direction, code_digest, at, received_at, scanned_by"
REFUND = "order_id, payment_id, amount, currency, reason, created_at"
MISDEEDS = {
    # a seat is sold once
    "a seat has two rows": "INSERT INTO performance_seat SELECT * FROM performance_seat",
    "a seat is not in the plan": "UPDATE performance_seat SET seat_id = 'nowhere'",
    "a seat has two live tickets": "UPDATE ticket SET seat_id = (SELECT MIN(seat_id) FROM ticket)",
    "a hold is ordered twice": "UPDATE orders SET hold_id = 'the same'",
    "an order has a seat twice": (
        "UPDATE order_line SET seat_id = (SELECT MIN(seat_id) FROM order_line)"
    ),
    "an order is in no known state": "UPDATE orders SET status = 'sold'",
    # a ticket enters once
    "a ticket is admitted twice": f"INSERT INTO scan (nonce, {SCAN}) SELECT 'again', {SCAN} FROM scan",
    "a scan is stored twice": "INSERT INTO scan SELECT * FROM scan",
    "somebody comes in without a ticket": "UPDATE scan SET ticket_id = NULL",
    "two tickets have one number": "UPDATE ticket SET number = 1",
    "two tickets are called alike at the door": "UPDATE ticket SET short = '222222'",
    # money is heard once
    "an event is stored twice": "INSERT INTO provider_event SELECT * FROM provider_event",
    "a request is answered twice": "INSERT INTO idempotency_key SELECT * FROM idempotency_key",
    "a payment is in no known state": "UPDATE payment SET status = 'perhaps'",
    # nobody pays for nothing
    "a payment goes back twice for one reason": (
        f"INSERT INTO refund (id, {REFUND}) SELECT 'again', {REFUND} FROM refund"
    ),
    "a refund is of nothing": "UPDATE refund SET amount = 0",
    "a payment is less than nothing": "UPDATE payment SET amount = -1",
    # the books balance
    "an entry is booked twice": "INSERT INTO posting SELECT * FROM posting",
    "an amount is moved backwards": "UPDATE posting SET amount = -amount",
    "an account pays itself": "UPDATE posting SET credit = debit",
    "an account is not ours": "UPDATE posting SET credit = 'a pocket'",
    "a line does not add up": "UPDATE order_line SET face = face + 1",
    "a line costs less than nothing": "UPDATE order_line SET paid = -1, face = discount + funded - 1",
    "an order costs less than nothing": "UPDATE orders SET total = -1",
    # nobody is oversold the room
    "more are let in than approved": "UPDATE headcount SET approved = -1",
    "fewer are let in than none": "UPDATE headcount SET live = -1",
}  # fmt: skip


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    """One order cancelled and one kept, one ticket let in, one key used."""
    with evening_of(world_url) as evening:
        world = evening.world
        evening.scan(evening.code(evening.ticket()))
        world.buy(world.seats(2, skip=2))
        gone = world.buy(world.seats(2, skip=6))
        world.desk.write_now(cancel_order, gone.order.number, by="test")
        world.desk.write_now(replay, "test", "a key", "a print")
        yield evening


def do(tx: Tx, misdeed: str, *, now: int) -> int:
    return tx.execute(sa.text(misdeed)).rowcount


def is_refused(desk: Desk, misdeed: str) -> bool:
    try:
        desk.write_now(do, misdeed)
    except sa.exc.IntegrityError:
        return True
    return False


def test_the_database_refuses_every_misdeed(evening: Evening) -> None:
    desk = evening.world.desk
    assert [name for name, text in MISDEEDS.items() if not is_refused(desk, text)] == []
    assert desk.read_now(verify) == []
