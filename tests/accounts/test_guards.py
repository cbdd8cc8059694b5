import re

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from accounts.conftest import PASSWORD, Hire
from ticketing.accounts.doors.guards import works_here
from ticketing.accounts.models import Role
from ticketing.accounts.queries import Actor, actor_by_session, actor_by_token
from ticketing.accounts.tokens import create_token, revoke_token
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import SetClock
from ticketing.web.guards import routes

Client = TestClient[Litestar]
LADDER = [Role.USHER, Role.SUPERVISOR, Role.BOX_OFFICE, Role.ORGANISER, Role.ADMIN]


def bearer(desk: Desk, role: Role) -> dict[str, str]:
    token = desk.write_now(create_token, "program", role, by="test")
    return {"authorization": f"Bearer {token}"}


def signed_in(client: Client, desk: Desk, clock: SetClock) -> Actor:
    client.post("/sign-in", data={"email": "mei@nanhu.test", "password": PASSWORD})
    actor = desk.read_now(actor_by_session, client.cookies["session"], clock.now())
    assert actor is not None
    return actor


@pytest.mark.parametrize("place", range(5))
def test_a_role_opens_its_own_doors_and_those_below(client: Client, desk: Desk, place: int) -> None:
    headers = bearer(desk, LADDER[place])
    opened = [client.get(f"/api/rooms/{role}", headers=headers).status_code for role in LADDER]
    assert opened == [200] * (place + 1) + [403] * (4 - place)


def test_pages_and_programs_are_refused_alike_for_a_wrong_role(client: Client, desk: Desk) -> None:
    headers = bearer(desk, Role.USHER)
    page = client.get("/rooms/admin", headers=headers)
    program = client.get("/api/rooms/admin", headers=headers)
    assert (page.status_code, program.status_code) == (403, 403)
    assert program.headers["content-type"] == "application/problem+json"
    assert "你的身份不能做这件事" in page.text


@pytest.mark.parametrize(
    "header", ["Bearer wrong", "Bearer ", "bearer", "Basic dXNoZXI6dXNoZXI=", "Bearer \u00ff", ""]
)
def test_a_wrong_bearer_opens_nothing(client: Client, header: str) -> None:
    answer = client.get("/api/rooms/usher", headers={b"authorization": header.encode("latin-1")})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in-needed")


def test_a_revoked_bearer_opens_nothing(client: Client, desk: Desk) -> None:
    headers = bearer(desk, Role.USHER)
    assert client.get("/api/rooms/usher", headers=headers).status_code == 200
    actor = desk.read_now(actor_by_token, headers["authorization"].removeprefix("Bearer "))
    assert actor is not None
    desk.write_now(revoke_token, actor.id.removeprefix("token:"), by="test")
    assert client.get("/api/rooms/usher", headers=headers).status_code == 401


def test_a_bad_bearer_is_not_excused_by_a_good_session(
    client: Client, desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    signed_in(client, desk, clock)
    answer = client.get("/api/rooms/usher", headers={"authorization": "Bearer wrong"})
    assert answer.status_code == 401


def test_a_program_posts_without_a_csrf_token(client: Client, desk: Desk) -> None:
    answer = client.post("/api/rooms/usher", headers=bearer(desk, Role.USHER))
    assert answer.status_code == 200
    assert answer.text.startswith("token:")


def test_the_actor_is_told_to_the_door(
    client: Client, desk: Desk, clock: SetClock, hire: Hire
) -> None:
    staff_id = hire("mei@nanhu.test")
    actor = signed_in(client, desk, clock)
    answer = client.post("/rooms/usher", headers={"x-csrftoken": actor.csrf_token or ""})
    assert answer.text == f"staff:{staff_id}"


@pytest.mark.parametrize(
    "given", [{}, {"_csrf_token": ""}, {"_csrf_token": "wrong"}, {"_csrf_token": "é\u202e"}]
)
def test_a_form_without_the_sessions_csrf_token_is_refused(
    client: Client, desk: Desk, clock: SetClock, hire: Hire, given: dict[str, str]
) -> None:
    hire("mei@nanhu.test")
    signed_in(client, desk, clock)
    page, program = (client.post(f"{at}/rooms/usher", data=given) for at in ("", "/api"))
    assert (page.status_code, program.status_code) == (403, 403)
    assert program.json()["type"] == "/problems/csrf-token-wrong"


def test_the_right_csrf_token_passes_in_form_and_header(
    client: Client, desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    token = signed_in(client, desk, clock).csrf_token or ""
    by_form = client.post("/rooms/usher", data={"_csrf_token": token})
    by_part = client.post("/rooms/usher", files={"_csrf_token": (None, token)})
    by_header = client.post("/rooms/usher", headers={"x-csrftoken": token}, json={"any": "thing"})
    assert [by_form.status_code, by_part.status_code, by_header.status_code] == [200, 200, 200]


def test_another_sessions_csrf_token_is_refused(
    client: Client, desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    old = signed_in(client, desk, clock).csrf_token or ""
    signed_in(client, desk, clock)
    assert client.post("/rooms/usher", data={"_csrf_token": old}).status_code == 403


def test_every_door_names_the_role_it_asks_for(client: Client) -> None:
    asked = {path: named for method, path, named in routes(client.app) if path.startswith("/rooms")}
    assert asked == {
        "/rooms/usher": "usher or higher",
        "/rooms/supervisor": "supervisor or higher",
        "/rooms/box_office": "box_office or higher",
        "/rooms/organiser": "organiser or higher",
        "/rooms/admin": "admin",
    }
    assert works_here(Role.USHER) is works_here(Role.USHER)


def test_whoever_is_not_signed_in_is_led_to_the_entrance(client: Client) -> None:
    answer = client.get("/rooms/usher?day=2026-05-23&q=天 地")
    assert answer.status_code == 303
    assert re.match(
        r"/sign-in\?next=%2Frooms%2Fusher%3Fday%3D2026-05-23%26q%3D", answer.headers["location"]
    )


def test_a_post_without_a_session_is_led_to_the_entrance_and_not_back(client: Client) -> None:
    answer = client.post("/rooms/usher")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


@pytest.mark.parametrize("path", ["/api/rooms/usher", "/rooms/usher"])
def test_a_program_is_told_that_it_is_not_signed_in(client: Client, path: str) -> None:
    answer = client.get(path, headers={"accept": "application/problem+json"})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/sign-in-needed")
