"""Answers that are bytes from head to foot."""

from collections.abc import Mapping
from typing import Any

import msgspec
from litestar import Response
from litestar.types import Receive, Scope, Send
from typing_extensions import override


class Ready(Response[Any]):
    """Litestar's own answer puts its head together in three steps, which costs more than most acts."""

    def __init__(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self.status_code, self.content = status, body
        self._head = [(name.encode(), value.encode()) for name, value in headers.items()]
        if status not in (204, 304):
            self._head.append((b"content-length", str(len(body)).encode()))

    @override
    def to_asgi_response(self, *args: Any, **named: Any) -> Any:
        return self

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await send(
            {
                "type": "http.response.start",
                "status": self.status_code or 200,
                "headers": self._head,
            }
        )
        await send({"type": "http.response.body", "body": self.content, "more_body": False})


def fresh(
    content: Any, status: int = 200, media_type: str = "application/json", **more: str
) -> Ready:
    """Return JSON of this moment, which nobody keeps; ``more`` are headers."""
    head = {"content-type": media_type, "cache-control": "no-store", **more}
    return Ready(status, msgspec.json.encode(content), head)
