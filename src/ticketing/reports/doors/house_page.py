"""The front of house's page: it follows the night by itself, and keeps the door's rules."""

from typing import Any

from litestar import Response, get, post
from litestar.datastructures import FormMultiDict
from litestar.params import FromPath, FromQuery

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.drawings.marks import tier_shape
from ticketing.foundation.codes import shown_short
from ticketing.foundation.errors import BadInput, Refused
from ticketing.programme.door_rules import lets_seats_go_at, set_door_rules
from ticketing.programme.queries import by_slug
from ticketing.reports.charts import bars
from ticketing.reports.front_of_house import front_of_house
from ticketing.reports.map import drawn
from ticketing.seating.plan import label
from ticketing.web.form_page import NOTHING, form_page
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done, show

PATH = "/office/performances/{slug:str}/house"


async def page(
    request: Request, slug: str, section: str = "",
    *, refused: Refused | None = None, form: FormMultiDict = NOTHING,
) -> Response[Any]:  # fmt: skip
    now, lang = request.now, request.lang
    found = await request.desk.read(front_of_house, slug, now, section)
    at, night = found.night.show, found.night
    return show(
        request, "reports/house.html", refused=refused, now=now,
        house=found, night=night, sales=night.sales, at=at, shape=tier_shape, label=label,
        bars=bars(night.evening, at.doors_at, at.starts_at),
        map=drawn(night, lang), short=shown_short,
        releases=lets_seats_go_at(at) <= now < at.ends_at,
        labels={gate.name: gate.label for gate in night.gates},
        standby=form.get("standby") or at.standby_minutes,
        breaks=form.get("breaks") or ", ".join(map(str, at.late_breaks)),
    )  # fmt: skip


@get(PATH)
async def house_page(
    request: Request, slug: FromPath[str], section: FromQuery[str] = ""
) -> Response[Any]:
    """``section``: which one of a large hall is drawn."""
    return await page(request, slug, section)


@post(PATH + "/rules")
@form_page(page)
async def keep_rules(request: Request, slug: FromPath[str]) -> Response[Any]:
    form = await request.form()
    desk = request.desk
    at = await desk.read(by_slug, slug)
    await desk.write(
        set_door_rules, at.id, str(form.get("rotating", "")), minutes(str(form.get("breaks", ""))),
        one(str(form.get("standby", ""))),
        by=request.actor.id,
    )  # fmt: skip
    path = f"/office/performances/{slug}/house"
    return done(request, path, "门的规则存好了。", "The rules of the door are saved.")


def minutes(text: str) -> list[int]:
    """Read 22, 45 as somebody types it, with any comma or space."""
    words = text.replace("，", " ").replace("、", " ").replace(",", " ").split()
    if not all(word.isascii() and word.isdigit() and len(word) <= 4 for word in words):
        raise BadInput(
            "breaks", "请写分钟数，用逗号隔开。", "Please write minutes, with commas between."
        )
    return [int(word) for word in words]


def one(text: str) -> int:
    """Read one number of minutes."""
    found = minutes(text)
    if len(found) != 1:
        raise BadInput("standby", "请写一个分钟数。", "Please write one number of minutes.")
    return found[0]


handlers = [
    staff_pages(works_here(Role.SUPERVISOR), house_page),
    staff_pages(works_here(Role.ORGANISER), keep_rules),
]
