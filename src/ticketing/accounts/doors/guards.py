"""Guards that ask for a role, shown by a bearer token or by the session's cookie.

The app answers ``SignInNeeded`` with ``ask_to_sign_in``.
"""

from functools import cache
from hmac import compare_digest
from typing import Any
from urllib.parse import quote, urlencode

from litestar import Response
from litestar.datastructures import Cookie
from litestar.handlers import BaseRouteHandler
from litestar.response import Redirect

from ticketing.accounts.models import Role
from ticketing.accounts.queries import Actor, actor_by_session, actor_by_token
from ticketing.foundation.errors import Forbidden, SignInNeeded
from ticketing.web.guards import Connection, Guard, demands
from ticketing.web.pages import address
from ticketing.web.problems import MEDIA_TYPE as PROBLEM
from ticketing.web.refusals import answer_error
from ticketing.web.request import Request, is_api
from ticketing.web.same_site import SAFE

COOKIE = "session"


class CsrfTokenWrong(Forbidden):
    type = "csrf-token-wrong"
    zh = "页面已过期，请刷新后再试一次。什么都没有改变。"
    en = "This page is out of date: please reload it and try again. Nothing has changed."


@cache
def works_here(role: Role) -> Guard:
    """Return the guard that lets pass this role and those above; it sets ``state.actor``."""

    @demands(role if role is Role.ADMIN else f"{role} or higher")
    async def guard(connection: Connection, _handler: BaseRouteHandler) -> None:
        assert isinstance(connection, Request)
        actor = await who_asks(connection)
        if actor is None:
            raise SignInNeeded()
        connection.state.actor = actor
        if not actor.role.reaches(role):
            raise Forbidden()
        if actor.csrf_token and connection.method not in SAFE:
            await demand_csrf_token(connection, actor.csrf_token)

    return guard


async def who_asks(request: Request) -> Actor | None:
    """A bearer token decides where there is one: no page of another site can send it."""
    desk = request.desk
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return await desk.look(actor_by_token, secret.strip())
    if secret := request.cookies.get(COOKIE, ""):
        return await desk.look(actor_by_session, secret, request.now)
    return None


async def demand_csrf_token(request: Request, expected: str) -> None:
    """Raise CsrfTokenWrong unless the form or the header carries the session's token."""
    given = request.headers.get("x-csrftoken") or (await request.form()).get("_csrf_token", "")
    if not compare_digest(str(given).encode(errors="replace"), expected.encode()):
        raise CsrfTokenWrong()


def session_cookie(request: Request, secret: str, seconds: int) -> Cookie:
    return Cookie(
        key=COOKIE, value=secret, max_age=seconds, path="/", httponly=True, samesite="lax",
        secure=request.settings.https,
    )  # fmt: skip


def ask_to_sign_in(request: Request, error: Exception) -> Response[Any]:
    """Answer SignInNeeded: a person is led to the entrance and from there to the page wanted."""
    if is_api(request) or PROBLEM in request.headers.get("accept", ""):
        return answer_error(request, error)
    lang = request.lang
    wanted = address(lang, quote(request.scope["path"]))
    if query := request.scope["query_string"].decode("latin-1"):
        wanted = f"{wanted}?{query}"
    back = f"?{urlencode({'next': wanted})}" if request.method in SAFE else ""
    return Redirect(address(lang, "/sign-in") + back, status_code=303)
