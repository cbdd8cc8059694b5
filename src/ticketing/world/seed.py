"""Store a world by the rooms' own acts: again changes nothing, a changed file updates."""

import sqlalchemy as sa

from ticketing.accounts.house import describe_house, open_front
from ticketing.accounts.queries import house
from ticketing.foundation.db import Tx
from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import Refused
from ticketing.orders.models import Order
from ticketing.pricing.promotion import offer
from ticketing.pricing.set_prices import name_funder
from ticketing.programme.announce import (
    Piece,
    announce_person,
    announce_production,
    announce_season,
    credit,
)
from ticketing.venues.draw import draw_plan
from ticketing.venues.register import register_gate, register_hall, register_venue
from ticketing.world.entries import ProductionEntry, VenueEntry
from ticketing.world.load import World
from ticketing.world.names import names
from ticketing.world.schema import FestivalFile
from ticketing.world.showings import put_on, renew

BY = "seed"


class CurrencyStays(Refused):
    type = "currency-stays"
    zh = "已经用 {currency} 卖过票，币种不能再改。"
    en = "Tickets were sold in {currency}: the house's currency cannot be changed any more."


def seed(desk: Desk, world: World) -> None:
    """Store everything. Relative times count from the desk's clock, when first met: see put_on."""
    seed_house(desk, world.file)
    for venue in world.file.venues:
        desk.write_now(build, venue, world, by=BY)
    seed_programme(desk, world.file)
    known = desk.read_now(names)
    for performance in world.file.performances:
        desk.write_now(put_on, performance, world.file, known, by=BY)


def top_up(desk: Desk, world: World) -> None:
    """Put on again what a seeded demo needs and what is over; touch nothing else."""
    known = desk.read_now(names)
    for performance in world.file.performances:
        desk.write_now(renew, performance, world.file, known, by=BY)


def seed_house(desk: Desk, file: FestivalFile) -> None:
    desk.write_now(keep_currency, file.house.currency)
    desk.write_now(describe_house, file.house.values, by=BY)
    desk.read_now(open_front)
    for funder in file.funders:
        desk.write_now(
            name_funder, funder.slug, name=funder.name.words, programme=funder.programme.words,
            cap=funder.cap, demo=funder.demo, by=BY,
        )  # fmt: skip
    for code in file.promotions:
        desk.write_now(
            offer, code.code,
            {
                "name": code.name.words, "percent": code.percent, "fen": code.off,
                "ticket_types": list(code.types), "stacks": int(code.stacks),
                "budget": code.budget, "most_per_buyer": code.most_per_buyer,
            },
            by=BY,
        )  # fmt: skip


def keep_currency(tx: Tx, wanted: str, *, now: int) -> None:
    """Refuse another currency once anything was ordered: what was agreed stays as it was agreed."""
    known = house(tx)
    sold = tx.execute(sa.select(Order.id).limit(1)).first()
    if known and sold and known["currency"] != wanted:
        raise CurrencyStays(currency=known["currency"])


def build(tx: Tx, venue: VenueEntry, world: World, *, by: str, now: int) -> None:
    """A venue with its halls, their gates and plans."""
    venue_id = register_venue(
        tx, venue.slug, name=venue.name.words, address=venue.address.words,
        directions=venue.directions.words, zone=venue.zone, demo=venue.demo, by=by, now=now,
    )  # fmt: skip
    for hall in venue.halls:
        hall_id = register_hall(
            tx, hall.slug, venue_id=venue_id, name=hall.name.words, by=by, now=now
        )
        draw_plan(tx, hall_id, world.plans[hall.slug], by=by, now=now)
        for gate in hall.gates:
            register_gate(
                tx, gate.name, hall_id=hall_id, label=gate.label.words, sections=gate.sections,
                by=by, now=now,
            )  # fmt: skip


def seed_programme(desk: Desk, file: FestivalFile) -> None:
    for position, season in enumerate(file.seasons):
        desk.write_now(
            announce_season, season.slug, name=season.name.words, cry=season.cry.words,
            blurb=season.blurb.words, position=position, demo=season.demo, by=BY,
        )  # fmt: skip
    persons = {
        person.slug: desk.write_now(
            announce_person, person.slug, name=person.name.words, readings=person.pinyin, by=BY
        )
        for person in file.persons
    }
    for piece in file.productions:
        desk.write_now(announce, piece, persons, by=BY)


def announce(tx: Tx, entry: ProductionEntry, persons: dict[str, str], *, by: str, now: int) -> None:
    """A production with who made it."""
    piece = Piece(
        title=entry.title.words, kind=entry.kind.words, synopsis=entry.synopsis.words,
        language=entry.language.words, duration_minutes=entry.duration_minutes,
        interval_minutes=entry.interval_minutes,
        chapters=[chapter.words for chapter in entry.chapters], poster=entry.poster,
        demo=entry.demo,
    )  # fmt: skip
    production_id = announce_production(
        tx, entry.slug, piece, readings=entry.pinyin, by=by, now=now
    )
    makers = [(persons[made.person], made.role.words) for made in entry.credits]
    credit(tx, production_id, makers, by=by, now=now)
