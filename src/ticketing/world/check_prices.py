"""The money of a festival's file: sums that add up, what can be sold at all, ladders that go down."""

from collections.abc import Mapping
from itertools import pairwise

from ticketing.foundation.fixture_file import WrongField
from ticketing.pricing.promotion import typed
from ticketing.seating.plan import Plan
from ticketing.world.check import Found, known, once
from ticketing.world.schema import FestivalFile
from ticketing.world.terms import FunderEntry, LadderEntry, PriceEntry, PriceListEntry, TypeEntry


def check_prices(file: FestivalFile) -> Found:
    funders = {funder.slug: (n, funder) for n, funder in enumerate(file.funders)}
    for n, ladder in enumerate(file.refunds):
        yield from check_ladder(f"refunds[{n}].steps", ladder)
    for n, prices in enumerate(file.price_lists):
        yield from check_price_list(f"price_lists[{n}]", prices, funders)
    yield from check_orders(file)
    yield from check_promotions(file)


def check_ladder(place: str, ladder: LadderEntry) -> Found:
    """The steps go from the earliest to hour 0, and no later one is cheaper."""
    if ladder.steps and ladder.steps[-1].hours_before != 0:
        yield WrongField(place, "the last step is hours_before: 0, until it begins", f"{place}[0]")
    for n, (before, step) in enumerate(pairwise(ladder.steps), 1):
        if step.hours_before >= before.hours_before:
            why = f"the hours go down: after {before.hours_before} comes less than it"
            yield WrongField(f"{place}[{n}].hours_before", why, f"{place}[{n - 1}].hours_before")
        if step.fee_percent < before.fee_percent:
            why = f"a later return is not cheaper: {before.fee_percent} or more"
            yield WrongField(f"{place}[{n}].fee_percent", why, f"{place}[{n - 1}].fee_percent")


def check_price_list(
    place: str, prices: PriceListEntry, funders: Mapping[str, tuple[int, FunderEntry]]
) -> Found:
    bands = [band.key for band in prices.bands]
    kinds = [kind.key for kind in prices.ticket_types]
    yield from once(f"{place}.bands", bands)
    yield from once(f"{place}.ticket_types", kinds)
    yield from once(f"{place}.prices", [f"{price.band}/{price.type}" for price in prices.prices])
    priced = {price.band for price in prices.prices}, {price.type for price in prices.prices}
    for field, keys, found in zip(("bands", "ticket_types"), (bands, kinds), priced, strict=True):
        for n, key in enumerate(keys):
            if key not in found:
                why = f"{key} has no price, so nobody can buy it"
                yield WrongField(f"{place}.{field}[{n}]", why, f"{place}.prices")
    for n, kind in enumerate(prices.ticket_types):
        yield from check_type(f"{place}.ticket_types[{n}]", kind)
    for n, price in enumerate(prices.prices):
        here = f"{place}.prices[{n}]"
        yield from known(f"{here}.band", price.band, bands, f"{place}.bands")
        yield from known(f"{here}.type", price.type, kinds, f"{place}.ticket_types")
        yield from check_price(here, price, funders)


def check_type(place: str, kind: TypeEntry) -> Found:
    if kind.least is not None and kind.most is not None and kind.least > kind.most:
        yield WrongField(f"{place}.most", f"at least {kind.least}, so {kind.least} or more")
    begins, ends = kind.sold_from_hours, kind.sold_until_hours
    if begins is not None and ends is not None and begins <= ends:
        why = f"it is sold from {begins} hours before, so until fewer than {begins}"
        yield WrongField(f"{place}.sold_until_hours", why)


def check_price(
    place: str, price: PriceEntry, funders: Mapping[str, tuple[int, FunderEntry]]
) -> Found:
    parts = price.paid + price.discount + price.funded
    if price.face != parts:
        why = f"face is paid + discount + funded: {parts}, not {price.face}"
        yield WrongField(
            f"{place}.face", why, f"{place}.paid", f"{place}.discount", f"{place}.funded"
        )
    if price.funder is not None or price.funded:
        yield from known(f"{place}.funder", price.funder or "", list(funders), "funders")
    n, funder = funders.get(price.funder or "", (0, None))
    if funder and funder.cap is not None and price.funded > funder.cap:
        why = f"{funder.slug} pays {funder.cap} in all, so not {price.funded} of one ticket"
        yield WrongField(f"{place}.funded", why, f"funders[{n}].cap")
    if price.early and price.early.paid >= price.paid:
        yield WrongField(
            f"{place}.early.paid", f"less than later: under {price.paid}", f"{place}.paid"
        )


def check_orders(file: FestivalFile) -> Found:
    """What is sold in one order can be, in each performance of a list."""
    lists = {prices.slug: (n, prices) for n, prices in enumerate(file.price_lists)}
    for p, performance in enumerate(file.performances):
        place = f"performances[{p}]"
        most = performance.most_per_order
        if most > performance.most_per_buyer:
            why = f"a buyer may have {performance.most_per_buyer} (most_per_buyer), so no more in an order"
            yield WrongField(f"{place}.most_per_order", why, f"{place}.most_per_buyer")
        n, prices = lists.get(performance.prices, (0, None))
        for t, kind in enumerate(prices.ticket_types if prices else ()):
            if kind.least is not None and kind.least > most:
                why = f"{kind.key} is sold from {kind.least} in an order, so never where {most} is the most"
                beside = f"price_lists[{n}].ticket_types[{t}].least"
                yield WrongField(f"{place}.most_per_order", why, beside)


def check_promotions(file: FestivalFile) -> Found:
    codes = [typed(each.code) for each in file.promotions]
    kinds = {kind.key: None for prices in file.price_lists for kind in prices.ticket_types}
    yield from once("promotions", codes)
    for n, code in enumerate(file.promotions):
        for t, kind in enumerate(code.types):
            yield from known(f"promotions[{n}].types[{t}]", kind, list(kinds), "price_lists")
        if not (code.percent or code.off):
            yield WrongField(f"promotions[{n}]", "it takes nothing off: give it percent, or off")


def check_seats(file: FestivalFile, plans: Mapping[str, Plan]) -> Found:
    """Every section of a performance's plan has one price band, and each person a place."""
    lists = {prices.slug: (n, prices) for n, prices in enumerate(file.price_lists)}
    for p, performance in enumerate(file.performances):
        plan, (n, prices) = plans.get(performance.hall), lists.get(performance.prices, (0, None))
        if plan is None or prices is None:
            continue
        wanted = sorted(section.key for section in plan.sections)
        priced = [s for band in prices.bands for s in band.sections]
        if sorted(priced) != wanted:
            why = f"prices sections {', '.join(priced)}; the plan has {', '.join(wanted)}"
            yield WrongField(f"performances[{p}].prices", why, f"price_lists[{n}].bands")
        if performance.capacity > len(plan.seats):
            why = f"{plan.name} has {len(plan.seats)} places, so {len(plan.seats)} people at most"
            yield WrongField(f"performances[{p}].capacity", why)


def check_gates(file: FestivalFile, plans: Mapping[str, Plan]) -> Found:
    """A gate leads to sections that are there, and to each section leads a gate."""
    for v, venue in enumerate(file.venues):
        for h, hall in enumerate(venue.halls):
            if (plan := plans.get(hall.slug)) is None:
                continue
            sections, place = [section.key for section in plan.sections], f"venues[{v}].halls[{h}]"
            for g, gate in enumerate(hall.gates):
                for s, key in enumerate(gate.sections):
                    here = f"{place}.gates[{g}].sections[{s}]"
                    yield from known(here, key, sections, f"{place}.plan")
            reached = {key for gate in hall.gates for key in gate.sections or sections}
            if missing := [key for key in sections if key not in reached]:
                why = f"no gate leads to {', '.join(missing)}"
                yield WrongField(f"{place}.gates", why)
