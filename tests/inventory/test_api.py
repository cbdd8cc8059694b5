"""Holds over HTTP: the client's cookie, keys that are sent again, and what a refusal carries."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import Answer, doors
from stage import Stage
from ticketing.desk.db import Tx
from ticketing.inventory.models import Hold
from ticketing.programme.models import Performance

Client = TestClient[Any]


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def hold(world: Stage, client: Client, seats: list[str], key: str = "") -> Answer:
    headers = {"idempotency-key": key} if key else {}
    path = f"/api/performances/{world.performance}/holds"
    return client.post(path, json={"seats": seats}, headers=headers)


def holds(world: Stage) -> list[tuple[str, str]]:
    return [tuple(row) for row in world.ask(sa.select(Hold.client, Hold.network))]


def one_hold_each(tx: Tx, performance: str, *, now: int) -> None:
    here = sa.update(Performance).where(Performance.id == performance)
    tx.execute(here.values(most_holds_per_client=1))


def test_a_hold_names_its_client_and_the_next_one_is_the_same_clients(
    world: Stage, client: Client
) -> None:
    first = hold(world, client, world.seats(1))
    cookie = first.headers["set-cookie"].lower()
    assert all(part in cookie for part in ("client=", "httponly", "samesite=lax", "path=/"))
    hold(world, client, world.seats(1, skip=1))
    assert len(set(holds(world))) == 1


def test_a_cookie_that_is_not_ours_is_a_new_client(world: Stage, client: Client) -> None:
    hold(world, client, world.seats(1))
    signed = client.cookies["client"]
    for n, odd in enumerate((signed[:-1], "a.b", ".", "", "é.x", f"x{signed}")):
        client.cookies.clear()
        client.cookies["client"] = odd.encode("ascii", "xmlcharrefreplace").decode()
        assert hold(world, client, world.seats(1, skip=n + 1)).status_code == 201
    assert len(set(holds(world))) == 7


def test_pages_that_all_may_share_set_no_cookie(world: Stage, client: Client) -> None:
    slug = world.slug(world.performance)
    for path in ("/", f"/performances/{slug}", f"/performances/{slug}/seats"):
        assert "set-cookie" not in client.get(path).headers


def test_too_many_holds_are_429_and_say_when_to_come_back(world: Stage, client: Client) -> None:
    world.desk.write_now(one_hold_each, world.performance)
    hold(world, client, world.seats(1))
    refused = hold(world, client, world.seats(1, skip=1))
    assert refused.status_code == 429
    assert refused.json()["type"] == "/problems/too-many-holds"
    assert 3590 <= int(refused.headers["retry-after"]) == refused.json()["retry_after"] <= 3600


def test_a_form_is_limited_as_a_program_is(world: Stage, client: Client) -> None:
    world.desk.write_now(one_hold_each, world.performance)
    address = f"/performances/{world.slug(world.performance)}/holds"
    assert client.post(address, data={"seats": world.seats(1)}).status_code == 303
    refused = client.post(address, data={"seats": world.seats(1, skip=1)})
    assert refused.status_code == 429
    assert re.search(r'role="alert">.*60 分钟', refused.text, re.DOTALL)


def test_a_hold_sent_again_with_its_key_is_the_same_hold(world: Stage, client: Client) -> None:
    first, second = (hold(world, client, world.seats(2), "k1") for _ in range(2))
    client.cookies.clear()  # the answer was lost, and with it the cookie
    third = hold(world, client, world.seats(2), "k1")
    assert [answer.status_code for answer in (first, second, third)] == [201] * 3
    assert first.json() == second.json() == third.json()
    assert len(holds(world)) == 1


def test_a_key_means_one_request_of_one_client(world: Stage, client: Client) -> None:
    hold(world, client, world.seats(1))
    assert hold(world, client, world.seats(1, skip=1), "k1").status_code == 201
    assert hold(world, client, world.seats(1, skip=1), "k1").status_code == 201
    other = hold(world, client, world.seats(1, skip=2), "k1")
    assert (other.status_code, other.json()["type"]) == (422, "/problems/idempotency-key-reused")
    client.cookies.clear()
    assert hold(world, client, world.seats(1, skip=2), "k1").status_code == 201
    assert len(holds(world)) == 3


def test_a_change_and_a_renewal_sent_again_are_done_once(world: Stage, client: Client) -> None:
    seats, key = world.seats(4), {"idempotency-key": "k2"}
    path = f"/api/holds/{hold(world, client, seats[:2]).json()['token']}"
    body = {"add": seats[2:], "drop": seats[:2]}
    changed = [client.patch(path, json=body, headers=key) for _ in range(2)]
    assert [answer.status_code for answer in changed] == [200, 200]
    assert changed[0].json() == changed[1].json()
    renewed = [client.post(f"{path}/renewals", headers={"idempotency-key": "k3"}) for _ in range(2)]
    assert [answer.json()["renewals_left"] for answer in renewed] == [1, 1]


def test_renewals_end_with_a_problem_of_their_own(world: Stage, client: Client) -> None:
    path = f"/api/holds/{hold(world, client, world.seats(1)).json()['token']}"
    answers = [client.post(f"{path}/renewals") for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 409]
    assert answers[2].json()["type"] == "/problems/no-more-renewals"
    assert client.get(path).json() == answers[1].json()
    assert client.post("/api/holds/nobody's/renewals").status_code == 404


def test_a_clash_names_the_seats_and_the_offer(world: Stage, client: Client) -> None:
    seats = world.seats(3)
    world.hold(seats[:1])
    refused = hold(world, client, seats[:2])
    assert refused.status_code == 409
    assert refused.json()["seats"] == seats[:1]
    assert hold(world, client, refused.json()["offer"]).status_code == 201


def elsewhere(client: Client) -> Client:
    """The same door, come to by another network and without a cookie."""
    client.cookies.clear()
    inner = client.app

    async def door(scope: Any, receive: Any, send: Any) -> None:
        await inner({**scope, "client": ("198.51.100.7", 50000)}, receive, send)

    client.app = door
    return client


def test_a_hold_sent_again_from_another_network_is_the_same_hold(
    world: Stage, client: Client
) -> None:
    """The first answer was lost, and with it the cookie: only the key knows who asks."""
    key, seats = "0197f3c2-8a51-7c3e-9d10-5b0c6a1f2e34", world.seats(2)
    first = hold(world, client, seats, key)
    assert hold(world, elsewhere(client), seats, key).json() == first.json()
    assert len(holds(world)) == 1


def test_a_short_key_does_not_make_two_strangers_one(world: Stage, client: Client) -> None:
    seats = world.seats(2)
    assert hold(world, client, seats, "1").status_code == 201
    assert hold(world, elsewhere(client), seats, "1").status_code == 409
