"""What a party's seats cost: the one measure by which the best seats are found.

A party sits in fragments: members side by side with no aisle, no taken seat and no wheelchair place
of others between them. The cost of its seats, 0 at best, is the sum of

- view: the mean over its members of 1 - quality, and of what their seats lose by ``strains``;
- APART for each fragment beyond the first, and for each lonely member, who has a fragment alone
  while the party is of two or more;
- SPREAD a metre: the mean over its members of how far the middle of their fragment is from the
  middle of the party;
- ORPHAN for each free seat left single that was not so before;
- BALANCE times what the largest fragment has more than the smallest, as a share of the party: nine
  in rows of eight sit 5 and 4, not 6 and 3.

A party is split only where it cannot sit together, and any two of its fragments are in blocks that
are ``near``.
"""

from collections.abc import Sequence
from math import hypot
from typing import NamedTuple

from ticketing.seating.plan import Seat

APART = 0.50
SPREAD = 0.05
ORPHAN = 0.15
BALANCE = 0.05
REACH = 2.5  # metres, two rows or an aisle


class Fragment(NamedTuple):
    """``lack``: the sum of what the view lacks; ``x`` and ``y``: the middle; ``orphans``: those it makes."""

    size: int
    lack: float
    x: float
    y: float
    orphans: int


def cost(fragments: Sequence[Fragment]) -> float:
    """Return what a party in these fragments costs."""
    sizes = [each.size for each in fragments]
    party = sum(sizes)
    lack, orphans = sum(each.lack for each in fragments), sum(each.orphans for each in fragments)
    together = cost_together(party, lack, orphans)
    if len(sizes) == 1:
        return together
    balance = BALANCE * (max(sizes) - min(sizes)) / party
    return together + cost_apart(sizes) + _spread(fragments, party) + balance


def cost_together(party: int, lack: float, orphans: int) -> float:
    """Return the view and the orphans alone, which is all where nobody sits apart."""
    return lack / party + ORPHAN * orphans


def cost_apart(sizes: Sequence[int]) -> float:
    """Return what it costs to sit in two or more fragments of these sizes, wherever they are."""
    return APART * (len(sizes) - 1 + sizes.count(1))


def least_apart(party: int, fragments: int) -> float:
    """Return the least of that for so many fragments."""
    return APART * (fragments - 1 + max(0, 2 * fragments - party))


def _spread(fragments: Sequence[Fragment], party: int) -> float:
    x = sum(each.size * each.x for each in fragments) / party
    y = sum(each.size * each.y for each in fragments) / party
    return SPREAD * sum(each.size * hypot(each.x - x, each.y - y) for each in fragments) / party


def near(a: Sequence[Seat], b: Sequence[Seat]) -> bool:
    """Say whether two blocks are within reach and on one side: who face each other are not."""
    angle = abs(a[len(a) // 2].turn - b[len(b) // 2].turn) % 360
    return min(angle, 360 - angle) <= 90 and _gap(a, b) <= REACH


def _gap(a: Sequence[Seat], b: Sequence[Seat]) -> float:
    """Return the metres between the straight lines from end to end."""
    return min(
        *(_to_line(end, b[0], b[-1]) for end in (a[0], a[-1])),
        *(_to_line(end, a[0], a[-1]) for end in (b[0], b[-1])),
    )


def _to_line(seat: Seat, start: Seat, end: Seat) -> float:
    along_x, along_y = end.x - start.x, end.y - start.y
    x, y = seat.x - start.x, seat.y - start.y
    length = along_x**2 + along_y**2
    part = min(max((x * along_x + y * along_y) / length, 0), 1) if length else 0.0
    return hypot(x - part * along_x, y - part * along_y)
