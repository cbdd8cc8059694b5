"""Seats of one row, said and shown as one: 北侧高椅 7–10 号."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from ticketing.foundation.words import say
from ticketing.seating.plan import Plan, Seat, Section, label

SHORTEST = 3  # of a range: two numbers are named


@dataclass(frozen=True, slots=True)
class Run:
    """``seats``: of one tier and row, in the order of the plan."""

    section: Section
    seats: tuple[Seat, ...]

    def said(self, lang: str) -> str:
        if not self.section.numbered:
            return f"{say(self.section.name, lang)} × {len(self.seats)}"
        numbers = ranges([seat.name for seat in self.seats], ", " if lang == "en" else "、")
        return label(replace(self.seats[0], printed=numbers), self.section, lang)


def runs(plan: Plan, seats: Iterable[str]) -> list[Run]:
    """Return the seats of these ids in the order of the plan; one that it lacks is left out."""
    wanted = set(seats)
    found = [seat for seat in plan.seats if seat.id in wanted]
    return [
        Run(plan.section(section), tuple(row))
        for (section, _), row in groupby(found, lambda seat: (seat.section, seat.row))
    ]


def say_runs(found: Iterable[Run], lang: str) -> str:
    return ("; " if lang == "en" else "，").join(run.said(lang) for run in found)


def ranges(names: list[str], comma: str) -> str:
    """Return 2–5、8、10 for 2 3 4 5 8 10; what is no number is named by itself."""
    parts: list[list[str]] = []
    for name in sorted(
        names, key=lambda name: (not name.isdecimal(), int(name) if name.isdecimal() else 0)
    ):
        if (
            parts
            and name.isdecimal()
            and parts[-1][-1].isdecimal()
            and int(name) == int(parts[-1][-1]) + 1
        ):
            parts[-1].append(name)
        else:
            parts.append([name])
    said = [
        f"{part[0]}–{part[-1]}" if len(part) >= SHORTEST else comma.join(part) for part in parts
    ]
    return comma.join(said)
