"""Scans as a set that only grows, and what follows from it: the same as static/js/door/fold.js.

A scan is named by (device, sequence). Two sets are merged by their union, and what a set says of a
ticket is a fold over its scans in the order of their times: so it matters neither in which order nor how
often devices and server hear of a scan. ``tests/vectors/golden.json`` holds both to the same answers.
"""

from collections.abc import Iterable
from typing import NamedTuple

from ticketing.admission.models import Verdict

Key = tuple[str, int]  # device, sequence


class Seen(NamedTuple):
    """One scan of a ticket. ``told``: it was said so at the gate, see ``models.Scan``.

    ``overruled``: a supervisor let in, knowing why; ``undone``: it was taken back.
    """

    device: str
    sequence: int
    at: int
    gate: str
    verdict: str
    told: bool = True
    overruled: bool = False
    undone: bool = False

    @property
    def key(self) -> Key:
        return self.device, self.sequence


class Twice(NamedTuple):
    """Somebody entered on a ticket with which somebody was inside."""

    first: Seen
    second: Seen


class Past(NamedTuple):
    """What the scans of one ticket say. ``entered``: how it came in, None: nobody is inside on it."""

    entered: Seen | None = None
    entries: int = 0
    twice: tuple[Twice, ...] = ()


NOTHING = Past()


def merge(*sets: Iterable[Seen]) -> dict[Key, Seen]:
    """Return the union; of two accounts of one scan the one that was told at the gate is right."""
    merged: dict[Key, Seen] = {}
    for scan in (scan for each in sets for scan in each):
        merged[scan.key] = _one_of(merged.get(scan.key, scan), scan)
    return merged


def _one_of(one: Seen, other: Seen) -> Seen:
    right = max(one, other, key=lambda scan: (scan.told, scan.at, scan.gate, scan.verdict))
    return right._replace(
        undone=one.undone or other.undone, overruled=one.overruled or other.overruled
    )


def fold(scans: Iterable[Seen]) -> Past:
    """Return what these scans of one ticket say, each named once."""
    past = NOTHING
    for scan in sorted(scans, key=lambda scan: (scan.at, scan.device, scan.sequence)):
        if not scan.undone:
            past = _follow(past, scan)
    return past


def _follow(past: Past, scan: Seen) -> Past:
    if scan.verdict == Verdict.LEFT:
        return past._replace(entered=None)
    if scan.verdict != Verdict.ADMITTED:
        return past
    twice = past.twice
    if past.entered and not scan.overruled:
        twice = (*twice, Twice(past.entered, scan))
    return Past(past.entered or scan, past.entries + 1, twice)


def people_inside(scans: Iterable[Seen]) -> int:
    """Count the people inside: who came in, less who left; two who came on one ticket are two."""
    moves = {Verdict.ADMITTED.value: 1, Verdict.LEFT.value: -1}
    return sum(moves.get(scan.verdict, 0) for scan in scans if not scan.undone)
