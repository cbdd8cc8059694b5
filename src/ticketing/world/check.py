"""What a festival's file must say as a whole: names that exist, times in order, sums that add up."""

from collections.abc import Collection, Mapping, Sequence
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ticketing.foundation.fixture_file import WrongField
from ticketing.foundation.fixture_time import is_relative, resolve
from ticketing.venues.plan import Plan
from ticketing.world.schema import FestivalFile, PerformanceEntry
from ticketing.world.terms import PriceListEntry

TIMES = ("doors", "starts", "ends", "sale_opens", "sale_closes")


def check_names(file: FestivalFile) -> None:
    """Each thing has a name of its own, and whatever is referred to exists."""
    persons = once("persons", [person.slug for person in file.persons])
    once("venues", [venue.slug for venue in file.venues])
    once("performances", [performance.slug for performance in file.performances])
    targets = {
        "season": once("seasons", [season.slug for season in file.seasons]),
        "production": once("productions", [piece.slug for piece in file.productions]),
        "hall": check_halls(file),
        "rules": once("rules", [rules.slug for rules in file.rules]),
        "refunds": once("refunds", [ladder.slug for ladder in file.refunds]),
        "prices": once("price_lists", [prices.slug for prices in file.price_lists]),
    }
    for p, piece in enumerate(file.productions):
        for c, credit in enumerate(piece.credits):
            known(f"productions[{p}].credits[{c}].person", credit.person, persons)
    for p, performance in enumerate(file.performances):
        for field, names in targets.items():
            known(f"performances[{p}].{field}", getattr(performance, field), names)
        for c, part in enumerate(performance.cast):
            known(f"performances[{p}].cast[{c}].person", part.person, persons)


def check_halls(file: FestivalFile) -> list[str]:
    halls: list[str] = []
    gates: list[str] = []
    plans: list[str] = []
    for v, venue in enumerate(file.venues):
        halls += once(f"venues[{v}].halls", [hall.slug for hall in venue.halls], halls)
        for h, hall in enumerate(venue.halls):
            plans += once(f"venues[{v}].halls[{h}].plan", [hall.plan], plans)
            gates += once(f"venues[{v}].halls[{h}].gates", [g.name for g in hall.gates], gates)
    return halls


def check_times(file: FestivalFile) -> None:
    zones: dict[str, str] = {}
    for v, venue in enumerate(file.venues):
        check_zone(f"venues[{v}].zone", venue.zone)
        zones |= {hall.slug: venue.zone for hall in venue.halls}
    check_zone("house.zone", file.house.zone)
    for p, performance in enumerate(file.performances):
        check_performance(f"performances[{p}]", performance, zones[performance.hall])


def check_performance(place: str, performance: PerformanceEntry, zone: str) -> None:
    at = {}
    for field in TIMES:
        try:
            at[field] = resolve(getattr(performance, field), zone, now=0)
        except ValueError as error:
            raise WrongField(f"{place}.{field}", str(error)) from None
    relative = is_relative(performance.starts)
    if relative != ("{date}" in performance.slug):
        raise WrongField(f"{place}.slug", "a slug has {date} where starts is relative, else not")
    for field in ("doors", "ends"):
        if is_relative(getattr(performance, field)) != relative:
            raise WrongField(f"{place}.{field}", "relative where starts is, else not")
    if not at["doors"] <= at["starts"]:
        raise WrongField(f"{place}.doors", "the doors open before it starts")
    if not at["starts"] < at["ends"]:
        raise WrongField(f"{place}.ends", "it ends after it starts")


def check_prices(file: FestivalFile) -> None:
    funders = once("funders", [funder.slug for funder in file.funders])
    for n, prices in enumerate(file.price_lists):
        check_price_list(f"price_lists[{n}]", prices, funders)


def check_price_list(place: str, prices: PriceListEntry, funders: Collection[str]) -> None:
    bands = once(f"{place}.bands", [band.key for band in prices.bands])
    kinds = once(f"{place}.ticket_types", [kind.key for kind in prices.ticket_types])
    once(f"{place}.prices", [f"{price.band}/{price.type}" for price in prices.prices])
    for n, price in enumerate(prices.prices):
        here = f"{place}.prices[{n}]"
        known(f"{here}.band", price.band, bands)
        known(f"{here}.type", price.type, kinds)
        if price.face != price.paid + price.discount + price.funded:
            raise WrongField(f"{here}.face", "face is paid + discount + funded")
        if price.funder or price.funded:
            known(f"{here}.funder", price.funder or "", funders)


def check_sections(file: FestivalFile, plans: Mapping[str, Plan]) -> None:
    """Every section of a performance's plan has exactly one price band."""
    lists = {prices.slug: prices for prices in file.price_lists}
    for p, performance in enumerate(file.performances):
        wanted = sorted(section.key for section in plans[performance.hall].sections)
        priced = [s for band in lists[performance.prices].bands for s in band.sections]
        if sorted(priced) != wanted:
            why = f"prices sections {', '.join(priced)}; the plan has {', '.join(wanted)}"
            raise WrongField(f"performances[{p}].prices", why)


def check_zone(field: str, zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError):
        raise WrongField(field, f"{zone!r} is no time zone, such as Asia/Shanghai") from None


def known(field: str, name: str, names: Collection[str]) -> None:
    if name not in names:
        raise WrongField(field, f"{name!r} is none of {', '.join(names)}")


def once(field: str, names: Sequence[str], others: Collection[str] = ()) -> Sequence[str]:
    """Return the names, each of which stands once, and not among the others."""
    for n, name in enumerate(names):
        if name in others or name in names[:n]:
            raise WrongField(f"{field}[{n}]", f"there are two of the name {name!r}")
    return names
