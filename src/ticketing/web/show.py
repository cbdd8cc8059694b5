"""A page for its reader alone, and what a form did, said once on the page that it leads to."""

from typing import Any
from urllib.parse import quote, unquote

from litestar import MediaType, Response
from litestar.datastructures import Cookie
from litestar.response import Redirect

from ticketing.foundation.errors import Refused
from ticketing.foundation.words import choose
from ticketing.web.pages import address, render
from ticketing.web.refusals import after
from ticketing.web.request import Request, header

DONE, DONE_SECONDS = "done", 60  # the cookie that carries what was done to the page that says so


def show(
    request: Request, template: str, *, refused: Refused | None = None, status: int = 200,
    **values: Any,
) -> Response[Any]:  # fmt: skip
    """Answer a page that is its reader's alone: nobody keeps it. It says once what was done before.

    ``refused``: why a form's act was not done; the page says it, and answers with its status. A page of the
    office or the door knows its ``actor``.
    """
    cookies = request.cookies if f"{DONE}=" in header(request, b"cookie") else {}
    said = unquote(cookies.get(DONE, ""))[:500]
    usual = {"refusal": refused.sentence(request.lang) if refused else "", "said": said}
    if actor := request.scope["state"].get("actor"):
        usual["actor"] = actor
    body = render(template, request.lang, path=request.scope["path"], **usual | values)
    head = {"cache-control": "no-store"}
    if refused:
        request.state.refused, status, head = refused.type, refused.status, after(refused)
    answer = Response(body, status_code=status, media_type=MediaType.HTML, headers=head)
    if said:
        answer.delete_cookie(DONE)
    return answer


def done(request: Request, path: str, zh: str, en: str) -> Redirect:
    """Lead to a page after a form, and have it say what was done; loaded again it sends and says nothing."""
    lang = request.lang
    cookie = Cookie(
        DONE, value=quote(choose(lang, zh, en)), max_age=DONE_SECONDS, path="/", httponly=True,
        samesite="lax", secure=request.settings.https,
    )  # fmt: skip
    return Redirect(address(lang, path), status_code=303, cookies=[cookie])
