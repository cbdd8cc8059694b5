"""Store one entry of the file by the rooms' own acts."""

from collections.abc import Callable
from typing import Any, NamedTuple

import sqlalchemy as sa

from ticketing.accounts.house import describe_house
from ticketing.desk.db import Tx
from ticketing.inventory.sell_returns import sell_returns_at
from ticketing.pricing.promotion import offer
from ticketing.pricing.set_prices import (
    Band,
    Early,
    PriceEntry,
    PriceList,
    TicketTypeEntry,
    name_funder,
    set_prices,
)
from ticketing.programme.announce import (
    Piece,
    announce_person,
    announce_production,
    announce_season,
    credit,
)
from ticketing.programme.cast import Part, cast
from ticketing.programme.door_rules import STANDBY, set_door_rules
from ticketing.programme.models import Performance
from ticketing.programme.posters import hang
from ticketing.programme.schedule import Showing, schedule
from ticketing.seating.store import draw_plan
from ticketing.tickets.headcount import approve
from ticketing.venues.register import register_gate, register_hall, register_venue
from ticketing.world.load import World
from ticketing.world.names import Names
from ticketing.world.said import Entry, Fields

TERMS = (
    "doors_at", "starts_at", "ends_at", "sale_opens_at", "sale_closes_at", "capacity",
    "most_per_order", "rules", "refund_ladder", "demo", "most_per_buyer", "most_renewals",
    "most_holds_per_client", "most_holds_per_network", "reserve_minutes",
)  # fmt: skip


class Act(NamedTuple):
    """Who does it, and when; ``names`` are the ids of what is there already."""

    by: str
    now: int
    names: Names
    world: World

    @property
    def who(self) -> dict[str, Any]:
        return {"by": self.by, "now": self.now}


def put(tx: Tx, entry: Entry, act: Act) -> None:
    """Make the thing of this name what its fields say; harmless when repeated."""
    PUTS[entry.kind](tx, entry.key, dict(entry.fields), act)


def put_house(tx: Tx, _: str, fields: Fields, act: Act) -> None:
    describe_house(tx, fields, **act.who)


def put_funder(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    name_funder(tx, slug, **fields, **act.who)


def put_promotion(tx: Tx, code: str, fields: Fields, act: Act) -> None:
    offer(tx, code, fields, **act.who)


def put_venue(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    register_venue(tx, slug, **fields, **act.who)


def put_hall(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    venue_id = act.names.venues[fields["venue"]]
    hall_id = register_hall(tx, slug, venue_id=venue_id, name=fields["name"], **act.who)
    draw_plan(tx, hall_id, act.world.plans[slug], **act.who)


def put_gate(tx: Tx, name: str, fields: Fields, act: Act) -> None:
    hall_id = act.names.halls[fields.pop("hall")]
    register_gate(tx, name, hall_id=hall_id, **fields, **act.who)


def put_season(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    announce_season(tx, slug, **fields, **act.who)


def put_person(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    announce_person(tx, slug, **fields, **act.who)


def put_production(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    makers = [(act.names.persons[person], role) for person, role in fields.pop("credits")]
    search = fields.pop("search")
    if picture := act.world.picture(fields["poster"]):
        hang(tx, picture, now=act.now)
    production_id = announce_production(tx, slug, Piece(**fields), search=search, **act.who)
    credit(tx, production_id, makers, **act.who)


def put_performance(tx: Tx, slug: str, fields: Fields, act: Act) -> None:
    known = act.names
    showing = Showing(
        season_id=known.seasons[fields["season"]],
        production_id=known.productions[fields["production"]],
        hall_id=known.halls[fields["hall"]], plan_id=known.plans[fields["hall"]],
        **{name: fields[name] for name in TERMS},
    )  # fmt: skip
    performance_id = schedule(tx, slug, showing, **act.who)
    parts = [Part(known.persons[person], role, note) for person, role, note in fields["cast"]]
    cast(tx, performance_id, parts, **act.who)
    if "bands" in fields:
        set_prices(tx, performance_id, prices_of(fields, known), **act.who)
    approve(tx, performance_id, fields["capacity"], **act.who)
    here = Performance.id == performance_id
    standing = tx.execute(sa.select(Performance.standby_minutes).where(here)).scalar_one_or_none()
    standby = STANDBY if standing is None else standing
    rules = (fields["rotating"], fields["late_breaks"], standby)
    set_door_rules(tx, performance_id, *rules, **act.who)
    if (at := fields["returns_sold_at"]) is None or at > act.now:
        sell_returns_at(tx, performance_id, at, **act.who)


def prices_of(fields: Fields, known: Names) -> PriceList:
    """Return the list that ``said.priced`` took apart; prices of bands that are gone are left out."""
    bands = [Band(*band) for band in fields["bands"]]
    kinds = [TicketTypeEntry(*kind) for kind in fields["ticket_types"]]
    pairs = {f"price_{band.key}/{kind.key}" for band in bands for kind in kinds}
    prices = [fields[name] for name in fields if name in pairs and fields[name] is not None]
    return PriceList(
        bands,
        kinds,
        tags=[
            PriceEntry(**{
                **{name: price[name] for name in PriceEntry._fields},
                "funder_id": known.funders[price["funder_id"]] if price["funder_id"] else None,
            })
            for price in prices
        ],
        early=[
            Early(price["band"], price["ticket_type"], *price["early"])
            for price in prices
            if price["early"]
        ],
    )  # fmt: skip


PUTS: dict[str, Callable[[Tx, str, Fields, Act], None]] = {
    "house": put_house, "funder": put_funder, "promotion": put_promotion, "venue": put_venue,
    "hall": put_hall, "gate": put_gate, "season": put_season, "person": put_person,
    "production": put_production, "performance": put_performance,
}  # fmt: skip
