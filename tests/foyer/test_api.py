"""The programme and the seats as a program asks for them."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

import ticketing.foyer.doors.streams
from doors import doors
from stage import Stage
from ticketing.foundation.clock import SystemClock
from ticketing.programme.models import Performance
from ticketing.programme.pause import pause
from ticketing.tickets.headcount import approve

Client = TestClient[Any]
EDITION = "tiandishu-2026-05-23"


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def found(client: Client, **question: str) -> list[str]:
    answer = client.get("/api/performances", params=question)
    assert answer.status_code == 200
    return [each["slug"] for each in answer.json()]


def house(client: Client, performance: str) -> Any:
    return client.get(f"/api/performances/{performance}/availability").json()


def status(client: Client, performance: str) -> str:
    return str(client.get(f"/api/performances/{performance}").json()["status"])


def change(world: Stage, performance: str, **values: int | None) -> None:
    query = sa.update(Performance).where(Performance.id == performance).values(**values)
    world.desk.write_now(lambda tx, *, now: tx.execute(query).rowcount)


def test_the_list_is_the_whole_programme_by_its_start(client: Client) -> None:
    shows = client.get("/api/performances").json()
    assert shows[0]["slug"] == EDITION
    assert [each["starts_at"] for each in shows] == sorted(each["starts_at"] for each in shows)
    assert shows[0]["production"]["title"] == {"zh": "天地树", "en": "Tree of Heaven and Earth"}


def test_the_cast_is_that_of_the_day(client: Client) -> None:
    first = client.get("/api/performances", params={"q": "tds"}).json()[0]
    assert [(who["name"]["zh"], who["role"]["zh"]) for who in first["cast"]] == [
        ("张振航", "主演"), ("胡俊杰", "舞者"),
    ]  # fmt: skip
    assert [who["note"] and who["note"]["en"] for who in first["cast"]] == [
        "First time in the lead", None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    "words",
    ["天地树", "《天地树》", "tds", "TianDiShu", "tian di shu", "ｔｄｓ", "zzh 舞剧", "ylsg tds"],
)
def test_a_search_reads_title_people_venue_and_pinyin(client: Client, words: str) -> None:
    slugs = found(client, q=words)
    assert slugs
    assert all(slug.startswith("tiandishu-") for slug in slugs)


def test_all_words_of_a_search_must_fit(client: Client) -> None:
    assert found(client, q="tds 沈渡") == []


@pytest.mark.parametrize("name", ["zhang-zhenhang", "张振航", "zzh"])
def test_a_performer_is_found_where_they_play(client: Client, name: str) -> None:
    assert len(found(client, performer=name)) == 3
    assert found(client, performer="tan-dun") == []


@pytest.mark.parametrize("name", ["lakeside", "湖畔", "hpcp"])
def test_a_venue_is_found_by_slug_or_words(client: Client, name: str) -> None:
    slugs = found(client, venue=name)
    assert [slug.partition("-")[0] for slug in slugs] == ["hushang"]


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [
        ("2026-05-23", "2026-05-23", True),
        ("2026-05-22", "2026-05-22", False),
        ("2026-05-24", "", False),
        ("2026-05-23T15:00:00+08:00", "2026-05-23T07:00:00Z", True),
        ("2026-05-23T15:00:01", "", False),
        ("", "2026-05-23T14:59:59", False),
    ],
)
def test_a_day_and_a_moment_are_the_venues(
    client: Client, since: str, until: str, there: bool
) -> None:
    assert (EDITION in found(client, **{"from": since, "to": until})) is there


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "2026-5-23", "9999-12-31", "0001-01-01"])
def test_an_unreadable_day_is_a_problem_that_names_the_field(client: Client, day: str) -> None:
    answer = client.get("/api/performances", params={"to": day})
    assert (answer.status_code, answer.json()["field"]) == (422, "to")
    assert answer.headers["content-type"].startswith("application/problem+json")


def test_every_price_adds_up_and_names_its_funder(client: Client, world: Stage) -> None:
    prices = client.get(f"/api/performances/{world.performance}").json()["prices"]
    assert len(prices) == 12
    for price in prices:
        parts = [price[part]["amount"] for part in ("paid", "discount", "funded")]
        assert price["face"]["amount"] == sum(parts)
        assert bool(price["funder"]) is (parts[2] > 0)


def test_a_detail_says_what_a_buyer_must_know(client: Client, world: Stage) -> None:
    show = client.get(f"/api/performances/{world.performance}").json()
    assert [kind["id"] for kind in show["ticket_types"]] == ["funded", "full", "student", "family"]
    assert [step["fee_percent"] for step in show["refund_ladder"]] == [0, 20, 50, 100]
    assert show["refund_ladder"][-1]["until"] == show["starts_at"]
    assert sum(section["available"] for section in show["sections"]) == show["available"] == 150
    assert [gate["name"] for gate in show["gates"]] == ["main"]
    assert show["price_from"] == {"amount": 6000, "currency": "CNY"}


@pytest.mark.parametrize("door", ["", "/plan", "/availability", "/availability/stream"])
@pytest.mark.parametrize("name", ["no-such-id", EDITION, "%E2%80%AE", "1' OR '1'='1"])
def test_whatever_is_no_id_is_not_found(client: Client, door: str, name: str) -> None:
    answer = client.get(f"/api/performances/{name}{door}", headers={"accept-language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/not-found")
    assert answer.json()["detail"].startswith("There is nothing here")


def test_a_performance_not_yet_published_is_not_found(client: Client, world: Stage) -> None:
    change(world, world.performance, published_at=None)
    for door in ("", "/plan", "/availability", "/availability/stream"):
        assert client.get(f"/api/performances/{world.performance}{door}").status_code == 404


def test_the_plan_is_kept_for_ever_at_its_own_address_only(client: Client, world: Stage) -> None:
    show = client.get(f"/api/performances/{world.performance}").json()
    right = client.get(show["plan"]["url"])
    assert "immutable" in right.headers["cache-control"]
    assert len(right.json()["seats"]) == 150
    wrong = client.get(f"/api/performances/{world.performance}/plan?v=another")
    assert (wrong.headers["cache-control"], wrong.json()["id"]) == ("no-cache", show["plan"]["id"])


def test_a_seat_of_the_plan_has_its_place_and_its_name(client: Client, world: Stage) -> None:
    seat = client.get(f"/api/performances/{world.performance}/plan").json()["seats"][0]
    assert seat["label"] == {"zh": "北侧蒲团 1 号", "en": "North side, cushion 1"}
    assert (seat["section"], seat["number"], seat["x"], seat["y"]) == ("cushion", 1, -7.5, -1.65)
    assert 0 < seat["quality"] <= 1


def test_held_and_sold_seats_are_seen_at_once(client: Client, world: Stage) -> None:
    sold, held = world.seats(2), world.seats(3, skip=2)
    world.buy(sold)
    world.hold(held)
    now = house(client, world.performance)
    assert (sorted(now["sold"]), sorted(now["held"])) == (sorted(sold), sorted(held))
    assert (now["available"], now["capacity"]) == (145, 150)


def test_a_state_that_is_known_is_not_sent_again(client: Client, world: Stage) -> None:
    address = f"/api/performances/{world.performance}/availability"
    tag = client.get(address).headers["etag"]
    for known in (tag, f"W/{tag}", f'"other", {tag}'):
        again = client.get(address, headers={"if-none-match": known})
        assert (again.status_code, again.content) == (304, b"")
    world.hold(world.seats(1))
    assert client.get(address, headers={"if-none-match": tag}).status_code == 200


def test_few_bytes_have_the_same_tag_and_another_address(client: Client, world: Stage) -> None:
    address = f"/api/performances/{world.performance}/availability"
    by_ids, bits = client.get(address), client.get(address, params={"form": "bits"})
    assert by_ids.headers["etag"] == bits.headers["etag"]
    assert bits.json()["seats"] == "0" * 38
    assert client.get(address, params={"form": "colours"}).status_code == 400


def test_where_no_more_pages_can_be_told_they_are_sent_to_ask(
    world: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticketing.foyer.doors.streams, "MOST", 0)
    address = f"/api/performances/{world.performance}/availability"
    with doors(world) as client:
        answer = client.get(f"{address}/stream")
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/busy")
        assert client.get(address).status_code == 200


def test_no_more_are_available_than_may_come_in(client: Client, world: Stage) -> None:
    world.buy(world.seats(2))
    world.desk.write_now(approve, world.performance, 10, by="test")
    assert house(client, world.performance)["available"] == 8
    assert client.get(f"/api/performances/{world.performance}").json()["available"] == 8


def test_a_house_at_its_approved_number_is_sold_out(client: Client, world: Stage) -> None:
    world.buy(world.seats(2))
    world.desk.write_now(approve, world.performance, 2, by="test")
    assert status(client, world.performance) == "sold_out"


@pytest.mark.parametrize(
    ("said", "values"),
    [
        ("on_sale", lambda now: {}),
        ("not_yet", lambda now: {"sale_opens_at": now + 60_000}),
        ("closed", lambda now: {"sale_closes_at": now - 1}),
        ("cancelled", lambda now: {"cancelled_at": now, "sale_closes_at": now - 1}),
    ],
)
def test_the_status_says_whether_it_can_be_bought(
    client: Client, world: Stage, said: str, values: Callable[[int], dict[str, int]]
) -> None:
    if wanted := values(SystemClock().now()):
        change(world, world.performance, **wanted)
    assert status(client, world.performance) == said


def test_a_paused_sale_says_so(client: Client, world: Stage) -> None:
    world.desk.write_now(pause, world.performance, by="test")
    assert status(client, world.performance) == "paused"


def test_odd_words_find_nothing_and_broken_ones_are_refused(client: Client) -> None:
    assert found(client, q="<script>'\"；--‮🎭") == []
    assert client.get("/api/performances", params={"q": "a\x00b"}).status_code == 422
    assert client.get("/api/performances", params={"q": "长" * 1000}).status_code == 422
