"""A day at the till: so many random orders by Stripe, returns, disputes and payouts; then both sides are
compared. ``python -m day 2000`` on both databases.
"""

import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from random import Random

import databases
import postgres
from stage import fill
from ticketing.box_office.cancel import cancel_order
from ticketing.checkout.place import Placed
from ticketing.foundation.errors import Refused
from ticketing.inventory.hold import hold_best
from ticketing.orders.create import Buyer
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.processing.conversation import look_for_trouble
from ticketing.processing.reconcile import Difference, reconcile
from ticketing.returns.return_tickets import return_tickets
from till import Till, tilling

KINDS = ("funded", "full", "student")


def play(till: Till, orders: int, rng: Random) -> list[Difference]:
    """Return what the two sides say otherwise when all is over."""
    bought: list[Placed] = []
    paid = asked = 0
    while paid < orders:
        asked += 1
        placed = order(till, asked, rng)
        if placed is None:  # the house is full: somebody gives tickets back
            give_back(till, bought, rng)
            continue
        till.paid(placed, method=rng.choice(["card", "alipay", "wechat_pay"]))
        till.come_back(placed)
        bought.append(placed)
        paid += 1
        if rng.random() < 0.7:
            give_back(till, bought, rng)
        if rng.random() < 0.03:
            dispute(till, bought, rng)
        if paid % 200 == 0:
            till.rounds()
            till.hand.do("pay_out")
            compare(till)
    for _ in range(3):
        till.rounds()
    for refund in till.hand.every("refund"):
        if refund["status"] == "pending":
            till.hand.do("finish_refund", ident=refund["id"], ok=rng.random() < 0.9)
    till.tell("refund")
    till.hand.do("pay_out")
    return compare(till)


def order(till: Till, n: int, rng: Random) -> Placed | None:
    count = rng.choice([1, 1, 2, 2, 3])
    try:
        held = till.world.desk.write_now(
            hold_best, till.world.performance, count, None, by=f"b{n}", minutes=15, rng=rng
        )
        kind = rng.choice(KINDS)
        return till.world.place(
            held, types=dict.fromkeys(held.seats, kind), gateway=STRIPE,
            buyer=Buyer(email=f"b{n}@example.com"),
        )  # fmt: skip
    except Refused:
        return None


def give_back(till: Till, bought: list[Placed], rng: Random) -> None:
    """Return one ticket of an order, or cancel it; one that is disputed stays as it is."""
    if not bought:
        return
    placed = bought.pop(rng.randrange(len(bought)))
    try:
        if rng.random() < 0.5:
            line = rng.choice(placed.order.lines).id
            till.world.desk.write_now(return_tickets, placed.order.secret, [line], None, by="b")
            bought.append(placed)
        else:
            till.world.desk.write_now(cancel_order, placed.order.number, by="test")
    except Refused:
        pass


def dispute(till: Till, bought: list[Placed], rng: Random) -> None:
    placed = bought.pop(rng.randrange(len(bought)))
    """Half of what happens is told by an event; the other half is found when both sides are compared."""
    found = till.hand.do("dispute", intent=till.charge_of(placed))
    if rng.random() < 0.5:
        hear_of_trouble(till, placed)
    if rng.random() < 0.8:
        till.hand.do("close_dispute", ident=found["id"], won=rng.random() < 0.5)
        if rng.random() < 0.5:
            hear_of_trouble(till, placed)


def hear_of_trouble(till: Till, placed: Placed) -> None:
    """As its event makes us do."""
    stripe = till.providers[STRIPE.key]
    till.run(look_for_trouble(till.world.desk, stripe, till.charge_of(placed)))


def compare(till: Till) -> list[Difference]:
    stripe = till.providers[STRIPE.key]
    found: list[Difference] = till.run(reconcile(till.world.desk, STRIPE.key, stripe))
    return found


def main(orders: int) -> int:
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = stack.enter_context(postgres.running())
        for url in (f"sqlite:///{folder}/day.db", databases.create_database(cluster, "day")):
            databases.make_tables(url)
            fill(url)
            began = time.monotonic()
            with tilling(url, patience=20) as till:
                found = play(till, orders, Random(1))
                kinds = {
                    kind: len(till.hand.every(kind))
                    for kind in ("charge", "refund", "dispute", "payout", "balance_transaction")
                }
            print(
                f"{url.split(':')[0]}: {orders} orders, {kinds}, {time.monotonic() - began:.0f} s"
            )
            print(*found, "Both sides agree to the fen." if not found else "", sep="\n")
            if found:
                return 1
    return 0


if __name__ == "__main__":
    databases.import_every_model()
    raise SystemExit(main(int(sys.argv[1])))
