"""Hold what a buyer asks for: these seats, or the best, looked for again where somebody was quicker."""

from random import SystemRandom

import msgspec

from ticketing.desk.desk import Desk
from ticketing.desk.idempotency import Key
from ticketing.foundation.errors import BadInput
from ticketing.inventory.claim import SeatsTaken
from ticketing.inventory.hold import hold_alone, hold_together
from ticketing.inventory.hold_once import hold_once
from ticketing.inventory.hold_record import Held
from ticketing.inventory.hold_request import BestSeats, HandPicked, HoldRequest
from ticketing.inventory.queries import sections_wanted

CHANCE = SystemRandom()
ATTEMPTS = 6  # best seats chosen again when another buyer was quicker


class Best(msgspec.Struct, forbid_unknown_fields=True):
    """The best seats near each other, in one section or price band where one is named.

    ``accessible``: one wheelchair place, its companion's, and the rest of the party near them.
    """

    quantity: int
    section: str | None = None
    band: str | None = None
    accessible: bool = False


class HoldWish(msgspec.Struct, forbid_unknown_fields=True):
    """Either the seats' ids, or what the best ones should be."""

    seats: list[str] | None = None
    best: Best | None = None


async def request_hold(
    desk: Desk, performance_id: str, wish: HoldWish, key: Key | None = None,
    *, by: str, network: str, minutes: int,
) -> Held:  # fmt: skip
    """Hold all that is wished for or nothing; ``by`` and ``network`` are counted against their limits.

    With a ``key``, what was sent before under it is answered. Raises BadInput, SeatsTaken, OrphanSeat,
    TooManyHolds and what the performance's sale refuses.
    """
    if (wish.seats is None) == (wish.best is None):
        raise BadInput(
            "seats", "请给出座位，或者要几个最佳座位。", "Name the seats, or how many best ones."
        )
    if wish.best is None:
        picked = HandPicked(seats=wish.seats or [], by=by, network=network, minutes=minutes)
        return await _hold(desk, key, performance_id, picked)
    best = wish.best
    sections = await desk.look(sections_wanted, performance_id, best.section, best.band)
    found = BestSeats(
        quantity=best.quantity, sections=frozenset(sections or ()), accessible=best.accessible,
        rng=CHANCE,
        by=by, network=network, minutes=minutes,
    )  # fmt: skip
    for attempt in range(ATTEMPTS):
        try:
            return await _hold(desk, key, performance_id, found)
        except SeatsTaken:
            if attempt == ATTEMPTS - 1:
                raise
    raise AssertionError


async def _hold(desk: Desk, key: Key | None, performance_id: str, wish: HoldRequest) -> Held:
    """Many who hold at one instant do so together; who sent a key does alone."""
    if key is None:
        return await desk.write_together(hold_together, performance_id, wish)
    return await hold_once(desk, key, hold_alone, performance_id, wish)
