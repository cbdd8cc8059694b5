"""What a festival's file says of each thing, field by field, in the words of the rooms' acts."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from ticketing.desk.db import Tx
from ticketing.foundation.reading import search_text
from ticketing.pricing.fit import fitted
from ticketing.pricing.promotion import typed
from ticketing.pricing.set_prices import PriceList
from ticketing.seating.store import fingerprint
from ticketing.world.entries import ProductionEntry
from ticketing.world.load import World
from ticketing.world.schema import FestivalFile, PerformanceEntry
from ticketing.world.showings import Dates, performance_id, price_list, showing, to_be

Fields = dict[str, Any]


class Entry(NamedTuple):
    """``fields``: of plain values, as JSON has them. ``kind`` and ``key`` name it: performance, its slug."""

    kind: str
    key: str
    fields: Fields


def said(tx: Tx, world: World, now: int) -> Iterator[Entry]:
    """Yield every entry, each after what it refers to."""
    file = world.file
    yield Entry("house", "", file.house.values)
    for funder in file.funders:
        yield Entry("funder", funder.slug, {
            "name": funder.name.words, "programme": funder.programme.words, "cap": funder.cap,
            "demo": int(funder.demo),
        })  # fmt: skip
    for code in file.promotions:
        yield Entry("promotion", typed(code.code), {
            "name": code.name.words, "percent": code.percent, "fen": code.off,
            "ticket_types": list(code.types), "stacks": int(code.stacks), "budget": code.budget,
            "most_per_buyer": code.most_per_buyer,
        })  # fmt: skip
    yield from building(world)
    for position, season in enumerate(file.seasons):
        yield Entry("season", season.slug, {
            "name": season.name.words, "cry": season.cry.words, "blurb": season.blurb.words,
            "position": position, "demo": int(season.demo),
        })  # fmt: skip
    for person in file.persons:
        text = search_text(person.name.words, person.pinyin)
        yield Entry("person", person.slug, {"name": person.name.words, "search": text})
    for piece in file.productions:
        yield production(piece, world)
    for performance in file.performances:
        yield dated(tx, performance, file, to_be(tx, performance, file, now))


def building(world: World) -> Iterator[Entry]:
    for venue in world.file.venues:
        yield Entry("venue", venue.slug, {
            "name": venue.name.words, "address": venue.address.words,
            "directions": venue.directions.words, "zone": venue.zone, "demo": int(venue.demo),
        })  # fmt: skip
        for hall in venue.halls:
            drawing = fingerprint(world.plans[hall.slug])
            yield Entry(
                "hall", hall.slug,
                {"venue": venue.slug, "name": hall.name.words, "drawing": drawing},
            )  # fmt: skip
            for gate in hall.gates:
                yield Entry("gate", gate.name, {
                    "hall": hall.slug, "label": gate.label.words, "sections": list(gate.sections),
                })  # fmt: skip


def production(piece: ProductionEntry, world: World) -> Entry:
    picture = world.posters.get(piece.poster)
    return Entry("production", piece.slug, {
        "title": piece.title.words, "kind": piece.kind.words, "synopsis": piece.synopsis.words,
        "language": piece.language.words, "duration_minutes": piece.duration_minutes,
        "interval_minutes": piece.interval_minutes,
        "chapters": [chapter.words for chapter in piece.chapters],
        "poster": picture.name if picture else "", "search": search_text(piece.title.words, piece.pinyin),
        "demo": int(piece.demo), "credits": [[made.person, made.role.words] for made in piece.credits],
    })  # fmt: skip


def dated(tx: Tx, entry: PerformanceEntry, file: FestivalFile, dates: Dates) -> Entry:
    """A performance with its cast, prices and door rules; prices for its own drawing, see ``fit``."""
    prices: PriceList | None = price_list(entry, file, dates.starts_at)
    if known := performance_id(tx, dates.slug):
        prices = fitted(tx, known, prices) if prices else None
    return Entry("performance", dates.slug, {
        **showing(entry, file, dates),
        "cast": [[part.person, part.role.words, part.note.words] for part in entry.cast],
        "late_breaks": sorted(set(entry.late_breaks)), "rotating": str(entry.rotating),
        **(priced(prices) if prices else {}),
    })  # fmt: skip


def priced(prices: PriceList) -> Fields:
    """``price_BAND/TYPE`` for each price; funders by their ids or slugs, as the list has them."""
    early = {(each.band, each.ticket_type): [each.until, each.paid] for each in prices.early}
    return {
        "bands": [[band.key, band.name, list(band.sections)] for band in prices.bands],
        "ticket_types": [list(kind) for kind in prices.kinds],
        **{
            f"price_{tag.band}/{tag.ticket_type}": {
                **tag._asdict(), "early": early.get((tag.band, tag.ticket_type)),
            }
            for tag in prices.tags
        },
    }  # fmt: skip
