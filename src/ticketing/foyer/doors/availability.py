"""How the seats of a performance are told to programs: by ids, in few bytes, or what changed."""

from functools import cached_property
from typing import Annotated

import msgspec
from msgspec import Meta

from ticketing.foyer.answers import Id
from ticketing.foyer.house_now import HouseNow
from ticketing.web.fast.precompressed import Packed, pack

JSON = "application/json"
SIGNS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%&()*+-;<=>?@^_`"
SOLD, HELD = 1, 2  # 0: free
FOUR_SEATS = (
    "The seats in the order of the plan, four to a sign. A sign's place in "
    f"`{SIGNS.decode()}`, written with four digits in base 3, the first seat first: "
    "0 free, 1 sold, 2 held. The last sign is filled up with 0."
)


class Told(msgspec.Struct):
    version: Annotated[int, Meta(description="The instant of the last change, ms.")]
    plan: Id
    available: Annotated[int, Meta(ge=0, description="People who can still get a ticket.")]
    capacity: int


class AvailabilityAnswer(Told):
    """``held``: by buyers for some minutes, or kept by the house."""

    sold: list[Id]
    held: list[Id]


class AvailabilityBits(Told):
    """The same in a quarter of a byte a seat: 20 kB for 80,000."""

    seats: Annotated[str, Meta(description=FOUR_SEATS, examples=["0001R"])]


class Change(msgspec.Struct):
    """What became of the seats since the event before: each is named once."""

    version: int
    available: int
    sold: list[Id]
    held: list[Id]
    freed: list[Id]


class SeatStates:
    """The seats at one moment, with every way to tell them made once."""

    def __init__(self, now: HouseNow) -> None:
        self.now = now
        self.told = (now.version, now.plan.id, now.available, now.capacity)
        self.ids = pack(
            msgspec.json.encode(AvailabilityAnswer(*self.told, now.sold, now.held)), JSON
        )

    @cached_property
    def bits(self) -> Packed:
        answer = AvailabilityBits(*self.told, four_to_a_sign(self.now))
        return Packed(msgspec.json.encode(answer), JSON, self.ids.tag)

    @cached_property
    def states(self) -> dict[str, int]:
        """Return sold or held by the id of a seat; what is free is not named."""
        return dict.fromkeys(self.now.held, HELD) | dict.fromkeys(self.now.sold, SOLD)

    def since(self, before: "SeatStates") -> Change:
        new = self.states.items() - before.states.items()
        sold = sorted(seat for seat, state in new if state == SOLD)
        held = sorted(seat for seat, state in new if state == HELD)
        freed = sorted(before.states.keys() - self.states.keys())
        return Change(self.now.version, self.now.available, sold, held, freed)


def four_to_a_sign(now: HouseNow) -> str:
    position = now.plan.positions
    digits = bytearray(-(-len(position) // 4) * 4)
    for seats, state in ((now.sold, SOLD), (now.held, HELD)):
        for seat in seats:
            digits[position[seat]] = state
    fours = zip(*[iter(digits)] * 4, strict=True)
    return bytes(SIGNS[27 * a + 9 * b + 3 * c + d] for a, b, c, d in fours).decode()
