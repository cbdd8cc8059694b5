"""Write tests/house/past/NNNN.sql.xz: a house of the newest step that has sold, by every act that there is.

    PYTHONPATH=tests .venv/bin/python tools/past_house.py

Run it with the last code of a step, before the next step is released; tests/house/test_upgrade.py brings what it
wrote up to date ever after. An act that is new with a step is added here.
"""

import lzma
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from day import compare, hear_of_trouble
from stage import BUYER, SECRET_KEY, Stage, fill, stage
from ticketing.accounts.models import Role
from ticketing.admission.devices.device import enrol, make_pairing, take_up
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.box_office.comp import CompWish, comp
from ticketing.box_office.sell import CounterSale, sell
from ticketing.box_office.take_payment import take_payment
from ticketing.checkout.lapse import lapse
from ticketing.checkout.place import Placed
from ticketing.demo.evening import play_evening
from ticketing.demo.keep import organiser
from ticketing.demo.plot import Plot
from ticketing.demo.prepare import let_people_in
from ticketing.desk import schema
from ticketing.desk.desk import open_desk
from ticketing.desk.outbox import Letter, sent
from ticketing.foundation.clock import DAY, MINUTE, SetClock, SystemClock
from ticketing.inventory.allocate import allocate, release
from ticketing.inventory.models import KeptFor
from ticketing.invoices.request import ask_for_invoice
from ticketing.ledger.drawer import close_drawer, open_drawer
from ticketing.ledger.earn import earn, to_earn
from ticketing.orders.create import Buyer
from ticketing.payments.gateways.counter import COUNTER
from ticketing.payments.gateways.desk_qr import DESK_QR
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import Heard
from ticketing.payments.switch import switch
from ticketing.programme.cancel import cancel
from ticketing.programme.door_rules import set_door_rules
from ticketing.programme.models import Performance, Rotating
from ticketing.returns.cancelled_performance import pay_back, to_pay_back
from ticketing.returns.notify_change import notify_change
from ticketing.returns.return_tickets import return_tickets
from ticketing.settlement.sheet import digest_of, draw_up
from ticketing.settlement.sign_off import sign_off
from ticketing.tickets.keys import rotate_key
from till import Till, tilling

PAST = Path(__file__).parents[1] / "tests" / "house" / "past"
CODE = "NANHVX2026"  # of the shipped festival
LAST_YEAR = Plot("tiandishu-2026-05-23", sold=0.08, arrived=0.8)
WHY = {"zh": "剧场停电", "en": "The theatre has no power"}


@dataclass
class House:
    world: Stage
    clock: SetClock
    taken: int = 0

    def do(self, act: Callable[..., Any], *given: Any, by: str = "") -> Any:
        """Write, a minute after what was done last."""
        self.clock.forward(MINUTE)
        return self.world.desk.write_now(act, *given, **({"by": by} if by else {}))

    def seats(self, count: int) -> list[str]:
        skip, self.taken = self.taken, self.taken + count
        return self.world.seats(count, skip=skip)

    def order(self, count: int, performance: str = "", kind: str = "", **wish: Any) -> Placed:
        held = self.world.hold(self.seats(count), performance)
        types = {"types": dict.fromkeys(held.seats, kind)} if kind else {}
        return self.world.place(held, **types, **wish)

    def buy(self, count: int, performance: str = "", kind: str = "", **wish: Any) -> Placed:
        placed = self.order(count, performance, kind, **wish)
        self.world.pay(placed)
        return placed

    def night(self, slug: str) -> str:
        query = sa.select(Performance.id).where(Performance.slug.startswith(slug))
        return str(self.world.ask(query.order_by(Performance.slug)).scalars().first())


def sell_seats(house: House) -> None:
    """Paid online and at the desk, declined, too late, not at all; orders cancelled."""
    world = house.world
    house.buy(2)
    house.buy(3, kind="full", lang="en", buyer=Buyer("Ann", "13800005678", "ann@example.org"))
    house.do(cancel_order, house.buy(2).order.number, by="staff:mei")
    house.do(cancel_order, world.sell_at_counter(house.seats(2)), by="staff:mei")
    world.pay(declined := house.order(1), Heard.DECLINED)
    unpaid, late = house.order(2), house.order(1)
    house.clock.forward(20 * MINUTE)
    for placed in (declined, unpaid, late):
        house.do(lapse, placed.order.id)
    world.pay(late)
    world.place(world.hold_on_the_lawn(3))
    house.buy(2, kind="full", code=CODE)
    house.order(1, kind="full", code=CODE, buyer=Buyer("赵", "13900009999"))


def take_back(house: House) -> None:
    """Some tickets of an order, all of one with a fee, a night that is cancelled and half paid back."""
    some, all_of_it = house.buy(3).order, house.buy(2, kind="full").order
    house.do(return_tickets, some.secret, [some.lines[0].id], None, by="buyer")
    house.do(return_tickets, all_of_it.secret, [], None, by="buyer")
    changed, off = house.night("shuimen-again"), house.night("shuimen-2")
    house.buy(2, changed)
    house.do(
        lambda tx, **how: notify_change(
            tx, changed, WHY, closes_at=house.clock.now() + DAY, by="staff:x", **how
        )
    )
    for _ in range(2):
        house.buy(1, off)
    house.do(cancel, off, WHY, by="staff:x")
    house.do(pay_back, house.world.desk.read_now(to_pay_back)[0])


def work_in_the_office(house: House) -> None:
    """A switch, an invoice, seats kept, a comp, a reservation, a night settled, drawers."""
    desk, here = house.world.desk, house.world.performance
    for on in (False, True):
        house.do(lambda tx, on=on, **how: switch(tx, COUNTER, on=on, **how), by="staff:x")
    house.do(
        ask_for_invoice,
        house.buy(1).order.secret,
        "南湖公司",
        "91330400MA28A1B2X1",
        "a@example.com",
    )
    sale = CounterSale(here, dict.fromkeys(house.seats(1), "funded"), Buyer(), 6000, "zh", DESK_QR)
    house.do(sell, sale, by="staff:mei")
    for performance in desk.read_now(to_earn, house.clock.now()):
        house.do(earn, performance)
    seats, until = house.seats(5), house.clock.now() + DAY
    kept = house.do(allocate, here, seats, KeptFor.PRESS, "晚报", until, by="staff:x")
    guest = CompWish(here, seats[:2], kept, Buyer("周"), "剧评", desk.read_now(organiser), "zh")
    house.do(comp, guest, by="staff:x")
    house.do(release, here, kept, seats[2:3], by="staff:x")
    house.do(take_payment, house.order(2, gateway=COUNTER).order.number, COUNTER, by="staff:mei")
    house.order(1, gateway=COUNTER, buyer=Buyer("钱", "13900008888"))
    past = house.night(LAST_YEAR.slug)
    digest = digest_of(desk.read_now(draw_up, past, house.clock.now()))
    house.do(sign_off, past, digest, "王兰", "", by="staff:x")
    for counted in (26100, None):
        drawer = house.do(open_drawer, "钱箱一", 20000, "CNY", by="staff:mei")
        house.world.sell_at_counter(house.seats(1))
        if counted is not None:
            house.do(close_drawer, drawer, counted, by="staff:mei")


def stand_at_the_door(house: House) -> None:
    pairing = house.do(make_pairing, "门口一", Role.USHER, ["main"], [], by="staff:x")
    house.do(take_up, pairing, by="phone")
    house.do(enrol, "门口二", Role.USHER, by="staff:x")
    house.do(
        set_door_rules, house.world.performance, Rotating.PAPER, [10, 30], 15, by="staff:x"
    )  # fmt: skip
    house.do(rotate_key, SECRET_KEY, by="command")


def hear_of_stripe(till: Till) -> None:
    """Paid there; one order cancelled, one lost to its buyer's bank, one disputed, one page open."""
    orders = [
        till.world.place(
            till.world.hold(till.world.seats(1, "cushion", skip=n)), gateway=STRIPE,
            buyer=Buyer(BUYER.name, f"1370000000{n}"),
        )
        for n in range(4)
    ]  # fmt: skip
    for placed in orders[:3]:
        till.paid(placed)
        till.come_back(placed)
    till.open(orders[3])
    till.world.desk.write_now(cancel_order, orders[0].order.number, by="staff:mei")
    for placed, lost in ((orders[1], True), (orders[2], False)):
        dispute = till.hand.do("dispute", intent=till.charge_of(placed))
        hear_of_trouble(till, placed)
        if lost:
            till.hand.do("close_dispute", ident=dispute["id"], won=False)
            hear_of_trouble(till, placed)
    till.rounds()
    till.hand.do("pay_out")
    compare(till)


def sold(url: str) -> None:
    schema.upgrade(url)
    fill(url)
    clock = SetClock(SystemClock().now())
    with closing(open_desk(url, clock)) as desk:
        let_people_in(desk)
        house = House(stage(desk), clock)
        today = clock.now()
        play_evening(desk, clock, house.world.keys, LAST_YEAR, today)
        clock.at = today
        for part in (sell_seats, take_back, work_in_the_office, stand_at_the_door):
            part(house)
        for letter in list(house.world.ask(sa.select(Letter.id)).scalars())[::2]:
            house.do(sent, letter)
        house.world.hold(house.seats(1))
        if wrong := desk.read_now(verify):
            raise SystemExit(f"This house is not right: {wrong}")
    with tilling(url, patience=20) as till:
        till.later((clock.now() - till.clock.now()) // MINUTE + 1)
        hear_of_stripe(till)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        sold(f"sqlite:///{folder}/house.db")
        with closing(sqlite3.connect(f"{folder}/house.db")) as raw:
            text = "\n".join(raw.iterdump())
    packed = lzma.compress(text.encode(), preset=9 | lzma.PRESET_EXTREME)
    file = PAST / f"{schema.newest()}.sql.xz"
    file.write_bytes(packed)
    print(f"wrote {file} ({len(packed) // 1024} kB)")


if __name__ == "__main__":
    main()
