"""Stripe's API, so much of it as a box office needs."""

from collections.abc import Callable
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath, FromQuery

from stripe_stand_in import objects, schema
from stripe_stand_in.account import Account, Refusal
from stripe_stand_in.faults import Line
from stripe_stand_in.form import decode
from stripe_stand_in.objects import Thing

Ask = Request[Any, Any, Any]


@post("/v1/checkout/sessions", status_code=200)
async def create_session(request: Ask) -> Response[Any]:
    return await change(request, "create session", "/v1/checkout/sessions", "create_session")


@get("/v1/checkout/sessions/{ident:str}")
async def session(request: Ask, ident: FromPath[str]) -> Response[Any]:
    return await answer(request, "session", lambda account: expanded(request, account, ident))


@post("/v1/checkout/sessions/{ident:str}/expire", status_code=200)
async def expire(request: Ask, ident: FromPath[str]) -> Response[Any]:
    return await answer(request, "expire", lambda account: account.expire(ident), key(request))


@get("/v1/payment_intents/{ident:str}")
async def intent(request: Ask, ident: FromPath[str]) -> Response[Any]:
    return await answer(request, "intent", lambda account: account.find(ident))


@post("/v1/refunds", status_code=200)
async def create_refund(request: Ask) -> Response[Any]:
    return await change(request, "create refund", "/v1/refunds", "create_refund")


@get("/v1/refunds")
async def refunds(request: Ask, payment_intent: FromQuery[str]) -> Response[Any]:
    return await answer(
        request, "refunds", lambda account: account.every("refund", payment_intent=payment_intent)
    )


@get("/v1/refunds/{ident:str}")
async def refund(request: Ask, ident: FromPath[str]) -> Response[Any]:
    return await answer(request, "refund", lambda account: account.find(ident))


@get("/v1/events")
async def events(request: Ask) -> Response[Any]:
    return await answer(request, "events", lambda account: account.every("event"))


@get("/v1/payouts")
async def payouts(request: Ask) -> Response[Any]:
    return await answer(request, "payouts", lambda account: account.every("payout"))


@get("/v1/balance_transactions")
async def movements(
    request: Ask,
    payout: FromQuery[str | None] = None,
    starting_after: FromQuery[str | None] = None,
    limit: FromQuery[int] = 10,
) -> Response[Any]:
    def page(account: Account) -> Thing:
        same = {"payout": payout} if payout else {}
        every = account.every("balance_transaction", **same)
        start = 1 + [each["id"] for each in every].index(starting_after) if starting_after else 0
        part = [account.judged(each) for each in every[start : start + limit]]
        more = {"has_more": start + limit < len(every)}
        return objects.listed(part, "/v1/balance_transactions") | more

    return await answer(request, "balance transactions", page)


async def change(request: Ask, call: str, path: str, act: str) -> Response[Any]:
    """Validate what is wished for, and do it."""
    wish, wrong = schema.read(path, decode((await request.body()).decode()))

    def do(account: Account) -> Thing:
        if wrong:
            raise Refusal(wrong, "parameter_invalid")
        done: Thing = getattr(account, act)(wish)
        return done

    return await answer(request, call, do, key(request), wish)


async def answer(
    request: Ask, call: str, ask: Callable[[Account], Any], key: str = "", wish: Thing | None = None
) -> Response[Any]:
    state = request.app.state
    line: Line = state.line
    if request.headers.get("authorization") != f"Bearer {state.key}":
        raise Refusal("Invalid API Key provided", status=401)

    def do() -> Thing:
        found = ask(state.account)
        if isinstance(found, list):
            return objects.listed([state.account.judged(each) for each in found], request.url.path)
        whole: Thing = found if found["object"] == "list" else state.account.judged(found)
        return whole

    return await line.through(call, key, wish or {}, do)


def key(request: Ask) -> str:
    return str(request.headers.get("idempotency-key", ""))


def expanded(request: Ask, account: Account, ident: str) -> Thing:
    """Return a session; with ``expand`` its intent in place of the intent's name."""
    found = account.find(ident)
    asked = [value for name, value in request.query_params.multi_items() if "expand" in name]
    if "payment_intent" in asked and found["payment_intent"]:
        return found | {"payment_intent": account.find(found["payment_intent"])}
    return found


def refused(_: Ask, refusal: Refusal) -> Response[Any]:
    return Response(refusal.body, status_code=refusal.status)


handlers = [
    create_session, session, expire, intent, create_refund, refunds, refund, events, payouts,
    movements,
]  # fmt: skip
