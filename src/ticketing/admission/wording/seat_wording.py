"""Where a ticket sits, as the door says it: the seat, its side, and both together."""

from dataclasses import replace

from ticketing.foundation.words import Words, say
from ticketing.seating.plan import Seat, Section, label


def seat_of(seat: Seat, section: Section, lang: str) -> str:
    """Return 矮凳 9 号, without its row; the section alone where places have no numbers."""
    tier = say(section.name, lang)
    if not section.numbered:
        return tier
    return f"{tier} {seat.name}" + ("" if lang == "en" else " 号")


def side_of(seat: Seat, section: Section, lang: str) -> str:
    return say(seat.row_name, lang) if section.numbered else ""


def place_of(seat: Seat, section: Section, lang: str) -> str:
    return label(seat, section, lang) if section.numbered else seat_of(seat, section, lang)


def pattern(seat: Seat, section: Section) -> dict[str, Words]:
    """Return the three for any seat of this one's row, with ``{n}`` for its number."""
    any_seat = replace(seat, printed="{n}")
    ways = {"seat": seat_of, "side": side_of, "place": place_of}
    return {
        name: {lang: way(any_seat, section, lang) for lang in ("zh", "en")}
        for name, way in ways.items()
    }
