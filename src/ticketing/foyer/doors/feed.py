"""What is told about one performance, encoded once for all the pages that show it.

A page has no queue. It knows the tag of the state it was last told; when it is ready for more it is
given the change from there, or, when it missed one, the whole state: a slow reader costs no memory.
"""

from typing import Literal

import msgspec

from ticketing.foyer.doors.availability import SeatStates

Form = Literal["ids", "bits"]
BEAT = 30  # looks without news before a sign of life, so that no proxy thinks the page dead
SIGN_OF_LIFE = b":\n\n"


class Feed:
    def __init__(self, house: SeatStates) -> None:
        self.house = house
        self._before: str | None = None  # the tag from which the change leads here
        self._change = b""
        self._whole: dict[Form, bytes] = {}
        self._still = 0

    def move(self, house: SeatStates) -> bool:
        """Take the house as it is now; say whether the pages must be told something."""
        if house.ids.tag == self.house.ids.tag:
            self._still += 1
            return self._still % BEAT == 0
        self._before = self.house.ids.tag
        self._change = event(house.ids.tag, "change", msgspec.json.encode(house.since(self.house)))
        self.house, self._still = house, 0
        self._whole.clear()
        return True

    def after(self, known: str, form: Form) -> bytes:
        """Return what leads from the state with that tag to this one."""
        if known == self.house.ids.tag:
            return SIGN_OF_LIFE
        return self._change if known == self._before else self.whole(form)

    def whole(self, form: Form) -> bytes:
        if form not in self._whole:
            packed = self.house.bits if form == "bits" else self.house.ids
            self._whole[form] = event(self.house.ids.tag, "state", packed.body)
        return self._whole[form]


def event(tag: str, name: str, data: bytes) -> bytes:
    return b"id: %s\nevent: %s\ndata: %s\n\n" % (tag.encode(), name.encode(), data)
