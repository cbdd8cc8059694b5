"""Halls for the search for seats: small ones of many shapes, and large plain ones."""

from collections.abc import Iterator
from math import cos, degrees, hypot, sin
from random import Random

from ticketing.seating.plan import Plan, Seat, Section


def a_seat(row: int, number: int, quality: float = 0.8, block: int = 0, **others: object) -> Seat:
    values = {
        "section": "stalls", "row": str(row), "x": float(number), "y": float(row), "turn": 180.0,
        "attributes": (),
    } | others  # fmt: skip
    return Seat(
        id=f"{values['section']}-{row}-{number}", number=number, block=block, quality=quality,
        row_name={}, kind="chair", eye=1.2, distance=float(row), **values,  # type: ignore[arg-type]
    )  # fmt: skip


def a_hall(*seats: Seat, numbered: bool = True) -> Plan:
    sections = (
        Section(key, {"zh": key}, "chair", numbered, len(seats), 0.4, {})
        for key in dict.fromkeys(seat.section for seat in seats)
    )
    return Plan("plan", "hall", 1, None, tuple(sections), seats)


def a_small_hall(rng: Random) -> Plan:
    return a_hall(*rng.choice([end_on, traverse, curved])(rng))


def end_on(rng: Random) -> Iterator[Seat]:
    """Straight rows and an aisle; in the first row two wheelchair places with companions'."""
    first = rng.randint(2, 5)
    aisle = rng.choice([n for n in range(2, 8) if n != first])
    special = {first: "wheelchair", first + 1: "companion", first + 2: "wheelchair"}
    for row in range(rng.randint(1, 4)):
        for n in range(1, rng.randint(3, 9) + 1):
            attributes = (special[n],) if row == 0 and n in special else ()
            x = n * 0.55 + 1.5 * (n > aisle)
            block, quality = int(n > aisle), rng.uniform(0.4, 1)
            yield a_seat(row, n, quality, block, x=x, y=row * 0.9, attributes=attributes)


def traverse(rng: Random) -> Iterator[Seat]:
    """Two rows on either side of a stage so narrow that distance alone would not part them."""
    for row, (y, turn) in enumerate([(-1.5, 0.0), (-0.6, 0.0), (0.6, 180.0), (1.5, 180.0)]):
        for n in range(1, rng.randint(3, 7) + 1):
            yield a_seat(row, n, rng.uniform(0.4, 1), int(n > 4), x=n * 0.6, y=y, turn=turn)


def curved(rng: Random) -> Iterator[Seat]:
    """Arcs about a stage, in two blocks."""
    for row in range(rng.randint(2, 4)):
        for n in range(1, rng.randint(4, 8) + 1):
            angle, radius = (n - 5) * 0.55 / (4 + row), 4 + row
            x, y, turn = radius * sin(angle), radius * cos(angle), 180 - degrees(angle)
            yield a_seat(row, n, rng.uniform(0.4, 1), int(n > 5), x=x, y=y, turn=turn)


def a_large_hall(row_count: int, width: int) -> Plan:
    """Straight rows with aisles before a stage; the view fades with the distance."""
    return a_hall(*_rows(row_count, width))


def _rows(row_count: int, width: int, block: int = 25) -> Iterator[Seat]:
    for row in range(row_count):
        for n in range(width):
            x, y = (n - width / 2) * 0.55 + n // block * 1.2, 3 + row * 0.95
            quality = 1 / (1 + (hypot(x, y) / 60) ** 2)
            yield a_seat(row, n + 1, round(quality, 4), n // block, x=x, y=y)
