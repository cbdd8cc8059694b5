"""Load over HTTP/1.1, written to cost far less than the server it asks: keep-alive connections and
requests whose bytes are made beforehand. Loopback only."""

import asyncio
import json
import re
from collections.abc import Awaitable, Callable, Iterable
from typing import Any, NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

import msgspec
from typing_extensions import override

T = TypeVar("T")
HOST = "127.0.0.1"
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=;]+)=([^;\r]*)", re.IGNORECASE)
BODILESS = {204, 304}


class Request(NamedTuple):
    """``head``: all lines, each ended, without the empty line, so that a cookie can follow."""

    head: bytes
    body: bytes = b""


class Answer(NamedTuple):
    status: int
    head: bytes
    body: bytes

    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    def header(self, name: str) -> str:
        found = re.search(rf"(?i)\r\n{name}: *([^\r]+)", self.head.decode("latin-1"))
        return found[1] if found else ""


class Unexpected(AssertionError):
    def __init__(self, request: Request, answer: Answer) -> None:
        asked = request.head.partition(b"\r\n")[0].decode()
        super().__init__(f"{asked}: {answer.status} {answer.body[:300]!r}")


class Connection(asyncio.Protocol):
    """One request at a time; it keeps and sends the cookies it is given."""

    def __init__(self) -> None:
        self._cookies: dict[bytes, bytes] = {}
        self._cookie_line = b""
        self._heard = b""
        self._answer: asyncio.Future[Answer] | None = None

    async def ask(self, request: Request, expect: int | None = None) -> Answer:
        """Raises ConnectionError when the server hangs up, Unexpected for another status."""
        if self._transport.is_closing():
            raise ConnectionResetError("the connection is closed")
        self._answer = asyncio.get_running_loop().create_future()
        self._transport.write(request.head + self._cookie_line + b"\r\n" + request.body)
        answer = await self._answer
        if expect and answer.status != expect:
            raise Unexpected(request, answer)
        return answer

    def close(self) -> None:
        self._transport.close()

    @override
    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    @override
    def data_received(self, data: bytes) -> None:
        self._heard += data
        end = self._heard.find(b"\r\n\r\n") + 4
        if end < 4 or self._answer is None:
            return
        head = self._heard[: end - 2]
        status = int(head[9:12])
        length = LENGTH.search(head)
        if length is None and status not in BODILESS:
            self._transport.abort()  # a stream without a length is not for us
            return
        whole = end + (int(length[1]) if length and status not in BODILESS else 0)
        if len(self._heard) >= whole:
            self._keep_cookies(head)
            answer, self._answer = self._answer, None
            heard, self._heard = self._heard, b""
            if not answer.cancelled():
                answer.set_result(Answer(status, head, heard[end:whole]))

    @override
    def connection_lost(self, exc: Exception | None) -> None:
        if self._answer and not self._answer.done():
            self._answer.set_exception(exc or ConnectionResetError("the server hung up"))

    def _keep_cookies(self, head: bytes) -> None:
        if found := dict(COOKIE.findall(head)):
            self._cookies |= found
            pairs = b"; ".join(b"=".join(pair) for pair in self._cookies.items())
            self._cookie_line = b"cookie: " + pairs + b"\r\n"


def own_address(number: int) -> str:
    """Return a loopback address in a network, /24, that no other number has."""
    return f"127.{number // 250 + 1}.{number % 250 + 1}.1"


async def connect(url: str, address: str = HOST) -> Connection:
    port = urlsplit(url).port
    assert port
    loop = asyncio.get_running_loop()
    _, connection = await loop.create_connection(Connection, HOST, port, local_addr=(address, 0))
    return connection


def get(path: str, **headers: str) -> Request:
    return Request(_head("GET", path, headers))


def post(path: str, body: dict[str, Any], **headers: str) -> Request:
    return _post(path, json.dumps(body).encode(), "application/json", headers)


def post_form(path: str, fields: str) -> Request:
    return _post(path, fields.encode(), "application/x-www-form-urlencoded", {})


def _post(path: str, body: bytes, kind: str, headers: dict[str, str]) -> Request:
    headers |= {"content-type": kind, "content-length": str(len(body))}
    return Request(_head("POST", path, headers), body)


def _head(method: str, path: str, headers: dict[str, str]) -> bytes:
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items()]
    return f"{method} {path} HTTP/1.1\r\nhost: {HOST}\r\n{''.join(lines)}".encode()


async def drive(
    connections: Iterable[Connection], work: Iterable[T], act: Callable[[Connection, T], Awaitable[None]]
) -> None:  # fmt: skip
    """Do all the work: each connection takes the next piece as soon as it has done one."""
    left = iter(work)

    async def keep_busy(connection: Connection) -> None:
        for piece in left:
            await act(connection, piece)

    async with asyncio.TaskGroup() as group:
        for connection in connections:
            group.create_task(keep_busy(connection))
