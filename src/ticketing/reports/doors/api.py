"""Reports, as JSON."""

import re
from datetime import datetime
from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.foundation.clock import instant
from ticketing.foundation.errors import BadInput
from ticketing.reports.export import SalesAnswer, as_json
from ticketing.reports.sales import sales
from ticketing.web.problems import problems
from ticketing.web.request import Request
from ticketing.web.routers import staff_api

SPACE = re.compile(r" (?=\d\d:?\d\d$)")  # what a + in an address becomes when it is not encoded


@get("/api/reports/sales", responses=problems(401, 403, 404, 422))
async def sales_report(
    request: Request,
    performance: Annotated[str, QueryParameter(description="The performance's id.")],
    as_of: Annotated[
        str | None,
        QueryParameter(description="A moment, ISO 8601 with offset; now where left out."),
    ] = None,
) -> Response[SalesAnswer]:
    """What a performance sold, as of a moment, by section, ticket type and channel."""
    moment = request.now if as_of is None else moment_of(as_of)
    found = await request.desk.read(sales, performance, moment)
    return Response(as_json(found), headers={"cache-control": "no-store"})


def moment_of(text: str) -> int:
    try:
        return instant(datetime.fromisoformat(SPACE.sub("+", text)))
    except (ValueError, OverflowError):
        raise BadInput(
            "as_of",
            "时间请写成带时区的样子，如 2026-05-23T15:00:00+08:00。",
            "Please give a time with its offset, such as 2026-05-23T15:00:00+08:00.",
        ) from None


handlers = [staff_api(works_here(Role.ORGANISER), sales_report)]
