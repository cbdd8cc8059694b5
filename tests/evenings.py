"""Evenings at four gates that lose each other for half an hour: who came in twice, and was it told?

    PYTHONPATH=tests python -m evenings [EVENINGS]

Each gate is a phone that decides by the same ``decide`` and ``fold`` as the server and the script, knows
the scans it heard of, and sends its own in batches: doubled and in any order, by a clock that may be wrong.
Some tickets are held by two people. What happened is kept apart and compared with what is reported.
"""

import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import sqlalchemy as sa

import databases
from evening import GATE, Evening, evening_of
from stage import fill
from ticketing.admission.admit import Attempt
from ticketing.admission.fold import Key, Seen, fold, merge, people_inside
from ticketing.admission.gate_context import gate_context
from ticketing.admission.models import Verdict
from ticketing.admission.offline import sealed
from ticketing.admission.offline.batch import NOISE, Sent, take_in
from ticketing.admission.offline.conflicts import conflicts
from ticketing.admission.offline.manifest import manifest
from ticketing.admission.queries import count
from ticketing.admission.verdict import Code, Right, Rules, decide
from ticketing.audit.verify import verify
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.codes import unpadded
from ticketing.venues.register import register_gate

GATES = (GATE, "north", "south", "east")
TICKETS = 40
DOUBLED = 0.3  # of the tickets are held by two people
APART = 30 * MINUTE
LENGTH = 45 * MINUTE
WRONG = 4 * MINUTE  # by which a phone's clock may be

Entry = tuple[str, str, int]  # ticket, gate, when


class Person(NamedTuple):
    at: int
    ticket: int
    gate: int


@dataclass
class Phone:
    """``skew``: how many ms its clock is behind; ``known``: the scans of each ticket it heard of."""

    name: str
    gate: str
    skew: int
    kept: list[Sent] = field(default_factory=list)
    known: dict[str, dict[Key, Seen]] = field(default_factory=dict)

    def hear(self, ticket: str, scan: Seen) -> None:
        self.known[ticket] = merge(self.known.get(ticket, {}).values(), [scan])

    def inside(self, ticket: str) -> bool:
        return fold(self.known.get(ticket, {}).values()).entered is not None


@dataclass
class Outcome:
    evenings: int = 0
    entered: int = 0
    turned_away: int = 0
    second: int = 0
    reported: int = 0
    differences: list[str] = field(default_factory=list)


@dataclass
class Night:
    """One evening. ``entries``: everybody who really came in, in that order."""

    evening: Evening
    rng: Random
    phones: list[Phone]
    rules: Rules
    tickets: list[sa.Row[Any]]
    entries: list[Entry] = field(default_factory=list)
    turned_away: int = 0

    def play(self) -> None:
        start = self.evening.performance.doors_at
        lost_at = start + self.rng.randrange(LENGTH - APART)
        for person in sorted(self.people(start)):
            self.evening.clock.at = person.at
            if not lost_at <= person.at < lost_at + APART:
                self.meet()
            self.arrive(person)
        self.evening.clock.at = start + LENGTH + APART
        for _ in range(2):  # whoever told first hears of the others
            self.meet()

    def people(self, start: int) -> list[Person]:
        holders = [*range(TICKETS), *(n for n in range(TICKETS) if self.rng.random() < DOUBLED)]
        times = self.rng.sample(range(LENGTH), len(holders))
        return [
            Person(start + at, n, self.rng.randrange(4))
            for at, n in zip(times, holders, strict=True)
        ]

    def arrive(self, person: Person) -> None:
        phone, ticket = self.phones[person.gate], self.tickets[person.ticket]
        verdict = decide(
            Code(self.rules.performance, 1), Right(1, "live", "stool"), self.rules,
            is_inside=phone.inside(ticket.short), inside=0, at=person.at, way="in", knows_all=False,
        ).verdict  # fmt: skip
        sequence = len(phone.kept) + 1
        attempt = Attempt(
            phone.gate, ticket.performance_id, self.evening.code(ticket), f"{phone.name}-{sequence}",
            person.at - phone.skew, device=phone.name, sequence=sequence,
        )  # fmt: skip
        phone.kept.append(Sent(attempt, verdict))
        phone.hear(ticket.short, Seen(phone.name, sequence, person.at, phone.gate, verdict))
        if verdict is Verdict.ADMITTED:
            self.entries.append((ticket.short, phone.gate, person.at))
        else:
            self.turned_away += 1

    def meet(self) -> None:
        """Every phone sends what it keeps, some of it twice, in any order; then each hears of the rest."""
        desk, keys = self.evening.world.desk, self.evening.world.keys
        for phone in self.rng.sample(self.phones, len(self.phones)):
            sent = phone.kept + self.rng.sample(phone.kept, min(2, len(phone.kept)))
            self.rng.shuffle(sent)
            desk.write_now(take_in, sent, self.evening.clock.at - phone.skew, keys, by=phone.name)
        show = self.evening.performance
        told = desk.read_now(manifest, GATE, show.id, "", keys, self.evening.clock.at)
        names = {unpadded(sealed.index(show.number, row.number)): row.short for row in self.tickets}
        for index, *scan in told["scans"]:
            for phone in self.phones:
                phone.hear(names[index], Seen(*scan))

    def second(self) -> set[Entry]:
        """Return who came in on a ticket on which somebody was inside."""
        first = {ticket: at for ticket, _, at in reversed(self.entries)}
        return {entry for entry in self.entries if entry[2] != first[entry[0]]}

    def reported(self) -> set[Entry]:
        desk = self.evening.world.desk
        found = desk.read_now(conflicts, self.evening.performance.id)
        return {(each.short, each.second.gate, each.second.at) for each in found}

    def differences(self) -> list[str]:
        desk, show = self.evening.world.desk, self.evening.performance
        inside, _ = desk.read_now(count, GATE, show.id)
        found = [f"{row} was not reported" for row in self.second() - self.reported()]
        found += [
            f"{row} was reported and did not happen" for row in self.reported() - self.second()
        ]
        if inside != len(self.entries):
            found.append(f"{inside} are inside for the server, {len(self.entries)} came in")
        for phone in self.phones:
            known = [scan for scans in phone.known.values() for scan in scans.values()]
            twice = {
                (ticket, pair.second.gate, pair.second.at)
                for ticket, scans in phone.known.items()
                for pair in fold(scans.values()).twice
            }
            if (people_inside(known), twice) != (inside, self.reported()):
                found.append(f"{phone.name} knows otherwise than the server")
        return found + [str(failure) for failure in desk.read_now(verify)]


def night_of(evening: Evening, rng: Random) -> Night:
    show, desk = evening.performance, evening.world.desk
    for gate in GATES[2:]:
        label = {"zh": gate, "en": gate}
        desk.write_now(register_gate, gate, hall_id=show.hall_id, label=label, by="test")
    evening.set(most_per_buyer=TICKETS)
    phones = [
        Phone(f"phone-{n}", gate, rng.choice((0, -1, 1)) * rng.randrange(2 * NOISE, WRONG))
        for n, gate in enumerate(GATES)
    ]
    rules = desk.read_now(gate_context, GATE, show.id).rules
    return Night(evening, rng, phones, rules, [evening.ticket() for _ in range(TICKETS)])


def play(url: str, seed: int, outcome: Outcome) -> None:
    with evening_of(url) as evening:
        night = night_of(evening, Random(seed))
        night.play()
        outcome.evenings += 1
        outcome.entered += len(night.entries)
        outcome.turned_away += night.turned_away
        outcome.second += len(night.second())
        outcome.reported += len(night.second() & night.reported())
        outcome.differences += [f"evening {seed}: {each}" for each in night.differences()]


def said(outcome: Outcome) -> str:
    return (
        f"{outcome.evenings} evenings, {len(GATES)} gates, half an hour apart: {outcome.entered} people came in,"
        f" {outcome.turned_away} were turned away; {outcome.reported} of {outcome.second} who came in second"
        f" were reported; other differences: {len(outcome.differences)}"
    )


def main(evenings: int = 40) -> int:
    outcome, began = Outcome(), time.monotonic()
    databases.import_every_model()
    with tempfile.TemporaryDirectory() as folder:
        seeded = Path(folder) / "seeded.db"
        databases.make_tables(f"sqlite:///{seeded}")
        fill(f"sqlite:///{seeded}")
        for seed in range(evenings):
            play(databases.sqlite_copy(seeded, Path(folder)), seed, outcome)
    print(*outcome.differences, f"{said(outcome)} ({time.monotonic() - began:.0f} s)", sep="\n")
    return 1 if outcome.differences or outcome.reported != outcome.second else 0


if __name__ == "__main__":
    raise SystemExit(main(*(int(word) for word in sys.argv[1:])))
