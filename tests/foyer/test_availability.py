"""The seats in few bytes are the seats by ids."""

from random import Random
from uuid import UUID

import msgspec
import pytest

from ticketing.foundation.words import Words
from ticketing.foyer.doors.availability import SIGNS, AvailabilityBits, SeatStates
from ticketing.foyer.house_now import HouseNow
from ticketing.seating.plan import Plan, Seat

WORDS: Words = {"zh": "1 排", "en": "Row 1"}
STATES = ("free", "sold", "held")


def hall(size: int, seed: int, share_free: float = 1 / 3) -> HouseNow:
    """Return a hall of so many seats, each free, sold or held by chance."""
    rng = Random(seed)
    ids = [str(UUID(int=rng.getrandbits(128))) for _ in range(size)]
    seats = [Seat(id, "a", "1", WORDS, n, 0, 0, 0, 0, "chair", 0, 0, 0) for n, id in enumerate(ids)]
    weights = (share_free, (1 - share_free) / 2, (1 - share_free) / 2)
    states = rng.choices(STATES, weights, k=size)
    sold, held = (
        sorted(id for id, its in zip(ids, states, strict=True) if its == state)
        for state in ("sold", "held")
    )
    plan = Plan("plan", "hall", 1, None, (), tuple(seats))
    return HouseNow(1779519600000, plan, size - len(sold) - len(held), size, sold, held, None)


def read(seats: str, plan: Plan) -> dict[str, list[str]]:
    """Decode as the schema describes it."""
    found: dict[str, list[str]] = {state: [] for state in STATES}
    for n, seat in enumerate(plan.seats):
        sign = SIGNS.decode().index(seats[n // 4])
        found[STATES[sign // 3 ** (3 - n % 4) % 3]].append(seat.id)
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 4, 5, 150, 1001])
def test_in_few_bytes_stand_the_same_seats_as_by_ids(size: int) -> None:
    for seed in range(20):
        now = hall(size, seed)
        told = msgspec.json.decode(SeatStates(now).bits.body, type=AvailabilityBits)
        found = read(told.seats, now.plan)
        assert (sorted(found["sold"]), sorted(found["held"])) == (now.sold, now.held)


@pytest.mark.parametrize("share_free", [0, 1 / 3, 0.9])
def test_eighty_thousand_seats_take_20_kilobytes(share_free: float) -> None:
    packed = SeatStates(hall(80_000, 1, share_free)).bits
    assert len(packed.body) <= 20 * 1024
    assert len(packed.gzipped) <= 17_000


def test_what_changed_leads_from_one_state_to_the_other() -> None:
    before, now = SeatStates(hall(300, 1)), SeatStates(hall(300, 1, 0.2))
    change = now.since(before)
    states = {seat: its for seat, its in before.states.items() if seat not in change.freed}
    states |= dict.fromkeys(change.sold, 1) | dict.fromkeys(change.held, 2)
    assert states == now.states
