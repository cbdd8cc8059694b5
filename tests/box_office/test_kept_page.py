"""The page of kept seats and free tickets, through its doors."""

import re
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from office import Client, csrf, hashed, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.accounts.staff import add_staff
from ticketing.audit.verify import verify
from ticketing.pricing.models import TicketType


@pytest.fixture
def staff(world: Stage) -> Iterator[Client]:
    with office(world, Role.ORGANISER) as client:
        yield client


def path(world: Stage) -> str:
    return f"/office/performances/{world.slug(world.performance)}/allocations"


def post(world: Stage, staff: Client, where: str = "", **fields: object) -> tuple[int, str]:
    answer = staff.post(where or path(world), data=csrf(staff) | fields)
    return answer.status_code, answer.text or answer.headers["location"]


def comps(world: Stage) -> str:
    return path(world).replace("allocations", "comps")


def its(page: str) -> str:
    """Return the address of the first allocation."""
    return str(re.findall(r'action="([^"]+)/release"', page)[0])


def approver(world: Stage, staff: Client) -> str:
    found = re.findall(r'<option value="([^"]+)" selected>Mei', staff.get(comps(world)).text)
    return str(found[0])


def keep(world: Stage, staff: Client, picked: list[str], **more: object) -> tuple[int, str]:
    fields = {"key": "k", "seats": picked, "kind": "press", "note": "晚报"} | more
    return post(world, staff, path(world), **fields)


def test_seats_are_kept_shown_and_let_go(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    until = {"release_at": "2099-05-20T10:00"}
    assert keep(world, staff, seats, **until)[0] == 303
    page = staff.get(path(world)).text
    assert "媒体 · 晚报" in page
    assert "自动放回" in page
    release = its(page) + "/release"
    status, page = post(world, staff, release, do="ticked")
    assert (status, "请先勾座位" in page) == (422, True)
    assert post(world, staff, release, do="ticked", seats=seats[:1])[0] == 303
    world.buy(seats[:1])
    assert post(world, staff, release, do="all")[0] == 303
    assert "没有留座位" in staff.get(path(world)).text
    world.buy(seats[1:])


def test_a_doubled_click_keeps_once(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    assert [keep(world, staff, seats)[0] for _ in range(2)] == [303, 303]
    assert len(set(re.findall(r"/allocations/([\w-]+)/release", staff.get(path(world)).text))) == 1


def test_the_time_of_release_is_moved(world: Stage, staff: Client) -> None:
    keep(world, staff, world.seats(2), release_at="2099-05-20T10:00")
    move = its(staff.get(path(world)).text) + "/time"
    for at, said in (("2099-06-01T12:30", 'value="2099-06-01T12:30"'), ("", "不自动放回")):
        assert post(world, staff, move, at=at)[0] == 303
        assert said in staff.get(path(world)).text
    status, page = post(world, staff, move, at="2001-01-01T10:00")
    assert (status, "放回的时间要在以后" in page) == (422, True)


def test_another_performances_kept_seats_are_not_found(world: Stage, staff: Client) -> None:
    """Their seats have the same ids where the plan is the same."""
    keep(world, staff, world.seats(2))
    of = its(staff.get(path(world)).text).rpartition("/")[2]
    other = f"/office/performances/{world.slug(world.lawn)}"
    for where in (f"{other}/allocations/{of}/release", f"{other}/allocations/{of}/time"):
        assert post(world, staff, where, at="")[0] == 404
    wish = {"of": of, "seats": world.seats(1), "reason": "x", "approver": approver(world, staff)}
    assert post(world, staff, f"{other}/comps", key="k2", **wish)[0] == 404
    assert "媒体 · 晚报</b> <small>2 个座位" in staff.get(path(world)).text


def test_kept_seats_are_issued_as_comps(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    keep(world, staff, seats)
    of = its(staff.get(path(world)).text).rpartition("/")[2]
    page = staff.get(f"{comps(world)}?of={of}").text
    assert re.findall(r'value="([^"]+)"[^>]* checked', page) == seats
    wish = {"of": of, "seats": seats, "reason": "剧评", "approver": approver(world, staff)}
    status, order = post(world, staff, comps(world), key="k1", **wish)
    assert status == 303
    assert "赠票，实付" in staff.get(order).text
    assert "批准：Mei" in staff.get(comps(world)).text
    assert world.desk.read_now(verify) == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"seats": []}, "请先选座位"),
        ({"kind": "gold"}, "请选留给谁"),
        ({"release_at": "tomorrow"}, "请选放回的时间"),
        ({"release_at": "2001-01-01T10:00"}, "放回的时间要在以后"),
        ({"key": ""}, "请刷新页面再试"),
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


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"reason": ""}, "请写赠票的理由"),
        ({"approver": "nobody"}, "赠票要有一位主办方的同事批准"),
        ({"seats": []}, "请重新选座"),
        ({"to": "123"}, "请填 11 位手机号"),
    ],
)
def test_a_comp_that_is_refused_keeps_what_was_typed(
    world: Stage, staff: Client, fields: dict[str, object], said: str
) -> None:
    typed = {"seats": world.seats(2), "reason": "剧评", "guest": "记者", "key": "k"}
    wish = typed | {"approver": approver(world, staff)} | fields
    status, page = post(world, staff, comps(world), **wish)
    assert (status, said in page, "记者" in page) == (422, True, True)
    assert "还没有赠票" in page


def test_seats_are_kept_when_no_ticket_is_sold_any_more(world: Stage, staff: Client) -> None:
    """Of no section is there a ticket type whose time has come; the counter has nothing to sell."""
    never = sa.update(TicketType).values(sold_until=1)
    world.desk.write_now(lambda tx, now: tx.execute(never))
    picked = staff.get(f"{path(world)}?best=2").text
    assert len(re.findall(r'name="seats"[^>]* checked', picked)) == 2
    assert staff.get(path(world).replace("allocations", "counter") + "?best=2").status_code == 200


def test_the_box_office_issues_comps_and_does_not_keep_seats(world: Stage) -> None:
    with office(world, Role.BOX_OFFICE) as client:
        assert keep(world, client, world.seats(2))[0] == 403
        assert "没有留座位" in client.get(path(world)).text
        mei = world.desk.write_now(
            add_staff, "lan@nanhu.test", "Lan", Role.ORGANISER, hashed(), by="test"
        )
        wish = {"seats": world.seats(2), "reason": "剧评", "approver": mei, "key": "k"}
        assert post(world, client, comps(world), **wish)[0] == 303
        assert "批准：Lan" in client.get(comps(world)).text


def test_a_seat_that_is_taken_is_named(world: Stage, staff: Client) -> None:
    seats = world.seats(2)
    world.buy(seats[:1])
    status, page = keep(world, staff, seats)
    assert status == 409
    assert "刚被" in page


def test_who_only_scans_stays_outside(world: Stage) -> None:
    with office(world, Role.SUPERVISOR) as client:
        assert client.get(path(world)).status_code in (403, 404)
