"""The stand-in as an app, and the door for whoever has it in hand."""

from typing import Any

from litestar import Litestar, Request, post
from litestar.datastructures import State
from litestar.params import FromPath

from stripe_stand_in import api, hosted
from stripe_stand_in.account import Account
from stripe_stand_in.books import Refusal
from stripe_stand_in.events import Sender
from stripe_stand_in.faults import Fault, Line


@post("/control/{act:str}", status_code=200)
async def control(request: Request[Any, Any, Any], act: FromPath[str]) -> Any:
    """Do one of ``hand.Hand``: JSON in, JSON out."""
    state, given = request.app.state, await request.json()
    match act:
        case "fault":
            state.line.faults.append(Fault(**given))
        case "events":
            state.sender.how = given["how"]
        case "listen":
            state.sender.to = given["url"]
        case "release":
            state.sender.release()
        case "calls":
            return state.line.calls
        case "wrong":
            return state.account.wrong_answers
        case "every":
            return state.account.every(given["kind"])
        case "told":
            return state.sender.answers
        case _:
            return getattr(state.account, act)(**given)
    return {}


def create_app(url: str, key: str, secret: str) -> Litestar:
    """``url``: where it is served."""
    sender = Sender(secret)
    state = {
        "account": Account(url, sender.tell), "line": Line(), "sender": sender, "key": key,
    }  # fmt: skip
    return Litestar(
        [*api.handlers, *hosted.handlers, control],
        state=State(state),
        exception_handlers={Refusal: api.refused},
        openapi_config=None,
        logging_config=None,
    )
