"""A performance as search engines read it: a schema.org TheaterEvent."""

from typing import Any

from ticketing.foundation.clock import iso
from ticketing.foundation.words import Words, say
from ticketing.foyer.listing import Status
from ticketing.foyer.night import Night

SCHEMA = "https://schema.org/"
AVAILABILITY = {
    Status.ON_SALE: "InStock",
    Status.NOT_YET: "PreSale",
    Status.SOLD_OUT: "SoldOut",
    Status.PAUSED: "OutOfStock",
    Status.CLOSED: "Discontinued",
    Status.CANCELLED: "Discontinued",
}


def event_data(
    night: Night, page: str, lang: str, organiser: Words, base_url: str
) -> dict[str, Any]:
    """``page`` is the performance's address in this language."""
    listing, show = night.listing, night.listing.show
    status = "EventCancelled" if show.cancelled_at else "EventScheduled"
    return {
        "@context": SCHEMA.rstrip("/"),
        "@type": "TheaterEvent",
        "name": say(show.title, lang),
        "description": say(show.synopsis, lang),
        "url": page,
        **({"image": f"{base_url}/posters/{show.poster}"} if show.poster else {}),
        "startDate": iso(show.starts_at, show.zone),
        "endDate": iso(show.ends_at, show.zone),
        "doorTime": iso(show.doors_at, show.zone),
        "duration": f"PT{show.duration_minutes}M",
        "eventStatus": SCHEMA + status,
        "eventAttendanceMode": f"{SCHEMA}OfflineEventAttendanceMode",
        "maximumAttendeeCapacity": listing.capacity,
        "isAccessibleForFree": listing.free,
        "location": {
            "@type": "PerformingArtsTheater" if listing.numbered else "Place",
            "name": say(show.venue_name, lang),
            "address": say(show.address, lang),
        },
        "performer": [person(who, lang) for who in listing.cast],
        "contributor": [person(who, lang) for who in listing.makers],
        "workPerformed": {"@type": "CreativeWork", "name": say(show.title, lang)},
        "superEvent": {"@type": "Festival", "name": say(show.season_name, lang)},
        "organizer": {"@type": "Organization", "name": say(organiser, lang), "url": base_url},
        "offers": offers(night, page, lang),
    }


def person(who: Any, lang: str) -> dict[str, str]:
    return {"@type": "Person", "name": say(who.name, lang), "jobTitle": say(who.role, lang)}


def offers(night: Night, page: str, lang: str) -> list[dict[str, Any]]:
    show, names = night.listing.show, {band.key: band.name for band in night.prices.bands}
    kinds = {kind.key: kind.name for kind in night.prices.kinds}
    return [
        {
            "@type": "Offer",
            "name": f"{say(names[tag.band], lang)} · {say(kinds[tag.ticket_type], lang)}",
            "price": f"{tag.paid // 100}.{tag.paid % 100:02d}",
            "priceCurrency": tag.currency,
            "availability": SCHEMA + AVAILABILITY[night.listing.status],
            "validFrom": iso(show.sale_opens_at, show.zone),
            "validThrough": iso(show.sale_closes_at, show.zone),
            "url": page,
        }
        for tag in night.prices.tags
    ]
