"""Contradictions in a plan file that its schema cannot see. Each names its section and row."""

from collections.abc import Iterable

from ticketing.foundation.fixture_file import WrongField
from ticketing.venues.plan import Seat
from ticketing.venues.plan_entries import PlanFile, RowEntry, SectionEntry


def check(file: PlanFile) -> None:
    """Raise WrongField, a ValueError, where the file contradicts itself."""
    _once("sections", "section {}", (section.key for section in file.sections))
    for n, section in enumerate(file.sections):
        _check_section(f"sections[{n}]", section)


def check_apart(seats: Iterable[Seat]) -> None:
    """Raise WrongField where two seats stand on one spot."""
    spots: dict[tuple[float, float], str] = {}
    for seat in seats:
        name = f"section {seat.section}, row {seat.row}, number {seat.number}"
        spot = round(seat.x, 2), round(seat.y, 2)
        if (other := spots.setdefault(spot, name)) != name:
            raise WrongField("sections", f"{name} stands on the spot of {other}")


def _check_section(place: str, section: SectionEntry) -> None:
    if bool(section.rows) == bool(section.field):
        raise WrongField(place, f"section {section.key}: give it rows, or a field, and not both")
    _once(f"{place}.rows", f"section {section.key}, row {{}}", (row.key for row in section.rows))
    for n, row in enumerate(section.rows):
        _check_row(f"{place}.rows[{n}]", f"section {section.key}, row {row.key}", row)


def _check_row(place: str, name: str, row: RowEntry) -> None:
    if row.count > 1 and not any(row.step):
        raise WrongField(f"{place}.step", f"{name}: a step of nothing puts all seats on one spot")
    _once(f"{place}.gaps", f"{name}: a gap after {{}}", (str(gap.after) for gap in row.gaps))
    for gap in row.gaps:
        if gap.after >= row.count:
            raise WrongField(f"{place}.gaps", f"{name}: nobody sits beyond a gap after {gap.after}")


def _once(place: str, name: str, keys: Iterable[str]) -> None:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            raise WrongField(place, f"{name.format(key)} is there twice")
        seen.add(key)
