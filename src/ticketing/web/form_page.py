"""A form whose act is refused shows its page again, with the refusal and with what was typed."""

from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from litestar import Response
from litestar.datastructures import FormMultiDict

from ticketing.foundation.errors import Refused
from ticketing.web.request import Request

NOTHING: FormMultiDict = FormMultiDict()  # of a page that nobody has typed into yet
Answer = Callable[..., Awaitable[Response[Any]]]


def form_page(
    page: Answer, *, beyond: tuple[type[Refused], ...] = ()
) -> Callable[[Answer], Answer]:
    """Mark the handler of a form: refused, it answers ``page(request, …, refused=…, form=…)``.

    ``…`` is what the address names. What is not there (404) goes on to the app, as do refusals ``beyond`` the page.
    """

    def around(act: Answer) -> Answer:
        @wraps(act)
        async def tried(request: Request, **named: Any) -> Response[Any]:
            try:
                return await act(request, **named)
            except Refused as refused:
                if refused.status == 404 or isinstance(refused, beyond):
                    raise
                return await page(request, **named, refused=refused, form=await request.form())

        return tried

    return around
