"""Turn what the front knows into what its JSON doors answer."""

from typing import Any

from ticketing.foundation.clock import local
from ticketing.foundation.money import amount
from ticketing.foundation.words import Words, say
from ticketing.foyer import answers
from ticketing.foyer.listing import Listing
from ticketing.foyer.night import Night
from ticketing.pricing.set_prices import PriceEntry
from ticketing.seating.plan import Plan, Section


def text(words: Words) -> answers.Text:
    return answers.Text(say(words, "zh"), say(words, "en"))


def performance(listing: Listing) -> answers.PerformanceAnswer:
    return answers.PerformanceAnswer(**common(listing))


def common(listing: Listing) -> dict[str, Any]:
    """Return what the list and the detail share."""
    show, prices = listing.show, listing.prices
    times = ("starts_at", "doors_at", "ends_at", "sale_opens_at", "sale_closes_at")
    return {
        "id": show.id,
        "slug": show.slug,
        "url": f"/performances/{show.slug}",
        "status": listing.status,
        **{name: local(getattr(show, name), show.zone) for name in times},
        "season": answers.Named(show.season_slug, text(show.season_name)),
        "production": production(show),
        "venue": answers.VenueAnswer(
            show.venue_slug, text(show.venue_name), text(show.address), show.zone
        ),
        "hall": answers.Named(show.hall_slug, text(show.hall_name)),
        "cast": [part(who, who.note) for who in listing.cast],
        "available": listing.available,
        "capacity": listing.capacity,
        "price_from": amount(prices.lowest, prices.currency) if prices else None,
        "demo": listing.demo,
    }


def production(show: Any) -> answers.ProductionAnswer:
    return answers.ProductionAnswer(
        slug=show.production_slug,
        title=text(show.title),
        kind=text(show.kind),
        duration_minutes=show.duration_minutes,
        interval_minutes=show.interval_minutes,
        language=text(show.language),
        poster=f"/posters/{show.poster}" if show.poster else None,
    )


def part(who: Any, note: Words | None = None) -> answers.RoleAnswer:
    said = text(note) if note and say(note, "zh") else None
    return answers.RoleAnswer(who.slug, text(who.name), text(who.role), said)


def detail(night: Night) -> answers.PerformanceDetail:
    parts = common(night.listing) | piece(night.listing) | offer(night) | visit(night)
    return answers.PerformanceDetail(**parts)


def piece(listing: Listing) -> dict[str, Any]:
    show = listing.show
    return {
        "synopsis": text(show.synopsis),
        "chapters": [text(chapter) for chapter in show.chapters],
        "credits": [part(who) for who in listing.makers],
    }


def offer(night: Night) -> dict[str, Any]:
    """Return what can be bought, for how much, and what a return costs."""
    show, prices = night.listing.show, night.prices
    tags = [night.tag(band.key, kind.key) for band in prices.bands for kind in prices.kinds]
    return {
        "most_per_order": show.most_per_order,
        "most_per_buyer": show.most_per_buyer,
        "sections": [section(night, each) for each in night.listing.plan.sections],
        "bands": [
            answers.BandAnswer(band.key, text(band.name), list(band.sections), night.left_in(band))
            for band in prices.bands
        ],
        "ticket_types": [
            answers.TicketTypeAnswer(
                kind.key, text(kind.name), text(kind.note), bool(kind.proof), kind.least, kind.most
            )
            for kind in prices.kinds
        ],
        "prices": [price(night, tag) for tag in tags if tag],
        "refund_ladder": [
            answers.StepAnswer(local(step.until, show.zone), step.hours_before, step.fee_percent)
            for step in night.ladder
        ],
    }


def visit(night: Night) -> dict[str, Any]:
    show = night.listing.show
    return {
        "plan": plan_ref(show.id, night.listing.plan),
        "rules": [
            answers.RuleAnswer(rule["key"], text(rule["name"]), text(rule["text"]))
            for rule in show.rules
        ],
        "gates": [answers.GateAnswer(gate.name, text(gate.label)) for gate in night.gates],
    }


def plan_ref(performance_id: str, plan: Plan) -> answers.PlanRef:
    address = f"/api/performances/{performance_id}/plan?v={plan.id}"
    return answers.PlanRef(plan.id, plan.version, address)


def section(night: Night, each: Section) -> answers.SectionAnswer:
    bands = (band.key for band in night.prices.bands if each.key in band.sections)
    return answers.SectionAnswer(
        key=each.key,
        name=text(each.name),
        note=text(each.note),
        kind=each.kind,
        numbered=each.numbered,
        capacity=each.capacity,
        available=min(night.left[each.key], night.listing.available),
        band=next(bands, None),
    )


def price(night: Night, tag: PriceEntry) -> answers.PriceAnswer:
    funder = night.funders.get(tag.funder_id or "")
    parts = {name: getattr(tag, name) for name in ("face", "paid", "discount", "funded")}
    return answers.PriceAnswer(
        tag.band,
        tag.ticket_type,
        **{name: amount(fen, tag.currency) for name, fen in parts.items()},
        funder=answers.FunderAnswer(funder.slug, text(funder.name), text(funder.programme))
        if funder
        else None,
    )
