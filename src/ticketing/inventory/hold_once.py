"""What is sent to a hold under an Idempotency-Key: done once, answered the same each time."""

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

import msgspec

from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.idempotency import Key, once
from ticketing.inventory.hold_record import Held


async def hold_once(
    desk: Desk, key: Key | None, act: Callable[..., Held], *args: Any, **named: Any
) -> Held:
    """Do the act on a hold, or answer what it did before under this key; without one, do it."""
    if key is None:
        return await desk.write(act, *args, **named)

    @wraps(act)  # by its name it is counted
    def act_once(tx: Tx, *, now: int) -> Any:
        return once(tx, key, _plain, act, *args, now=now, **named)

    return msgspec.convert(await desk.write(act_once), Held)


def _plain(tx: Tx, act: Callable[..., Held], *args: Any, **named: Any) -> dict[str, Any]:
    return asdict(act(tx, *args, **named))
