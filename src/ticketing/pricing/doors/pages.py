"""The office's prices and codes."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.desk.db import Tx
from ticketing.desk.idempotency import Key, fingerprint, once
from ticketing.foundation.clock import typed as typed_time
from ticketing.foundation.codes import new_secret
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.front import Front
from ticketing.foundation.money import plain
from ticketing.foundation.money import typed as typed_money
from ticketing.foundation.typed_text import clean_text
from ticketing.foundation.words import Words
from ticketing.pricing.codes import CodeWish, all_codes, close_code, make_code
from ticketing.pricing.edit import Amounts, edit_prices
from ticketing.pricing.queries import funders, price_list
from ticketing.programme.queries import by_slug, showings
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

LANGUAGES = {"zh": {"zh": "中文", "en": "in Chinese"}, "en": {"zh": "英文", "en": "in English"}}
TYPED = (
    "name",
    "name_other",
    "percent",
    "off",
    "budget",
    "most",
    "opens",
    "closes",
    "performance",
    "stacks",
)


async def prices_page(
    request: Request, slug: str, refused: Refused | None = None, form: FormMultiDict = NOTHING
) -> Response[Any]:
    def find(tx: Tx) -> tuple[Any, Any, Any]:
        at = by_slug(tx, slug)
        return at, price_list(tx, at.id), funders(tx)

    at, known, payers = await request.desk.read(find)
    return show(
        request, "pricing/prices.html", refused=refused,
        at=at, prices=known, funders=payers, plain=plain,
        typed=lambda what, tag: form.get(f"{what}:{tag.band}:{tag.ticket_type}"),
        early={(each.band, each.ticket_type): each for each in known.early},
    )  # fmt: skip


@get("/office/performances/{slug:str}/prices")
async def prices(request: Request, slug: FromPath[str]) -> Response[Any]:
    return await prices_page(request, slug)


@post("/office/performances/{slug:str}/prices")
@form_page(prices_page)
async def change_prices(request: Request, slug: FromPath[str]) -> Response[Any]:
    """Fields are named as amount:band:type, in whole units of the currency."""
    form, desk = await request.form(), request.desk
    at = await desk.read(by_slug, slug)
    await desk.write(edit_prices, at.id, amounts(form), by=request.actor.id)
    path = f"/office/performances/{slug}/prices"
    return done(
        request,
        path,
        "票价存好了。已经下单的还按原价。",
        "The prices are saved. Orders that were placed keep theirs.",
    )


def amounts(form: FormMultiDict) -> dict[tuple[str, str], Amounts]:
    found = {}
    for name in form:
        what, _, rest = name.partition(":")
        band, _, kind = rest.partition(":")
        if what == "face":
            found[band, kind] = Amounts(
                *(money(form, f"{field}:{band}:{kind}") for field in Amounts._fields)
            )
    return found


def money(form: FormMultiDict, field: str) -> int:
    return typed_money(str(form.get(field, "")), field, Front.house["currency"])


async def codes_page(
    request: Request, refused: Refused | None = None, form: FormMultiDict = NOTHING
) -> Response[Any]:
    desk, now = request.desk, request.now
    return show(
        request, "pricing/codes.html", refused=refused,
        codes=await desk.read(all_codes), now=now, key=new_secret(),
        shows=[each for each in await desk.read(showings) if each.ends_at > now],
        languages=[LANGUAGES[each] for each in Front.house["languages"]],
        typed={name: str(form.get(name, "")) for name in TYPED}, zone=Front.house["zone"],
    )  # fmt: skip


@get("/office/codes")
async def codes(request: Request) -> Response[Any]:
    return await codes_page(request)


@post("/office/codes")
@form_page(codes_page)
async def new_code(request: Request) -> Response[Any]:
    form, by = await request.form(), request.actor.id
    shows = {each.slug: each.id for each in await request.desk.read(showings)}
    wish = code_wish(form, shows)
    if not (key := clean_text(form.get("key"), "key", 64)):
        raise BadInput("key", "请刷新页面再试。", "Please reload the page and try again.")
    print_ = fingerprint("codes", wish.name, wish.percent, wish.fen)
    await request.desk.write(once, Key(by, key, print_), make_code, wish, by=by)
    return done(
        request,
        "/office/codes",
        "优惠码做好了，可以发出去。",
        "The code is made and can be given out.",
    )


@post("/office/codes/{code:str}/closing")
async def close(request: Request, code: FromPath[str]) -> Response[Any]:
    await request.desk.write(close_code, code, by=request.actor.id)
    return done(request, "/office/codes", "优惠码停用了。", "The code is closed.")


def code_wish(form: FormMultiDict, shows: dict[str, str]) -> CodeWish:
    def text(name: str) -> str:
        return str(form.get(name, "")).strip()

    def whole(name: str) -> int | None:
        if text(name) and not (
            text(name).isascii() and text(name).isdecimal() and len(text(name)) < 5
        ):
            raise BadInput(name, "请填一个整数。", "Please give a whole number.")
        return int(text(name)) if text(name) else None

    def moment(name: str) -> int | None:
        try:
            return typed_time(text(name), Front.house["zone"]) if text(name) else None
        except (ValueError, OverflowError):
            raise BadInput(name, "请选一个时间。", "Please choose a time.") from None

    slug = text("performance")
    if slug and slug not in shows:
        raise BadInput("performance", "没有这一场。", "There is no such performance.")
    return CodeWish(
        names(form), whole("percent") or 0,
        money(form, "off") if text("off") else 0, shows.get(slug), bool(text("stacks")),
        money(form, "budget") if text("budget") else None, whole("most") or None,
        moment("opens"), moment("closes"),
    )  # fmt: skip


def names(form: FormMultiDict) -> Words:
    """Return what was typed, by the house's languages; where the second is empty, the first is said."""
    fields = zip(Front.house["languages"], ("name", "name_other"), strict=False)
    typed = {lang: clean_text(form.get(field), field, 40) for lang, field in fields}
    return {lang: name for lang, name in typed.items() if name}


handlers = [
    staff_pages(works_here(Role.ORGANISER), prices, change_prices, codes, new_code, close),
]
