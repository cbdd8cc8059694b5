"""The office's settlements: draw up, check, sign, print, take away as a file; and what funders owe."""

from typing import Any, NamedTuple

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.desk.db import Tx
from ticketing.foundation.clock import local
from ticketing.foundation.errors import Refused
from ticketing.foundation.front import Front
from ticketing.foundation.typed_text import clean_text
from ticketing.inventory.models import KEPT_FOR
from ticketing.programme.queries import by_slug, showings
from ticketing.reports.export import CHANNELS
from ticketing.reports.figures import Sales
from ticketing.reports.sales import reckon, sales
from ticketing.settlement.claims import Claims, claims
from ticketing.settlement.files import Table, claim_table, csv_of, tables, workbook
from ticketing.settlement.sheet import Sheet, digest_of, sheet_of
from ticketing.settlement.sign_off import sign_off, signed, under_way
from ticketing.settlement.wording import ACCOUNTS, PARTS, WRONG, changed
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

ENDINGS = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class Drawn(NamedTuple):
    """``sheet`` as it was signed, or as it is; ``since``: what changed after it was signed."""

    performance_id: str
    sheet: Any
    signed: Any
    since: list[Any]
    digest: str
    waiting: tuple[int, int]


def drawn(tx: Tx, slug: str, now: int) -> Drawn:
    return drawn_of(tx, sales(tx, by_slug(tx, slug).id, now))


def drawn_of(tx: Tx, report: Sales) -> Drawn:
    here, sheet = report.performance.id, sheet_of(tx, report)
    row, waiting = signed(tx, here), under_way(tx, here, cancelled=sheet["cancelled"])
    if row is None:
        return Drawn(here, sheet, None, [], digest_of(sheet), waiting)
    return Drawn(here, row.sheet, row, changed(row.sheet, sheet), row.digest, waiting)


@get("/office/performances/{slug:str}/settlement")
async def settlement(request: Request, slug: FromPath[str]) -> Response[Any]:
    return await page(request, slug)


async def page(
    request: Request, slug: str, refused: Refused | None = None, form: FormMultiDict = NOTHING
) -> Response[Any]:
    now = request.now
    found: Drawn = await request.desk.read(drawn, slug, now)
    sheet, actor = found.sheet, request.actor
    return show(
        request, "settlement/sheet.html", refused=refused,
        found=found, sheet=sheet, figures=sheet["figures"], now=now, parts=PARTS, kinds=KEPT_FOR,
        accounts=ACCOUNTS, wrong=WRONG, channels=CHANNELS,
        over=now >= sheet["ends_at"] or sheet["cancelled"],
        signer=str(form.get("signer", "")) or actor.name, note=str(form.get("note", "")),
    )  # fmt: skip


@post("/office/performances/{slug:str}/settlement")
@form_page(page)
async def sign(request: Request, slug: FromPath[str]) -> Response[Any]:
    form, actor = await request.form(), request.actor
    desk, now = request.desk, request.now
    found: Drawn = await desk.read(drawn, slug, now)
    signer, words = (clean_text(form.get(name), name, 80) for name in ("signer", "note"))
    digest = str(form.get("digest", ""))
    await desk.write(sign_off, found.performance_id, digest, signer, words, by=actor.id)
    path = f"/office/performances/{slug}/settlement"
    return done(
        request, path, "已签字，这张结算单不会再变。", "Signed: this settlement stays as it is."
    )


@get([f"/office/performances/{{slug:str}}/settlement.{ending}" for ending in ENDINGS])
async def settlement_file(request: Request, slug: FromPath[str]) -> Response[Any]:
    now = request.now
    sheet: Sheet = (await request.desk.read(drawn, slug, now)).sheet
    made = tables(sheet, request.lang)
    return file(
        request, made, f"settlement-{slug}", sheet["currency"], sheet["as_of"], sheet["zone"]
    )


@get("/office/funders")
async def funders(request: Request) -> Response[Any]:
    """What each funder owes, by performance and ticket type; no buyer is named."""
    now = request.now
    found: Claims = await request.desk.read(claims, now)
    return show(request, "settlement/funders.html", claims=found, now=now)


@get([f"/office/funders.{ending}" for ending in ENDINGS])
async def funders_file(request: Request) -> Response[Any]:
    now = request.now
    found: Claims = await request.desk.read(claims, now)
    currency = Front.house["currency"]
    made = claim_table(found, currency, request.lang)
    return file(request, [made], "funders", currency, now, "UTC")


@get("/office/settlements")
async def settlements(request: Request) -> Response[Any]:
    """Every performance that is over: signed, to be signed, and what does not add up."""
    now = request.now
    rows = await request.desk.read(all_over, now)
    return show(request, "settlement/list.html", rows=rows, now=now)


def all_over(tx: Tx, now: int) -> list[Drawn]:
    """Return the last first."""
    over = [each for each in showings(tx) if now >= each.ends_at or each.cancelled_at is not None]
    return [drawn_of(tx, report) for report in reckon(tx, over[::-1], now)]


def file(
    request: Request, made: list[Table], name: str, currency: str, at: int, zone: str
) -> Response[Any]:
    """The address says which: csv or xlsx."""
    ending = request.scope["path"].rpartition(".")[2]
    content = csv_of(made) if ending == "csv" else workbook(made, currency, local(at, zone))
    headers = {"content-disposition": f'attachment; filename="{name}.{ending}"'}
    return Response(content, media_type=ENDINGS[ending], headers=headers)


handlers = [
    staff_pages(
        works_here(Role.ORGANISER),
        settlement,
        sign,
        settlement_file,
        funders,
        funders_file,
        settlements,
    ),
]
