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
from ticketing.foundation.desk import Desk
from ticketing.foundation.errors import Refused
from ticketing.foundation.guards import public
from ticketing.foundation.pages import address
from ticketing.foundation.refusals import after
from ticketing.foundation.web import AnyRequest, clean_text, done, language, network_of, show

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


@get("/sign-in", opt=public, include_in_schema=False)
async def sign_in_page(request: AnyRequest) -> Response[Any]:
    return entrance(request, SignInForm(next=request.query_params.get("next", "")))


@post("/sign-in", opt=public, include_in_schema=False)
async def enter(request: AnyRequest, data: Annotated[SignInForm, Form]) -> Response[Any]:
    try:
        secret = await new_session(request, data)
    except Refused as refused:
        return entrance(request, data, refused)
    state = request.app.state
    actor = await state.desk.read(actor_by_session, secret, state.clock.now())
    cookie = session_cookie(request, secret, SESSION_LASTS // 1000)
    return Redirect(goal(request, data.next, actor.role), status_code=303, cookies=[cookie])


async def new_session(request: AnyRequest, data: SignInForm) -> str:
    """Return the new session's secret; the password is tried outside any transaction."""
    desk: Desk = request.app.state.desk
    typed = clean_text(data.email, "email", 254)
    attempt = await desk.write(count_attempt, typed, network_of(request))
    if not await asyncio.to_thread(password_matches, attempt.password_hash, data.password):
        raise WrongSignIn()
    return await desk.write(sign_in, attempt, request.cookies.get(COOKIE, ""))


def goal(request: AnyRequest, wanted: str, role: Role) -> str:
    """Return the page that was asked for, if it is ours, else where this role works."""
    if LOCAL.fullmatch(wanted):
        return wanted
    return address(language(request), "/office" if role.reaches(Role.BOX_OFFICE) else "/door")


def entrance(
    request: AnyRequest, typed: SignInForm, refused: Refused | None = None
) -> Response[Any]:
    demo = getattr(request.app.state, "demo_sign_ins", ())
    return form_page(
        request, "accounts/sign_in.html", refused, email=typed.email, next=typed.next,
        demo_sign_ins=[(mail, password, ROLE_WORDS[Role(role)]) for mail, password, role in demo],
    )  # fmt: skip


def form_page(
    request: AnyRequest, template: str, refused: Refused | None, **values: Any
) -> Response[Any]:
    """Answer a form, again with what was typed and the reason after a refusal."""
    if refused is None:
        return show(request, template, problem="", **values)
    request.state.refused = refused.type
    sentence = refused.sentence(language(request))
    answer = show(request, template, status=refused.status, problem=sentence, **values)
    answer.headers.update(after(refused))
    return answer


@post("/sign-out", guards=[works_here(Role.USHER)], include_in_schema=False)
async def leave(request: AnyRequest) -> Response[Any]:
    secret = request.cookies.get(COOKIE, "")
    await request.app.state.desk.write(sign_out, secret, by=request.state.actor.id)
    answer = done(request, "/sign-in", "已退出。", "You are signed out.")
    answer.set_cookie(session_cookie(request, "", 0))
    return answer


@get("/first-run", opt=public, include_in_schema=False)
async def first_run_page(request: AnyRequest) -> Response[Any]:
    if await request.app.state.desk.read(awaits_first_run):
        return form_page(request, "accounts/first_run.html", None, typed=FirstRunForm())
    return Redirect(address(language(request), "/sign-in"), status_code=303)


@post("/first-run", opt=public, include_in_schema=False)
async def first_run(request: AnyRequest, data: Annotated[FirstRunForm, Form]) -> Response[Any]:
    try:
        await settle(request, data)
    except Refused as refused:
        return form_page(request, "accounts/first_run.html", refused, typed=data)
    return done(
        request, "/sign-in", "建好了，现在用它登录。", "Your account is made: sign in with it."
    )


async def settle(request: AnyRequest, data: FirstRunForm) -> None:
    desk: Desk = request.app.state.desk
    token = data.token.strip()
    name, email = clean_text(data.name, "name", 80), clean_text(data.email, "email", 254)
    await desk.read(check_setup_token, token)
    hashed = await asyncio.to_thread(hash_password, data.password)
    await desk.write(settle_first_run, token, email, name, hashed)


handlers = [sign_in_page, enter, leave, first_run_page, first_run]
