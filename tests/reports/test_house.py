"""Front of house: who is inside by which gate, who is late, what went wrong; and the door's rules."""

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from at_the_door import Door, door_of, token
from evening import GATE, OTHER_GATE, Evening, evening_of
from ticketing.accounts.models import Role
from ticketing.admission.admit import Attempt
from ticketing.admission.models import Verdict
from ticketing.admission.offline.batch import Sent, take_in
from ticketing.admission.overrule import overrule
from ticketing.programme.models import Performance
from ticketing.reports.doors import house_page
from ticketing.reports.front_of_house import FrontOfHouse, front_of_house


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening


def house(evening: Evening) -> FrontOfHouse:
    slug = evening.performance.slug
    return evening.world.desk.read_now(front_of_house, slug, evening.clock.at)


def test_it_counts_by_gate_and_names_who_is_late(evening: Evening) -> None:
    codes = [evening.code(evening.ticket()) for _ in range(4)]
    evening.scan(codes[0])
    evening.scan(codes[1], gate=OTHER_GATE)
    evening.scan(codes[2], gate=OTHER_GATE)
    evening.scan(codes[1], direction="out")
    now = house(evening)
    passed = {each.gate.name: (each.came, each.left) for each in now.passed}
    assert passed == {GATE: (1, 1), OTHER_GATE: (2, 0)}
    assert (now.inside, now.waiting, [each.seat.name for each in now.late]) == (2, 1, ["4"])
    assert sum(each.people for each in now.night.evening.came) == 3
    assert list(now.night.states.values()).count("arrived") == 3


def test_it_lists_what_went_wrong(evening: Evening) -> None:
    first, second = evening.ticket(), evening.ticket()
    code = evening.code(first)
    for device in ("east", "west"):
        attempt = Attempt(
            GATE, evening.performance.id, code, device, evening.clock.at, device=device
        )
        evening.world.desk.write_now(
            take_in,
            [Sent(attempt, Verdict.ADMITTED)],
            evening.clock.at,
            evening.world.keys,
            by=device,
        )
        evening.clock.forward(1000)
    wish = Attempt(GATE, evening.performance.id, second.short, "word")
    evening.world.desk.write_now(overrule, wish, "name checked", evening.world.keys, by="test")
    now = house(evening)
    assert [(each.kind, each.short) for each in now.conflicts] == [("twice", first.short)]
    assert [(each.short, each.reason) for each in now.overruled] == [(second.short, "name checked")]


@pytest.fixture
def office(evening: Evening) -> Iterator[Door]:
    with door_of(evening, house_page) as client:
        client.headers["authorization"] = f"Bearer {token(evening, Role.ORGANISER)}"
        yield client


def rules(evening: Evening) -> tuple[str, list[int]]:
    query = sa.select(Performance.rotating, Performance.late_breaks)
    row = evening.world.ask(query.where(Performance.id == evening.performance.id)).one()
    return row.rotating, row.late_breaks


def test_the_organiser_sets_the_doors_rules(evening: Evening, office: Door) -> None:
    path = f"/office/performances/{evening.performance.slug}/house"
    form = {"rotating": "paper", "breaks": "45，22 45", "standby": "10"}
    assert "已到" in office.post(path + "/rules", data=form).text
    assert rules(evening) == ("paper", [22, 45])
    assert 'value="22, 45"' in office.get(path).text


@pytest.mark.parametrize(
    "form",
    [
        {"rotating": "off", "breaks": "", "standby": ""}, {"rotating": "off", "breaks": "", "standby": "90"},
        {"rotating": "sometimes", "breaks": ""}, {"rotating": "off", "breaks": "soon"},
        {"rotating": "off", "breaks": "0"}, {"rotating": "off", "breaks": "90"},
        {"rotating": "off", "breaks": "-5"}, {"rotating": "off", "breaks": " ".join(map(str, range(1, 14)))},
    ],
)  # fmt: skip
def test_rules_that_are_none_change_nothing(
    evening: Evening, office: Door, form: dict[str, str]
) -> None:
    path = f"/office/performances/{evening.performance.slug}/house"
    answer = office.post(path + "/rules", data={"standby": "15"} | form)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert rules(evening) == ("off", [])
