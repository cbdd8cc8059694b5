"""What a program sent under an Idempotency-Key: done once, answered the same each time."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

import msgspec

from ticketing.foundation.client import Client
from ticketing.foundation.db import Tx
from ticketing.foundation.desk import Desk
from ticketing.foundation.idempotency import Key, fingerprint, once
from ticketing.foundation.web import AnyRequest
from ticketing.inventory.held import Held


def key_of(request: AnyRequest, client: Client, key: str | None, body: Any = None) -> Key | None:
    if not key:
        return None
    sent = (request.method, request.scope["path"], msgspec.to_builtins(body))
    return Key(client.name, key, fingerprint(*sent))


async def write(
    desk: Desk, key: Key | None, act: Callable[..., Held], *args: Any, **named: Any
) -> Held:
    if key is None:
        return await desk.write(act, *args, **named)

    @wraps(act)  # by its name it is counted
    def act_once(tx: Tx, *, now: int) -> Any:
        return once(tx, key, plain, act, *args, now=now, **named)

    return msgspec.convert(await desk.write(act_once), Held)


def plain(tx: Tx, act: Callable[..., Held], *args: Any, **named: Any) -> dict[str, Any]:
    return asdict(act(tx, *args, **named))
