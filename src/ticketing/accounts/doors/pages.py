"""The staff entrance: sign in, sign out, the first run."""

import asyncio
import re
from typing import Annotated, Any

import msgspec
from litestar import Response, get, post
from litestar.enums import RequestEncodingType
from litestar.params import Body
from litestar.response import Redirect

from ticketing.accounts.doors.guards import COOKIE, session_cookie, works_here
from ticketing.accounts.first_run import awaits_first_run, check_setup_token, settle_first_run
from ticketing.accounts.models import ROLE_WORDS, Role
from ticketing.accounts.queries import actor_by_session
from ticketing.accounts.sign_in import (
    SESSION_LASTS,
    WrongSignIn,
    count_attempt,
    sign_in,
    sign_out,
)
from ticketing.accounts.staff import hash_password, password_matches
from ticketing.foundation.errors import Refused
from ticketing.foundation.typed_text import clean_text
from ticketing.web.network import network_of
from ticketing.web.pages import address
from ticketing.web.request import Request
from ticketing.web.routers import public_pages, staff_pages
from ticketing.web.show import done, show

# No second slash and no backslash at the start: a browser reads //elsewhere as another site.
LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]{0,500}")


class SignInForm(msgspec.Struct):
    email: str = ""
    password: str = ""
    next: str = ""


class FirstRunForm(msgspec.Struct):
    token: str = ""
    name: str = ""
    email: str = ""
    password: str = ""


Form = Body(media_type=RequestEncodingType.URL_ENCODED)


@get("/sign-in")
async def sign_in_page(request: Request) -> Response[Any]:
    return entrance(request, SignInForm(next=request.query_params.get("next", "")))


@post("/sign-in")
async def enter(request: Request, data: Annotated[SignInForm, Form]) -> Response[Any]:
    try:
        secret = await new_session(request, data)
    except Refused as refused:
        return entrance(request, data, refused)
    actor = await request.desk.read(actor_by_session, secret, request.now)
    assert actor, "a session that was made just now"
    cookie = session_cookie(request, secret, SESSION_LASTS // 1000)
    return Redirect(goal(request, data.next, actor.role), status_code=303, cookies=[cookie])


async def new_session(request: Request, data: SignInForm) -> str:
    """Return the new session's secret; the password is tried outside any transaction."""
    desk = request.desk
    typed = clean_text(data.email, "email", 254)
    attempt = await desk.write(count_attempt, typed, network_of(request))
    if not await asyncio.to_thread(password_matches, attempt.password_hash, data.password):
        raise WrongSignIn()
    return await desk.write(sign_in, attempt, request.cookies.get(COOKIE, ""))


def goal(request: Request, wanted: str, role: Role) -> str:
    """Return the page that was asked for, if it is ours, else where this role works."""
    if LOCAL.fullmatch(wanted):
        return wanted
    return address(request.lang, "/office" if role.reaches(Role.BOX_OFFICE) else "/door")


def entrance(request: Request, typed: SignInForm, refused: Refused | None = None) -> Response[Any]:
    demo = getattr(request.app.state, "demo_sign_ins", ())
    return show(
        request, "accounts/sign_in.html", refused=refused, email=typed.email, next=typed.next,
        demo_sign_ins=[(mail, password, ROLE_WORDS[Role(role)]) for mail, password, role in demo],
    )  # fmt: skip


@post("/sign-out")
async def leave(request: Request) -> Response[Any]:
    secret = request.cookies.get(COOKIE, "")
    await request.desk.write(sign_out, secret, by=request.actor.id)
    answer = done(request, "/sign-in", "已退出。", "You are signed out.")
    answer.set_cookie(session_cookie(request, "", 0))
    return answer


@get("/first-run")
async def first_run_page(request: Request) -> Response[Any]:
    if await request.desk.read(awaits_first_run):
        return show(request, "accounts/first_run.html", typed=FirstRunForm())
    return Redirect(address(request.lang, "/sign-in"), status_code=303)


@post("/first-run")
async def first_run(request: Request, data: Annotated[FirstRunForm, Form]) -> Response[Any]:
    try:
        await settle(request, data)
    except Refused as refused:
        return show(request, "accounts/first_run.html", refused=refused, typed=data)
    return done(
        request, "/sign-in", "建好了，现在用它登录。", "Your account is made: sign in with it."
    )


async def settle(request: Request, data: FirstRunForm) -> None:
    desk = request.desk
    token = data.token.strip()
    name, email = clean_text(data.name, "name", 80), clean_text(data.email, "email", 254)
    await desk.read(check_setup_token, token)
    hashed = await asyncio.to_thread(hash_password, data.password)
    await desk.write(settle_first_run, token, email, name, hashed)


handlers = [
    public_pages(sign_in_page, enter, first_run_page, first_run),
    staff_pages(works_here(Role.USHER), leave),
]
