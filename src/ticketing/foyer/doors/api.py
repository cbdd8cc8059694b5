"""The programme and the seating plans, as JSON. Everybody may ask, nothing changes."""

from functools import lru_cache
from typing import Annotated, Any

import msgspec
from litestar import Response, get
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example
from litestar.params import FromPath, QueryParameter

from ticketing.desk.db import Tx
from ticketing.foundation.errors import NotFound
from ticketing.foundation.typed_text import clean_text
from ticketing.foyer.answers import PerformanceAnswer, PerformanceDetail
from ticketing.foyer.describe import detail, performance
from ticketing.foyer.doors.availability import JSON
from ticketing.foyer.night import night_by_id
from ticketing.foyer.plan_answer import PlanAnswer, plan_answer
from ticketing.foyer.search import Search, day_or_moment, look_up
from ticketing.programme.on_sale import terms
from ticketing.seating.plan import Plan
from ticketing.seating.queries import plan as read_plan
from ticketing.web.fast.precompressed import Packed, pack
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import public_api
from ticketing.web.static import FOREVER

NO_CACHE = "no-cache"  # kept, but asked about each time: 304 while it stands


def answers(container: Any, description: str) -> dict[int, ResponseSpec]:
    return {200: ResponseSpec(container, generate_examples=False, description=description)}


def asked(description: str, *examples: str, query: str | None = None) -> Any:
    """Describe a part of the question."""
    shown = [Example(summary=example, value=example) for example in examples]
    return QueryParameter(name=query, description=description, examples=shown)


@get(
    "/api/performances",
    responses=answers(list[PerformanceAnswer], "By their start; empty where none fits.")
    | problems(422),
)
async def list_performances(
    request: Request,
    q: Annotated[str, asked("Words or pinyin of title, people, venue.", "天地树", "tds")] = "",
    since: Annotated[str, asked("The first day, or a moment.", "2026-05-23", query="from")] = "",
    until: Annotated[str, asked("The last day, or a moment.", "2026-05-23", query="to")] = "",
    performer: Annotated[str, asked("A slug, words or pinyin.", "zhang-zhenhang")] = "",
    venue: Annotated[str, asked("A slug, words or pinyin.", "yongli-shiguang", "ylsg")] = "",
) -> Response[bytes]:
    """What is, was and will be on."""
    search = Search(
        q=clean_text(q, "q"),
        since=day_or_moment(since, "from"),
        until=day_or_moment(until, "to"),
        performer=clean_text(performer, "performer"),
        venue=clean_text(venue, "venue"),
    )
    found = await request.desk.read(look_up, search, request.now)
    return pack(msgspec.json.encode([performance(each) for each in found]), JSON).answer(
        request, NO_CACHE
    )


@get(
    "/api/performances/{performance_id:str}",
    responses=answers(PerformanceDetail, "The performance in full.") | problems(404),
)
async def show_performance(request: Request, performance_id: FromPath[str]) -> Response[bytes]:
    """Its prices, rules and refund ladder, and the address of its seating plan."""
    found = await request.desk.read(night_by_id, performance_id, request.now)
    return pack(msgspec.json.encode(detail(found)), JSON).answer(request, NO_CACHE)


@get(
    "/api/performances/{performance_id:str}/plan",
    responses=answers(PlanAnswer, "The plan; to be kept for ever where v names it.")
    | problems(404),
)
async def show_plan(
    request: Request,
    performance_id: FromPath[str],
    v: Annotated[
        str, QueryParameter(description="The plan's id, as the performance names it.")
    ] = "",
    section: Annotated[str, asked("One section of a large hall, by its key.", "stool")] = "",
) -> Response[bytes]:
    """The seats as they stand. Another ``v`` gets this performance's plan too, not to be kept.

    All sections are named; the seats are all of them, or those of one ``section``.
    """
    plan = await request.desk.read(plan_of, performance_id)
    if section and section not in plan.by_section:
        raise NotFound()
    return packed_plan(plan, section).answer(request, FOREVER if v == plan.id else NO_CACHE)


def plan_of(tx: Tx, performance_id: str) -> Plan:
    return read_plan(tx, terms(tx, performance_id).plan_id)


@lru_cache(maxsize=128)
def packed_plan(plan: Plan, section: str) -> Packed:
    return pack(msgspec.json.encode(plan_answer(plan, section)), JSON)


handlers = [public_api(list_performances, show_performance, show_plan)]
