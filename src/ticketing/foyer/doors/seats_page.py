"""The seat page: the map, the best seats, the list of rows; holding seats without a script too."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect
from markupsafe import Markup

from ticketing.drawings.hall import hall_drawing
from ticketing.drawings.marks import tier_shape
from ticketing.drawings.seat_map import plan_fragments, seat_map
from ticketing.drawings.view import view_drawing
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.money import SIGNS, short
from ticketing.foyer.seats_view import SeatsView, running, seats_view
from ticketing.inventory.change import change, release
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold_record import Held
from ticketing.inventory.request_hold import Best, HoldWish, request_hold
from ticketing.inventory.search.seating import seating
from ticketing.programme.on_sale import REFUSALS, PerformanceOver, Sale
from ticketing.programme.queries import by_slug
from ticketing.seating.plan import Seat, label, remarks
from ticketing.seating.queries import plan as read_plan
from ticketing.web.client import Client, client_cookie, client_of
from ticketing.web.fast.page_cache import page_cache
from ticketing.web.fast.precompressed import Packed, pack
from ticketing.web.pages import address, render
from ticketing.web.refusals import after
from ticketing.web.request import Request
from ticketing.web.routers import public_pages
from ticketing.web.static import FOREVER

HTML = "text/html"
NO_STORE = "no-store"
MOST_AT_ONCE = 12  # of the best seats together


@get("/performances/{slug:str}/seats")
async def choose_seats(
    request: Request,
    slug: FromPath[str],
    hold: FromQuery[str] = "",
    section: FromQuery[str] = "",
) -> Response[bytes]:
    """``hold``: the token of a hold whose seats are to be changed. Without one all see the same.

    ``section``: which one of a large hall; without one its overview is shown.
    """

    async def make() -> Packed:
        return pack((await page(request, slug, hold, section)).encode(), HTML)

    key = ("seats", request.lang, slug, section)
    shown = await (make() if hold else page_cache(request).get(key, make))
    return shown.answer(request, NO_STORE)


@post("/performances/{slug:str}/holds")
async def keep_seats(request: Request, slug: FromPath[str]) -> Response[Any]:
    """Hold the seats of the form and go on to the checkout; a refusal shows the form again."""
    form = await request.form()
    token, section = str(form.get("hold", "")), str(form.get("section", ""))
    client = client_of(request)
    performance = await request.desk.read(by_slug, slug)
    try:
        held = await keep(request, performance.id, token, wish(form), client)
    except Refused as refused:
        chosen = {str(seat) for seat in form.getall("seats", [])}
        body = await page(request, slug, token, section, refused, chosen)
        return Response(body, status_code=refused.status, media_type=HTML, headers=after(refused))
    path = address(request.lang, next_page(slug, held))
    return Redirect(path, status_code=303, headers={"set-cookie": client_cookie(request, client)})


@get("/plans/{plan_id:str}/seats/{seat_id:str}/view.svg")
async def view_from_seat(
    request: Request, plan_id: FromPath[str], seat_id: FromPath[str]
) -> Response[bytes]:
    """What one sees from there, as a picture."""
    plan = await request.desk.read(read_plan, plan_id)
    if (seat := plan.by_id.get(seat_id)) is None:
        raise NotFound()
    picture = pack(view_drawing(plan, seat, request.lang).encode(), "image/svg+xml")
    return picture.answer(request, FOREVER)  # a plan's version never changes


def next_page(slug: str, held: Held) -> str:
    """Return the checkout, or the map for a party that was split: it should see how it sits."""
    if held.seating and held.seating.parts > 1:
        return f"/performances/{slug}/seats?hold={held.token}"
    return f"/checkout/{held.token}"


def wish(form: FormMultiDict) -> HoldWish:
    if form.get("do") != "best":
        return HoldWish(seats=[str(seat) for seat in form.getall("seats", [])])
    quantity = str(form.get("quantity", ""))
    if not quantity.isdecimal() or len(quantity) > 3:
        raise BadInput("quantity", "请填要几张票。", "Please say how many tickets.")
    return HoldWish(best=Best(int(quantity), section=str(form.get("section", "")) or None))


async def keep(
    request: Request, performance_id: str, token: str, wish: HoldWish, client: Client
) -> Held:
    """Hold what is wished for, in place of what the token holds already."""
    desk = request.desk
    old = await desk.read(running, token, performance_id, request.now)
    if old and wish.seats:
        wished, had = set(wish.seats), set(old.seats)
        return await desk.write(change, token, sorted(wished - had), sorted(had - wished))
    held = await request_hold(
        desk, performance_id, wish, by=client.name, network=client.network,
        minutes=request.settings.hold_minutes,
    )  # fmt: skip
    if old:
        await desk.write(release, token)
    return held


async def page(
    request: Request, slug: str, token: str, section: str = "",
    refused: Refused | None = None, chosen: set[str] | None = None,
) -> str:  # fmt: skip
    """Return the page; ``chosen``: the seats that were ticked when it was refused."""
    lang, now = request.lang, request.now
    view: SeatsView = await request.desk.read(seats_view, slug, token, now, section)
    return render(
        "foyer/seats.html", lang, path=request.scope["path"],
        view=view, show=view.show, now=now, minutes=request.settings.hold_minutes,
        map=drawn(view, lang), chosen=chosen or set(), name=namer(view, lang),
        remark=lambda seat: ("，" if lang == "zh" else ", ").join(remarks(seat, lang)),
        refusal=explain(refused, view, lang) if refused else "",
        closed=closed(view, lang, now),
        shape=tier_shape, sign=SIGNS.get(view.currency, f"{view.currency} "),
        most=min(view.show.most_per_order, MOST_AT_ONCE), offer=offered(refused, view),
        key=new_secret() if view.held else "",
        parts=seating(view.plan, view.held.seats).parts if view.held else 1,
    )  # fmt: skip


def drawn(view: SeatsView, lang: str) -> Markup:
    """Return the map of the seats; of a large hall its sections, each of which leads to its own."""
    if view.shown is None:
        left = {tier.section.key: tier.left for tier in view.tiers}
        return hall_drawing(view.plan, lang, left, lambda key: "?" + view.query(key))
    priced = [(tier.section.key, short(tier.price, view.currency)) for tier in view.legend]
    prices = tuple(priced if view.sale is Sale.OPEN else ())
    colours = tuple((tier.section.key, tier.colour) for tier in view.legend)
    return seat_map(plan_fragments(view.shown, lang, prices, colours), view.states_shown)


def closed(view: SeatsView, lang: str, now: int) -> str:
    """Return why nothing is sold, "" where something is."""
    if view.sale not in REFUSALS:
        return ""
    over = view.sale is Sale.CLOSED and now >= view.show.ends_at
    return (PerformanceOver if over else REFUSALS[view.sale])().sentence(lang)


def namer(view: SeatsView, lang: str) -> Any:
    """Return the function by which the page names a seat."""
    return lambda seat: label(seat, view.plan.section(seat.section), lang)


def offered(refused: Refused | None, view: SeatsView) -> list[Seat]:
    """Return the seats to have instead, where somebody else has some or one would be left single."""
    fields = refused.fields if refused else {}
    found = fields.get("offer") or fields.get("suggestion") or []
    return [seat for seat in view.plan.seats if seat.id in found]


def explain(refused: Refused, view: SeatsView, lang: str) -> str:
    """Return the sentence, with the names of the seats that somebody else has."""
    said = refused.sentence(lang)
    if not isinstance(refused, SeatsTaken):
        return said
    names = [namer(view, lang)(view.plan.by_id[seat]) for seat in refused.fields["seats"]]
    return f"{said} {', '.join(names)}." if lang == "en" else f"{said}（{'、'.join(names)}）"


handlers = [public_pages(choose_seats, keep_seats, view_from_seat)]
