"""Let go of a no-show's seat; then the counter opens, where it is free."""

from typing import Any

from litestar import Response, post
from litestar.params import FromPath

from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.box_office.release import release_no_show
from ticketing.programme.queries import by_slug
from ticketing.web.request import Request
from ticketing.web.routers import staff_pages
from ticketing.web.show import done


@post("/office/performances/{slug:str}/releases")
async def release_seat(request: Request, slug: FromPath[str]) -> Response[Any]:
    """``short``: the number of the ticket on which nobody came."""
    form, desk = await request.form(), request.desk
    show = await desk.read(by_slug, slug)
    short = str(form.get("short", ""))
    await desk.write(release_no_show, show.id, short, by=request.actor.id)
    return done(
        request, f"/office/performances/{slug}/counter",
        "座位放出来了，可以在这里卖。", "The seat is free: sell it here.",
    )  # fmt: skip


handlers = [staff_pages(works_here(Role.BOX_OFFICE), release_seat)]
