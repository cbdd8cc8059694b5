"""Problem details (RFC 9457) as the schema describes them: what a door answers when it refuses."""

from http import HTTPStatus
from typing import Any

import msgspec
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import Example

MEDIA_TYPE = "application/problem+json"


class ProblemDetails(msgspec.Struct):
    """``type`` is stable, ``detail`` is for people; some problems carry more, such as ``seats``."""

    type: str
    title: str
    status: int
    detail: str


def problems(*statuses: int) -> dict[int, ResponseSpec]:
    """Return the refusals of a route, for its ``responses=``; what is unreadable is always one."""
    return {status: described(HTTPStatus(status)) for status in (400, *statuses)}


USUAL = {
    400: ("bad-input", "What was sent could not be understood."),
    401: ("sign-in-needed", "Please sign in first."),
    403: ("forbidden", "Your role may not do this."),
    404: ("not-found", "There is nothing here: please check the link."),
    409: ("seats-taken", "Some of the seats are taken."),
    413: ("too-large", "What was sent is too large."),
    422: ("bad-input", "Please choose at least one seat."),
    429: ("too-many", "That was too often: please wait a little."),
    503: ("busy", "We are very busy: please try again in a few seconds. Nothing has changed."),
}


def described(
    status: HTTPStatus, kind: str = "", sentence: str = "",
    schema: type[ProblemDetails] = ProblemDetails, **more: Any,
) -> ResponseSpec:  # fmt: skip
    """``more``: what the problem carries besides, as its ``schema`` says."""
    if not kind:
        kind, sentence = USUAL[status]
    shown = schema(f"/problems/{kind}", kind.replace("-", " "), status, sentence, **more)
    return ResponseSpec(
        schema,
        generate_examples=False,
        description=status.phrase,
        media_type=MEDIA_TYPE,
        examples=[Example(summary=kind, value=msgspec.to_builtins(shown))],
    )
