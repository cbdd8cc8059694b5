"""Stripe's API, so much of it as a box office needs."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from stripe_stand_in import schema
from stripe_stand_in.account import Account
from stripe_stand_in.books import Refusal
from stripe_stand_in.faults import Line
from stripe_stand_in.form import decode
from stripe_stand_in.lists import LISTS, expanded, page
from stripe_stand_in.objects import Thing

Ask = Request[Any, Any, Any]
SINGLE = (*LISTS, "checkout/sessions", "payment_intents")


@post("/v1/checkout/sessions", status_code=200)
async def create_session(request: Ask) -> Response[Any]:
    return await change(request, "create session", "/v1/checkout/sessions", "create_session")


@post("/v1/checkout/sessions/{ident:str}/expire", status_code=200)
async def expire(request: Ask, ident: FromPath[str]) -> Response[Any]:
    return await answer(
        request, "expire", lambda account: account.judged(account.expire(ident)), key(request)
    )


@post("/v1/refunds", status_code=200)
async def create_refund(request: Ask) -> Response[Any]:
    return await change(request, "create refund", "/v1/refunds", "create_refund")


@get([f"/v1/{name}" for name in LISTS])
async def several(request: Ask) -> Response[Any]:
    """The call's name is the list's: "balance transactions"."""
    url, wish = request.url.path, decode(request.url.query)
    call = url.rpartition("/")[2].replace("_", " ")
    return await answer(request, call, lambda account: page(account, url, wish))


@get([f"/v1/{name}/{{ident:str}}" for name in SINGLE])
async def one(request: Ask, ident: FromPath[str]) -> Response[Any]:
    """The call's name is that of one thing: "session"."""
    call = request.url.path.split("/")[-2].removesuffix("s").replace("_", " ")
    fields = decode(request.url.query).get("expand", [])

    def find(account: Account) -> Thing:
        return account.judged(expanded(account, account.find(ident), fields))

    return await answer(request, call, find)


async def change(request: Ask, call: str, path: str, act: str) -> Response[Any]:
    """Validate what is wished for, and do it."""
    wish, wrong = schema.read(path, decode((await request.body()).decode()))

    def do(account: Account) -> Thing:
        if wrong:
            raise Refusal(wrong, "parameter_invalid")
        return account.judged(getattr(account, act)(wish))

    return await answer(request, call, do, key(request), wish)


async def answer(
    request: Ask,
    call: str,
    ask: Callable[[Account], Thing],
    key: str = "",
    wish: Thing | None = None,
) -> Response[Any]:
    state = request.app.state
    line: Line = state.line
    if request.headers.get("authorization") != f"Bearer {state.key}":
        raise Refusal("Invalid API Key provided", status=401)
    return await line.through(call, key, wish or {}, lambda: ask(state.account))


def key(request: Ask) -> str:
    return str(request.headers.get("idempotency-key", ""))


def refused(_: Ask, refusal: Refusal) -> Response[Any]:
    return Response(refusal.body, status_code=refusal.status)


handlers = [create_session, expire, create_refund, several, one]
