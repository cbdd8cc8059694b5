"""Seats that were returned and wait follow the time that is announced for their sale."""

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.inventory.claim import move_returns
from ticketing.programme.returns_sale import announce_returns


def sell_returns_at(tx: Tx, performance_id: str, at: int | None, *, by: str, now: int) -> None:
    """``at``: ms, None for at once. Seats that wait already follow, so each is for sale again once."""
    if announce_returns(tx, performance_id, at, now=now):
        seats = move_returns(tx, performance_id, until=at or 0, now=now)
        note(tx, "returns.sold_at", performance_id, by=by, now=now, at=at, seats=seats)
