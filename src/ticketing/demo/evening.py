"""An evening as it went: parties of one to four buy over the weeks, pay, and come in at the door."""

from random import Random
from typing import Any

import sqlalchemy as sa

from ticketing.box_office.sell import CounterSale, sell
from ticketing.checkout.place import Placed, Wish, place
from ticketing.demo.arrivals import let_in, post_letters
from ticketing.demo.keep import keep_seats
from ticketing.demo.people import guest
from ticketing.demo.plot import Plot
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import MINUTE, SetClock
from ticketing.foundation.front import Front
from ticketing.inventory.hold import hold_best
from ticketing.inventory.hold_record import Held
from ticketing.inventory.hold_request import HouseFull
from ticketing.inventory.search.best_available import choose
from ticketing.inventory.seat_map import count_taken, taken_seats
from ticketing.orders.create import Buyer
from ticketing.payments.desk_ways import desk_way, desk_ways
from ticketing.payments.gateways.play import PLAY
from ticketing.payments.inbox import Heard, hear
from ticketing.pricing.models import SectionBand, TicketType
from ticketing.pricing.quote import prices
from ticketing.processing.apply_event import apply_event
from ticketing.programme.models import Performance
from ticketing.programme.on_sale import terms
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.keys import Keyring

PARTIES = (1, 2, 2, 2, 3, 3, 4)
BY = "demo"
AT_THE_COUNTER = 0.08  # share of the parties


def play_evening(desk: Desk, clock: SetClock, keys: Keyring, plot: Plot, today: int) -> None:
    """Sell what is missing to the plot's share; an evening cut off by a crash goes on."""
    for n, performance in enumerate(desk.read_now(planned, plot.slug)):
        rng = Random(f"{plot.slug}{n}")  # noqa: S311  the same evening on every machine and day
        if plot.kept and performance.sale_opens_at < today:
            keep_seats(desk, clock, performance, plot.kept, rng)
        sell_until(desk, clock, performance, plot.sold, rng, today)
        post_letters(desk, clock, today)
        if plot.arrived is not None:
            let_in(desk, clock, keys, performance, plot.arrived, rng)


def planned(tx: Tx, slug: str) -> list[sa.Row[Any]]:
    query = sa.select(Performance.__table__).where(Performance.slug.startswith(slug))
    return list(tx.execute(query.order_by(Performance.starts_at)))


def sell_until(
    desk: Desk, clock: SetClock, performance: sa.Row[Any], share: float, rng: Random, today: int
) -> None:
    wanted = round(performance.capacity * share)
    opens, closes = performance.sale_opens_at, min(performance.sale_closes_at, today)
    if opens >= closes:
        return
    sections, ticket_types = desk.read_now(offer, performance.id)
    while (gone := desk.read_now(count_taken, performance.id, clock.now())) < wanted:
        # each party comes a little later than the last; more people come at the beginning
        clock.at = int(opens + (closes - opens - MINUTE * 30) * (gone / wanted) ** 1.6)
        clock.forward(rng.randrange(MINUTE * 20))
        size = min(rng.choice(PARTIES), wanted - gone)
        buy = sell_at_counter if rng.random() < AT_THE_COUNTER else sell_online
        buy(desk, clock, performance.id, size, rng, sections, ticket_types)


def offer(tx: Tx, performance_id: str) -> tuple[list[str], list[str]]:
    """Return the sections, and the ticket types that anybody may buy, from the usual one on."""
    sections = tx.execute(
        sa.select(SectionBand.section).where(SectionBand.performance_id == performance_id)
    )
    kinds = tx.execute(
        sa.select(TicketType.key)
        .where(
            TicketType.performance_id == performance_id,
            TicketType.least.is_(None),
            TicketType.most.is_(None),
            TicketType.needs.is_(None),
        )
        .order_by(TicketType.position)
    )
    return sorted(sections.scalars()), list(kinds.scalars())


def sell_online(
    desk: Desk, clock: SetClock, performance_id: str, size: int, rng: Random,
    sections: list[str], ticket_types: list[str],
) -> None:  # fmt: skip
    held = hold_somewhere(desk, performance_id, size, rng, sections)
    clock.forward(rng.randrange(MINUTE, 4 * MINUTE))
    kind = ticket_types[-1] if rng.random() < 0.08 else ticket_types[0]
    wish = Wish(
        held.token, guest(rng), dict.fromkeys(held.seats, kind), PLAY, None,
        Front.house["languages"][-1 if rng.random() < 0.08 else 0],
    )  # fmt: skip
    placed: Placed = desk.write_now(place, wish, by=BY, minutes=15)
    if payment := placed.payment_id:
        clock.forward(rng.randrange(MINUTE // 2, 2 * MINUTE))
        heard = (PLAY.key, f"{payment}:pay")
        desk.write_now(hear, *heard, Heard.PAID, payment, {"outcome": "pay"})
        desk.write_now(apply_event, *heard)


def sell_at_counter(
    desk: Desk, clock: SetClock, performance_id: str, size: int, rng: Random,
    sections: list[str], ticket_types: list[str],
) -> None:  # fmt: skip
    """Sell to somebody who comes by, and gives no name."""
    seats = desk.read_now(pick, performance_id, size, rng, clock.now())
    types = dict.fromkeys(seats, ticket_types[0])
    total = desk.read_now(total_of, performance_id, types, clock.now())
    ways = list(desk_ways())
    way = desk_way(ways[size % len(ways)])
    sale = CounterSale(performance_id, types, Buyer(), total, Front.house["languages"][0], way)
    desk.write_now(sell, sale, by=BY)


def pick(tx: Tx, performance_id: str, size: int, rng: Random, now: int) -> list[str]:
    plan = read_plan(tx, terms(tx, performance_id).plan_id)
    taken = taken_seats(tx, performance_id, now)
    found = choose(plan, taken, size, rng=rng) or choose(plan, taken, 1, rng=rng)
    if found is None:
        raise HouseFull(quantity=1)
    return found


def total_of(tx: Tx, performance_id: str, types: dict[str, str], now: int) -> int:
    plan = read_plan(tx, terms(tx, performance_id).plan_id)
    known = prices(tx, performance_id, now)
    return sum(known[plan.by_id[seat].section, kind].paid for seat, kind in types.items())


def hold_somewhere(
    desk: Desk, performance_id: str, size: int, rng: Random, sections: list[str]
) -> Held:
    """Hold the best seats of a tier the party likes, else of any, else fewer."""
    liked = [rng.choice(sections)]
    for number, choice in ((size, liked), (size, None), (1, None)):
        try:
            return desk.write_now(
                hold_best, performance_id, number, choice, by=BY, minutes=15, rng=rng
            )
        except HouseFull:
            continue
    raise HouseFull(quantity=1)
