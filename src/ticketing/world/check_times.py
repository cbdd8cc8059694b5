"""The times of a festival's file: each one is one, and they stand in an order that can be."""

from collections.abc import Mapping, Sequence
from itertools import combinations

from ticketing.foundation.clock import DAY, HOUR, MINUTE
from ticketing.foundation.fixture_file import WrongField
from ticketing.foundation.fixture_time import comparable, is_relative, resolve
from ticketing.world.check import Found, is_zone
from ticketing.world.schema import FestivalFile, PerformanceEntry

TIMES = ("doors", "starts", "ends", "sale_opens", "sale_closes", "returns_sold")
ORDER = (  # the first is not later than the second; else the field is wrong, for this reason
    ("doors", "starts", "doors", "the doors open before it starts"),
    ("sale_opens", "ends", "sale_opens", "the sale opens before it ends"),
    ("sale_closes", "ends", "sale_closes", "the sale closes when it ends, or before"),
    ("sale_opens", "returns_sold", "returns_sold", "returns are sold after the sale opens"),
    ("returns_sold", "sale_closes", "returns_sold", "returns are sold before the sale closes"),
)
BEFORE = (  # the first is earlier than the second
    ("starts", "ends", "ends", "it ends after it starts"),
    ("sale_opens", "sale_closes", "sale_closes", "the sale closes after it opens"),
)
NEAR = (  # the first is at most so much earlier than the second
    ("doors", "starts", "doors", DAY, "the doors open a day before it starts, or less"),
    ("starts", "ends", "ends", 2 * DAY, "it ends two days after it starts, or sooner"),
    ("sale_opens", "starts", "sale_opens", 1096 * DAY, "the sale opens in the three years before"),
)

SOME_DAY = 1_767_225_600_000  # relative times are compared among themselves


def check_times(file: FestivalFile) -> Found:
    zones = {hall.slug: venue.zone for venue in file.venues for hall in venue.halls}
    at: list[dict[str, int]] = []
    for p, performance in enumerate(file.performances):
        place = f"performances[{p}]"
        zone = zones.get(performance.hall, "UTC")
        times, wrong = read(place, performance, zone if is_zone(zone) else "UTC")
        yield from wrong
        yield from check_relative(place, performance)
        yield from check_order(place, performance, times)
        yield from check_length(place, performance, times)
        at.append(times)
    yield from check_apart(file, at)
    yield from check_windows(file, at)


def read(
    place: str, performance: PerformanceEntry, zone: str
) -> tuple[dict[str, int], list[WrongField]]:
    """Return the times that are some, and what is wrong with the others."""
    found: dict[str, int] = {}
    wrong: list[WrongField] = []
    for field in TIMES:
        text = getattr(performance, field)
        try:
            if text is not None:
                found[field] = resolve(text, zone, now=SOME_DAY)
        except ValueError as error:
            wrong.append(WrongField(f"{place}.{field}", str(error)))
    return found, wrong


def check_relative(place: str, performance: PerformanceEntry) -> Found:
    relative = is_relative(performance.starts)
    beside = f"{place}.starts"
    if relative != ("{date}" in performance.slug):
        why = "a slug has {date} where starts is relative, else not"
        yield WrongField(f"{place}.slug", why, beside)
    for field in ("doors", "ends"):
        if is_relative(getattr(performance, field)) != relative:
            yield WrongField(f"{place}.{field}", "relative where starts is, else not", beside)


def check_order(place: str, performance: PerformanceEntry, at: Mapping[str, int]) -> Found:
    def apart(first: str, second: str) -> int | None:
        """Return the milliseconds from the first to the second, where they can be known."""
        if first not in at or second not in at:
            return None
        if not comparable(getattr(performance, first), getattr(performance, second)):
            return None
        return at[second] - at[first]

    for first, second, field, why in ORDER:
        if (length := apart(first, second)) is not None and length < 0:
            yield WrongField(f"{place}.{field}", f"{why}{said(performance, first, second)}")
    for first, second, field, why in BEFORE:
        if (length := apart(first, second)) is not None and length <= 0:
            yield WrongField(f"{place}.{field}", f"{why}{said(performance, first, second)}")
    for first, second, field, most, why in NEAR:
        if (length := apart(first, second)) is not None and length > most:
            yield WrongField(f"{place}.{field}", f"{why}{said(performance, first, second)}")


def said(performance: PerformanceEntry, first: str, second: str) -> str:
    words = [f"{name} {getattr(performance, name)}" for name in (first, second)]
    return f" (here {', '.join(words)})"


def check_length(place: str, performance: PerformanceEntry, at: Mapping[str, int]) -> Found:
    """What happens so many minutes after the start happens before the end."""
    if not ("starts" in at and "ends" in at and at["starts"] < at["ends"]):
        return
    length = (at["ends"] - at["starts"]) // MINUTE
    for n, minutes in enumerate(performance.late_breaks):
        if not 0 < minutes < length:
            why = f"minutes after the start, 1 to {length - 1}: it lasts {length}"
            yield WrongField(f"{place}.late_breaks[{n}]", why)
        elif minutes in performance.late_breaks[:n]:
            yield WrongField(f"{place}.late_breaks[{n}]", f"{minutes} is there twice")


def check_apart(file: FestivalFile, at: Sequence[Mapping[str, int]]) -> Found:
    """A hall plays one thing at a time; of relative times that is not known."""
    for (a, first), (b, second) in combinations(enumerate(file.performances), 2):
        if first.hall != second.hall or is_relative(first.starts) or is_relative(second.starts):
            continue
        if not {"starts", "ends"} <= at[a].keys() & at[b].keys():
            continue
        if at[a]["starts"] < at[b]["ends"] and at[b]["starts"] < at[a]["ends"]:
            why = f"{first.slug} plays in {first.hall} until {first.ends}"
            yield WrongField(f"performances[{b}].starts", why, f"performances[{a}].hall")


def check_windows(file: FestivalFile, at: Sequence[Mapping[str, int]]) -> Found:
    """What is sold from or until so many hours before can be bought in some performance."""
    for n, prices in enumerate(file.price_lists):
        sales = [
            (at[p]["starts"], at[p]["sale_opens"], at[p]["sale_closes"])
            for p, performance in enumerate(file.performances)
            if performance.prices == prices.slug
            and {"starts", "sale_opens", "sale_closes"} <= at[p].keys()
            and comparable(performance.starts, performance.sale_opens)
            and comparable(performance.starts, performance.sale_closes)
        ]
        for t, kind in enumerate(prices.ticket_types):
            if sales and not any(
                sold(kind.sold_from_hours, kind.sold_until_hours, *s) for s in sales
            ):
                why = f"{kind.key} is never for sale: no performance's sale is open then"
                yield WrongField(f"price_lists[{n}].ticket_types[{t}]", why)
        for e, price in enumerate(prices.prices):
            if (
                price.early
                and sales
                and not any(sold(None, price.early.until_hours, *s) for s in sales)
            ):
                why = "this is over before any performance's sale opens"
                yield WrongField(f"price_lists[{n}].prices[{e}].early.until_hours", why)


def sold(since: int | None, until: int | None, starts: int, opens: int, closes: int) -> bool:
    """Say whether a sale is open between so many hours before the start and so many."""
    first = opens if since is None else max(opens, starts - since * HOUR)
    last = closes if until is None else min(closes, starts - until * HOUR)
    return first < last
