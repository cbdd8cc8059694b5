"""Errors become answers: a problem (RFC 9457) to a program, a page to a person."""

from typing import Any

from litestar import MediaType, Response
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from typing_extensions import override

from ticketing.desk.engines import cause
from ticketing.foundation.errors import NotFound, Refused
from ticketing.foundation.links import mended
from ticketing.web.fast.raw_response import fresh
from ticketing.web.pages import address, render
from ticketing.web.problems import MEDIA_TYPE
from ticketing.web.request import Request, is_api


class WrongAddress(Refused):
    status = 405
    type = "method-not-allowed"
    zh = "这个地址不接受这种请求。"
    en = "This address does not take that kind of request."


class TooLarge(Refused):
    status = 413
    type = "too-large"
    zh = "提交的内容太大。"
    en = "What was sent is too large."


class NotUnderstood(Refused):
    status = 400
    type = "bad-input"
    zh = "看不懂提交的内容{where}。"
    en = "What was sent could not be understood{where}."

    def __init__(self, errors: list[dict[str, Any]]) -> None:
        """``errors``: {"key", "message"} each, as the framework found them."""
        keys = ", ".join(str(each["key"]) for each in errors if each.get("key"))
        super().__init__(errors=errors, where=f" ({keys})" if keys else "")

    @property
    @override
    def shown(self) -> dict[str, Any]:
        return {"errors": self.fields["errors"]}


class Broken(Refused):
    status = 500
    type = "broken"
    zh = "我们这边出错了，已经记下。你的订单和付款不会丢失，请稍后再试。"
    en = "Something broke on our side and was recorded. No order or payment is lost; please try again."


def refusal(error: Exception) -> Refused:
    """Turn whatever went wrong into a refusal."""
    if isinstance(error, Refused):
        return error
    if isinstance(error, HTTPException):
        if error.status_code == 404:
            return NotFound()
        if error.status_code == 405:
            return WrongAddress()
        if error.status_code == 413:
            return TooLarge()
        if error.status_code < 500:
            return NotUnderstood(error.extra if isinstance(error.extra, list) else [])
    if isinstance(error, (UnicodeError, RecursionError)):
        return NotUnderstood([])  # bytes that are no text, or brackets without end
    if type(cause(error)).__name__ == "DataError":
        return NotUnderstood([])  # what the database cannot hold
    return Broken()


def problem(request: Request, refused: Refused) -> Response[Any]:
    """Answer RFC 9457 to a program."""
    content = {
        "type": f"/problems/{refused.type}",
        "title": refused.type.replace("-", " "),
        "status": refused.status,
        "detail": refused.sentence(request.lang),
        **refused.shown,
    }
    return fresh(content, refused.status, MEDIA_TYPE, **after(refused))


def after(refused: Refused) -> dict[str, str]:
    headers = {"cache-control": "no-store"}
    if refused.status in (429, 503):
        headers["retry-after"] = str(refused.retry_after)
    return headers


def answer_error(request: Request, error: Exception) -> Response[Any]:
    """Answer any error: a problem to a program, a page to a person; the watch hears what it was."""
    refused = refusal(error)
    request.state.refused = refused.type
    if isinstance(refused, Broken):
        request.state.error = error
    if is_api(request) or MEDIA_TYPE in request.headers.get("accept", ""):
        return problem(request, refused)
    lang = request.lang
    meant = mended(request.scope["path"])
    if refused.status == 404 and request.method == "GET" and meant != request.scope["path"]:
        return Redirect(address(lang, meant))
    body = render(
        "shared/refused.html", lang, path=request.scope["path"],
        sentence=refused.sentence(lang), status=refused.status,
    )  # fmt: skip
    return Response(
        body, status_code=refused.status, media_type=MediaType.HTML, headers=after(refused)
    )
