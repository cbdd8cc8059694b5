"""The page of kept seats and free tickets, through its doors."""

import re
from collections.abc import Iterator

import pytest

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.reports.invariants import verify


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def path(world: Stage) -> str:
    return f"/office/performances/{world.slug(world.performance)}/allocations"


def post(world: Stage, staff: Client, **fields: object) -> tuple[int, str]:
    answer = staff.post(path(world), data=csrf(staff) | fields)
    return answer.status_code, answer.text or answer.headers["location"]


def keep(world: Stage, staff: Client, picked: list[str], **more: object) -> tuple[int, str]:
    fields = {"do": "keep", "seats": picked, "kind": "press", "note": "晚报"} | more
    return post(world, staff, **fields)


def test_seats_are_kept_shown_and_let_go(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    until = {"release_at": "2099-05-20T10:00"}
    assert keep(world, staff, seats, **until)[0] == 303
    page = staff.get(path(world)).text
    assert "媒体 · 晚报" in page
    assert "自动放回" in page
    of = re.findall(r'name="of" value="([^"]+)"', page)[0]
    assert post(world, staff, do="release", of=of)[0] == 303
    assert "没有留座位" in staff.get(path(world)).text
    world.buy(seats)


def test_kept_seats_are_issued_as_comps(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    keep(world, staff, seats)
    of = re.findall(r'name="of" value="([^"]+)"', staff.get(path(world)).text)[0]
    page = staff.get(f"{path(world)}?of={of}").text
    approver = re.findall(r'<option value="([^"]+)" selected>Mei', page)[0]
    wish = {"do": "comp", "of": of, "seats": seats, "reason": "剧评", "approver": approver}
    status, order = post(world, staff, key="k1", **wish)
    assert status == 303
    assert "赠票" in staff.get(order).text
    assert "批准：Mei" in staff.get(path(world)).text
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"seats": []}, "请先选座位"),
        ({"kind": "gold"}, "请选留给谁"),
        ({"release_at": "tomorrow"}, "请选放回的时间"),
        ({"release_at": "2001-01-01T10:00"}, "放回的时间要在以后"),
        ({"do": "comp", "key": "k", "reason": "", "approver": ""}, "请写赠票的理由"),
        ({"do": "comp", "key": "k", "reason": "x", "approver": "nobody"}, "批准"),
    ],
)
def test_nonsense_gets_a_sentence_and_keeps_what_was_typed(
    world: Stage, staff: Client, fields: dict[str, object], said: str
) -> None:
    status, page = keep(world, staff, world.seats(2), **fields)
    assert status >= 400
    assert said in page
    assert "晚报" in page
    assert "没有留座位" in page


def test_a_seat_that_is_taken_is_named(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    world.buy(seats[:1])
    status, page = keep(world, staff, seats)
    assert status == 409
    assert "刚被" in page


def test_who_only_scans_stays_outside(world: Stage) -> None:
    with office(world, Role.SUPERVISOR) as client:
        assert client.get(path(world)).status_code in (403, 404)
