"""A phone without a line says word for word what the server would say, in both languages."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from evening import GATE, OTHER_GATE, Evening, run
from nodejs import node
from ticketing.admission.doors.app_pages import texts
from ticketing.admission.offline.manifest import manifest
from ticketing.admission.wording.verdicts import wording
from ticketing.box_office.release import release_no_show
from ticketing.foundation.clock import MINUTE
from ticketing.programme.queries import by_id
from ticketing.tickets.models import Ticket
from ticketing.tickets.void import void

JSON = dict[str, Any]


class Script:
    """What a gate sees, with what was known before and what the server says to it."""

    def __init__(self, evening: Evening) -> None:
        self.evening, self.cases = evening, list[JSON]()

    def see(self, name: str, code: str, verdict: str, *, gate: str = GATE, way: str = "in") -> None:
        world, at = self.evening.world, self.evening.clock.at
        show = self.evening.performance.id
        known = world.desk.read_now(manifest, gate, show, "", world.keys, at)
        answer = self.evening.scan(code, gate=gate, direction=way)
        assert answer.verdict == verdict, name
        people = answer.inside - {"admitted": 1, "left": -1}.get(verdict, 0)
        screens = {lang: self.screen(answer, lang) for lang in ("zh", "en")}
        assert known["inside"] == people
        here = {"gate": gate, "way": way, "at": at}
        self.cases.append(
            {"name": name, "manifest": known, "code": code, "here": here, "screens": screens}
        )

    @staticmethod
    def screen(answer: Any, lang: str) -> JSON:
        words = wording(answer, lang)
        return {
            "sign": words.sign, "head": words.head, "where": words.where, "why": words.why,
            "attention": words.attention, "message": words.message,
        }  # fmt: skip


def play(evening: Evening) -> Script:
    script, clock, show = Script(evening), evening.clock, evening.performance
    evening.set_type("funded", proof=1, child=1)
    evening.set_gate(OTHER_GATE, sections=["chair"])
    first, second, third, fourth = (evening.ticket() for _ in range(4))
    party = evening.tickets(2)
    code = evening.code(first)
    clock.at = show.doors_at - 16 * MINUTE
    script.see("too early", code, "too_early")
    clock.at = show.doors_at
    script.see("nobody is inside", code, "not_inside", way="out")
    script.see("come in", code, "admitted")
    clock.forward(7 * MINUTE)
    script.see("again", code, "already_admitted")
    script.see("out", code, "left", way="out")
    script.see("wrong gate", evening.code(second), "wrong_gate", gate=OTHER_GATE)
    reissue(evening, second)
    script.see("an older issue", evening.code(second), "void")
    script.see("not ours", "nonsense", "invalid")
    script.see("a party", evening.code(party[0]), "admitted")
    script.see("another performance", evening.code(evening.lawn_ticket()), "wrong_performance")
    evening.world.desk.write_now(void, show.id, [second.line_id], "returned", by="test")
    script.see("returned", evening.code(second, issue=2), "void")
    evening.set(rotating="strict")
    script.see("a picture", evening.code(third), "stale_code")
    script.see("of this minute", evening.code(third, rotating=True), "admitted")
    evening.set(rotating="off", late_breaks=[22])
    clock.at = show.starts_at + 10 * MINUTE
    script.see("late", evening.code(fourth), "too_late")
    clock.at = show.starts_at + 16 * MINUTE
    evening.world.desk.write_now(release_no_show, show.id, fourth.short, by="test")
    script.see("let go", evening.code(fourth), "void")
    clock.at = show.ends_at + MINUTE
    script.see("over", evening.code(party[1]), "too_late")
    return script


def reissue(evening: Evening, ticket: Any) -> None:
    """As when it is passed on: the code that was given out before is of an older issue."""
    change = sa.update(Ticket).where(Ticket.id == ticket.id).values(issue=2)
    evening.world.desk.write_now(run, change)


def test_a_phone_without_a_line_says_what_the_server_says(evening: Evening, tmp_path: Path) -> None:
    script = play(evening)
    lawn = evening.world.desk.read_now(by_id, evening.world.lawn)
    showing = {
        "number": lawn.number, "title": lawn.title, "starts_at": lawn.starts_at, "zone": lawn.zone,
    }  # fmt: skip
    path = tmp_path / "cases.json"
    content = {"texts": json.loads(texts()), "showings": [showing], "cases": script.cases}
    path.write_text(json.dumps(content))
    assert node("words.mjs", str(path)) == f"{len(script.cases)} said alike"
