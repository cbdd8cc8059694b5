"""The generator's connection, against a few lines that answer as they are told."""

import asyncio
from contextlib import suppress

import pytest

from load import HOST, Answer, Unexpected, connect, get

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"


async def asked(answers: list[bytes], expect: int = 200) -> tuple[list[Answer], list[bytes]]:
    """Ask once for each answer; return what was understood and what the other side heard."""
    heard: list[bytes] = []
    left, gone = iter(answers), asyncio.Event()

    async def speak(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.IncompleteReadError):
            for answer in left:
                heard.append(await reader.readuntil(b"\r\n\r\n"))
                for piece in (answer[:20], answer[20:]):
                    writer.write(piece)
                    await asyncio.sleep(0.01)
        writer.close()
        gone.set()

    async with await asyncio.start_server(speak, HOST, 0) as server:
        port = server.sockets[0].getsockname()[1]
        connection = await connect(f"http://{HOST}:{port}", "127.9.8.7")
        try:
            return [await connection.ask(get("/"), expect) for _ in answers], heard
        finally:
            connection.close()
            await gone.wait()


def test_an_answer_in_pieces_is_put_together() -> None:
    (answer,), _ = asyncio.run(asked([OK]))
    assert (answer.status, answer.body, answer.header("content-length")) == (200, b"hi", "2")


def test_a_cookie_is_kept_and_sent() -> None:
    giving = OK.replace(b"\r\n\r\n", b"\r\nset-cookie: client=abc; HttpOnly\r\n\r\n")
    _, (first, second) = asyncio.run(asked([giving, OK]))
    assert b"cookie" not in first
    assert b"\r\ncookie: client=abc\r\n" in second


def test_an_answer_that_was_not_expected_is_said() -> None:
    with pytest.raises(Unexpected, match=r"GET / HTTP/1\.1: 200 b'hi'"):
        asyncio.run(asked([OK], expect=304))


@pytest.mark.parametrize("answer", [b"", b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"])
def test_a_server_that_hangs_up_or_never_ends_is_an_error(answer: bytes) -> None:
    with pytest.raises(ConnectionError):
        asyncio.run(asked([answer]))
