"""The festival, a performance, the terms: pages for everybody, kept for a second."""

from typing import Any
from urllib.parse import urlencode

from litestar import Response, get
from litestar.params import FromPath

from ticketing.foundation.front import Front
from ticketing.foundation.typed_text import clean_text
from ticketing.foyer.calendar_entry import calendar_entry
from ticketing.foyer.drawings import drawings
from ticketing.foyer.event_data import event_data
from ticketing.foyer.festival import Festival, festival
from ticketing.foyer.listing import Status
from ticketing.foyer.night import Night, night_by_slug
from ticketing.foyer.price_table import price_table
from ticketing.foyer.search import Search, day_or_moment
from ticketing.pricing.ladder_words import Example
from ticketing.pricing.staircase import staircase
from ticketing.programme.on_sale import returns_wait_until
from ticketing.programme.queries import by_slug
from ticketing.web.fast.page_cache import page_cache
from ticketing.web.fast.precompressed import Packed, pack
from ticketing.web.pages import address, render
from ticketing.web.request import Request
from ticketing.web.routers import public_pages

HTML = "text/html"
CHOICES = ("q", "day", "when", "venue", "performer", "left")
NO_CACHE = "no-cache"  # kept by browsers, but asked about each time


@get("/")
async def festival_page(request: Request) -> Response[bytes]:
    """The festival; each choice in the address narrows what is shown."""
    asked = request.query_params
    chosen = {name: clean_text(asked.get(name), name, 100) for name in CHOICES}
    lang = request.lang

    async def make() -> Packed:
        return await make_festival(request, chosen, lang)

    page = await page_cache(request).get(("festival", lang, *chosen.values()), make)
    return page.answer(request, NO_CACHE)


async def make_festival(request: Request, chosen: dict[str, str], lang: str) -> Packed:
    day = day_or_moment(chosen["day"], "day")
    search = Search(
        q=chosen["q"], since=day, until=day, performer=chosen["performer"], venue=chosen["venue"],
        weekend=chosen["when"] == "weekend", left=bool(chosen["left"]),
    )  # fmt: skip
    found: Festival = await request.desk.read(festival, search, request.now)

    def link(**changes: object) -> str:
        """Return the address of this page with other choices; an empty one is left out."""
        wanted = {name: value for name, value in (chosen | changes).items() if value}
        return address(lang, "/") + (f"?{urlencode(wanted)}" if wanted else "")

    return packed(
        "foyer/festival.html", lang, "/",
        festival=found, chosen=chosen, day=day, link=link, narrowed=any(chosen.values()),
        day_alone=not any(value for name, value in chosen.items() if name != "day"),
    )  # fmt: skip


@get("/performances/{slug:str}")
async def performance_page(request: Request, slug: FromPath[str]) -> Response[bytes]:
    lang = request.lang

    async def make() -> Packed:
        return await make_performance(request, slug, lang)

    page = await page_cache(request).get(("performance", lang, slug), make)
    return page.answer(request, NO_CACHE)


async def make_performance(request: Request, slug: str, lang: str) -> Packed:
    now = request.now
    night: Night = await request.desk.read(night_by_slug, slug, now)
    path, base = f"/performances/{slug}", request.settings.base_url
    event = event_data(night, base + address(lang, path), lang, Front.house["organiser"], base)
    return packed(
        "foyer/performance.html", lang, path,
        night=night, listing=night.listing, show=night.listing.show, event=event,
        table=price_table(night), drawings=drawings(night.listing.plan, lang),
        returns_at=returns_wait_until(night.listing.show, now),
        now=now if night.listing.status is Status.NOT_YET else None, **stairs(night, now, lang),
    )  # fmt: skip


def stairs(night: Night, now: int, lang: str) -> dict[str, Any]:
    """Return the refund ladder of the cheapest ticket, drawn; nothing where nothing is paid."""
    listing = night.listing
    if not night.ladder or not listing.prices or not listing.prices.lowest:
        return {"example": None}
    show, paid, currency = listing.show, listing.prices.lowest, listing.prices.currency
    example = Example(paid, currency, night.ladder, show.sale_opens_at, show.starts_at, show.zone)
    drawn = {"stairs": staircase(example, now, lang)}
    return drawn | {"example": example, "small_stairs": staircase(example, now, lang, narrow=True)}


@get("/performances/{slug:str}/calendar.ics")
async def calendar(request: Request, slug: FromPath[str]) -> Response[bytes]:
    """The performance for the reader's own calendar."""
    lang = request.lang
    found = await request.desk.read(by_slug, slug)
    page = request.settings.base_url + address(lang, f"/performances/{slug}")
    return Response(
        calendar_entry(found, page, lang, request.now),
        media_type="text/calendar",
        headers={
            "cache-control": NO_CACHE,
            "content-disposition": f'attachment; filename="{slug}.ics"',
        },
    )


@get("/terms")
async def terms(request: Request) -> Response[bytes]:
    return packed("foyer/terms.html", request.lang, "/terms").answer(request, NO_CACHE)


def packed(template: str, lang: str, path: str, **values: Any) -> Packed:
    return pack(render(template, lang, path=path, **values).encode(), HTML)


handlers = [public_pages(festival_page, performance_page, calendar, terms)]
