"""A hall of twenty thousand on both databases: drawn by section, held, sold and reported."""

import gzip
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

import pytest
from litestar.testing import TestClient

import databases
from doors import doors
from halls import arena_world
from stage import SECRET_KEY, Stage, stage
from ticketing.audit.verify import verify
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import SystemClock
from ticketing.inventory.by_section import taken_by_section
from ticketing.inventory.hold import hold_best
from ticketing.programme.queries import by_id
from ticketing.reports.night import night
from ticketing.reports.sales import sales
from ticketing.seating.plan import Plan
from ticketing.seating.queries import plan as read_plan
from ticketing.tickets.keys import ensure_key
from ticketing.world.load import World
from ticketing.world.seed import seed

Client = TestClient[Any]
KILOBYTES_150 = 150 * 1024


@cache
def world_of_thousands() -> World:
    return arena_world(20_000)


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def arena(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """The hall with its tables full; the tests of this module share it."""
    if request.param == "sqlite":
        empty = request.getfixturevalue("empty_sqlite")
        url = databases.sqlite_copy(empty, tmp_path_factory.mktemp("arena"))
    else:
        cluster, empty = map(request.getfixturevalue, ("cluster", "empty_postgres"))
        url = databases.create_database(cluster, "arena", empty)
    desk = open_desk(url)
    seed(desk, world_of_thousands())
    desk.write_now(ensure_key, SECRET_KEY)
    yield stage(desk)
    desk.close()


@pytest.fixture
def client(arena: Stage) -> Iterator[Client]:
    with doors(arena) as client:
        yield client


def address(arena: Stage) -> str:
    return f"/performances/{arena.slug(arena.performance)}/seats"


def test_it_comes_back_from_the_database_as_it_was_drawn(arena: Stage) -> None:
    drawn = world_of_thousands().plans["black-box"]
    stored = read(arena)
    assert len(stored.seats) > 20_000
    assert stored.seats == drawn.seats
    assert [*stored.positions] == [seat.id for seat in drawn.seats]


def test_the_overview_leads_to_every_section_and_says_what_is_left(
    arena: Stage, client: Client
) -> None:
    arena.hold(arena.seats(3, "105"))
    page = client.get(address(arena)).text
    capacity = {each.key: each.capacity for each in read(arena).sections}
    assert all(page.count(f'href="?section={key}"') == 2 for key in capacity)
    assert f"一层 105，余 {capacity['105'] - 3}" in page
    assert "data-seat=" not in page


def test_a_section_has_its_own_map_and_list_within_150_kilobytes(
    arena: Stage, client: Client
) -> None:
    largest = max(read(arena).sections, key=lambda section: section.capacity)
    page = client.get(address(arena), params={"section": largest.key}).text
    assert page.count("data-seat=") == page.count('name="seats"') == largest.capacity
    assert len(gzip.compress(page.encode())) < KILOBYTES_150


def test_seats_of_two_sections_are_held_together_without_a_script(
    arena: Stage, client: Client
) -> None:
    first, second = arena.seats(2, "201"), arena.seats(2, "202")
    form = {"do": "seats", "seats": first, "section": "201"}
    token = held(client, arena, form)
    page = client.get(address(arena), params={"section": "202", "hold": token}).text
    carried = [seat for seat in first if f'value="{seat}" form="rows-form"' in page]
    assert carried == first
    again = held(client, arena, form | {"seats": carried + second, "hold": token, "section": "202"})
    assert again == token
    assert sorted(client.get(f"/api/holds/{token}").json()["seats"]) == sorted(first + second)


def test_best_seats_can_be_asked_of_one_section(arena: Stage, client: Client) -> None:
    token = held(client, arena, {"do": "best", "quantity": "4", "section": "203"})
    plan = read(arena)
    seats = [plan.by_id[seat] for seat in client.get(f"/api/holds/{token}").json()["seats"]]
    assert {seat.section for seat in seats} == {"203"}
    assert len({(seat.row, seat.block) for seat in seats}) == 1


def test_the_plan_of_one_section_is_answered(arena: Stage, client: Client) -> None:
    path = f"/api/performances/{arena.performance}/plan"
    plan = read(arena)
    found = client.get(path, params={"section": "105", "v": plan.id})
    assert [seat["id"] for seat in found.json()["seats"]] == [s.id for s in plan.by_section["105"]]
    assert len(found.json()["sections"]) == len(plan.sections)
    assert "immutable" in found.headers["cache-control"]
    assert client.get(path, params={"section": "nowhere"}).status_code == 404


def test_the_house_is_counted_by_section_and_reported(arena: Stage) -> None:
    now = SystemClock().now()
    before = arena.desk.read_now(taken_by_section, arena.performance, now)["301"]
    arena.buy(arena.seats(4, "301"))
    assert arena.desk.read_now(taken_by_section, arena.performance, now)["301"] == before + 4
    found = arena.desk.read_now(sales, arena.performance, SystemClock().now())
    assert (found.capacity, found.sold) == (len(read(arena).seats), 4)
    office = arena.desk.read_now(night, arena.slug(arena.performance), SystemClock().now())
    assert (office.shown, office.states) == (None, {})
    assert office.free["301"] == read(arena).section("301").capacity - before - 4
    assert arena.desk.read_now(verify) == []


def test_the_best_of_the_whole_house_are_found(arena: Stage) -> None:
    best = arena.desk.write_now(
        hold_best, arena.performance, 6, None, by="test", minutes=15, rng=Random(1)
    )
    plan = read(arena)
    assert {plan.by_id[seat].section[0] for seat in best.seats} == {"1"}


def read(arena: Stage) -> Plan:
    return arena.desk.read_now(read_plan, arena.desk.read_now(by_id, arena.performance).plan_id)


def held(client: Client, arena: Stage, form: dict[str, Any]) -> str:
    """Post the form of the seat page; return the token of the hold it led to."""
    path = address(arena).removesuffix("/seats") + "/holds"
    answer = client.post(path, data=form, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"].rpartition("/")[2]
