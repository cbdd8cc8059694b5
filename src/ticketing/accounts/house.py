"""Say whose house this is: the one row that stands on every page."""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from ticketing.accounts.models import House
from ticketing.accounts.queries import house
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.desk.upsert import keep_row
from ticketing.foundation.front import Front

log = logging.getLogger("ticketing.house")
EVERY = 1.0  # seconds


def describe_house(tx: Tx, says: Mapping[str, Any], *, by: str, now: int) -> None:
    """``says``: columns of the model; what it does not name stays, or is the model's own at first."""
    keep_row(tx, House, {"id": 1}, says, by=by, now=now)


def open_front(tx: Tx) -> None:
    """Let every page, letter and act of this process read whose house it is; before the seed: nobody's."""
    if found := house(tx):
        Front.house = found


async def follow_house(desk: Desk) -> None:
    """Let this process read it again each second: whoever writes it is another process, or another machine.

    One row a second, where each request would ask. What cannot be read now stays as it was read last.
    """
    known = True
    while True:
        await asyncio.sleep(EVERY)
        try:
            await desk.read(open_front)
            known = True
        except Exception:
            if known:  # said once, not each second
                log.warning("whose house it is cannot be read; it stays as it was", exc_info=True)
            known = False
