import re

import pytest
import sqlalchemy as sa
from litestar import Litestar
from litestar.testing import TestClient

from accounts.conftest import PASSWORD, Hire, entrance
from ticketing.accounts.first_run import make_setup_token
from ticketing.accounts.models import Role, StaffSession
from ticketing.accounts.sign_in import MOST_FOR_ADDRESS
from ticketing.desk.desk import Desk
from ticketing.foundation.clock import SetClock
from ticketing.foundation.front import Front
from ticketing.web.middleware import FrontDoor

Client = TestClient[Litestar]
MEI = {"email": "mei@nanhu.test", "password": PASSWORD}


def sessions(desk: Desk) -> int:
    count = sa.select(sa.func.count(StaffSession.digest))
    return desk.read_now(lambda tx: int(tx.execute(count).scalar_one()))


@pytest.mark.parametrize(
    ("role", "work"),
    [(Role.USHER, "/door"), (Role.SUPERVISOR, "/door"), (Role.BOX_OFFICE, "/office"), (Role.ADMIN, "/office")],
)  # fmt: skip
def test_each_role_comes_to_where_it_works(
    client: Client, hire: Hire, role: Role, work: str
) -> None:
    hire("mei@nanhu.test", role)
    answer = client.post("/sign-in", data=MEI)
    assert (answer.status_code, answer.headers["location"]) == (303, work)


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Client, hire: Hire) -> None:
    hire("mei@nanhu.test")
    cookie = client.post("/sign-in", data=MEI).headers["set-cookie"]
    assert re.fullmatch(
        r"session=[a-z2-7]{32}; HttpOnly; Max-Age=43200; Path=/; SameSite=lax", cookie
    )


def test_on_https_the_cookie_never_travels_open(desk: Desk, clock: SetClock, hire: Hire) -> None:
    hire("mei@nanhu.test")
    app = entrance(desk, clock, base_url="https://nanhu.test")
    with TestClient(app, base_url="https://testserver.local") as client:
        answer = client.post("/sign-in", data=MEI, follow_redirects=False)
    assert "Secure" in answer.headers["set-cookie"]


def test_every_sign_in_gives_another_session_and_ends_the_last(
    client: Client, desk: Desk, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    client.post("/sign-in", data=MEI)
    first = client.cookies["session"]
    client.post("/sign-in", data=MEI)
    assert client.cookies["session"] != first
    assert sessions(desk) == 1


def test_a_session_chosen_by_somebody_else_never_opens_anything(client: Client, hire: Hire) -> None:
    hire("mei@nanhu.test")
    chosen = {"cookie": "session=chosenbyanattackerchosenbyanatt"}
    answer = client.post("/sign-in", data=MEI, headers=chosen)
    assert answer.status_code == 303
    client.cookies.clear()
    assert client.get("/api/rooms/usher", headers=chosen).status_code == 401


def test_signing_out_ends_the_session_in_the_database(
    client: Client, desk: Desk, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    client.post("/sign-in", data=MEI)
    kept = {"cookie": f"session={client.cookies['session']}"}
    token = desk.read_now(lambda tx: tx.execute(sa.select(StaffSession.csrf_token)).scalar_one())
    assert client.post("/sign-out").status_code == 403
    answer = client.post("/sign-out", data={"_csrf_token": token})
    assert (answer.status_code, "Max-Age=0" in answer.headers["set-cookie"]) == (303, True)
    assert sessions(desk) == 0
    assert client.get("/api/rooms/usher", headers=kept).status_code == 401


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(
    client: Client, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    wrong = client.post("/sign-in", data=MEI | {"password": "a wrong password"})
    unknown = client.post("/sign-in", data=MEI | {"email": "lan@nanhu.test"})
    assert (wrong.status_code, unknown.status_code) == (401, 401)
    assert wrong.text == unknown.text.replace("lan@", "mei@")
    assert "邮箱或密码不对" in wrong.text
    assert "session" not in client.cookies


def test_after_too_many_attempts_even_the_right_password_waits(
    client: Client, clock: SetClock, hire: Hire
) -> None:
    hire("mei@nanhu.test")
    for _ in range(MOST_FOR_ADDRESS):
        client.post("/sign-in", data=MEI | {"password": "a wrong password"})
    answer = client.post("/sign-in", data=MEI)
    assert (answer.status_code, "15 分钟" in answer.text) == (429, True)
    clock.forward(15 * 60_000)
    assert client.post("/sign-in", data=MEI).status_code == 303


def test_the_page_wanted_opens_after_the_sign_in(client: Client, hire: Hire) -> None:
    hire("mei@nanhu.test")
    asked = client.get("/rooms/organiser?day=2026-05-23&q=天地")
    form = client.get(asked.headers["location"])
    wanted = re.search(r'name="next" value="([^"]*)"', form.text)
    assert wanted is not None
    answer = client.post("/sign-in", data=MEI | {"next": wanted[1].replace("&amp;", "&")})
    assert client.get(answer.headers["location"]).text == "梅"
    assert answer.headers["location"] == "/rooms/organiser?day=2026-05-23&q=%E5%A4%A9%E5%9C%B0"


@pytest.mark.parametrize(
    "foreign",
    [
        "https://evil.test/", "//evil.test", "///evil.test", "/\\evil.test", "\\\\evil.test", "evil.test",
        "/\t/evil.test", "/ok\r\nset-cookie: a=b", "javascript:alert(1)", " /office", "", "/" + "a" * 600,
    ],
)  # fmt: skip
def test_a_foreign_page_is_never_the_goal(client: Client, hire: Hire, foreign: str) -> None:
    hire("mei@nanhu.test")
    answer = client.post("/sign-in", data=MEI | {"next": foreign})
    assert (answer.status_code, answer.headers["location"]) == (303, "/office")


def test_another_site_cannot_sign_anybody_in(client: Client, hire: Hire) -> None:
    hire("mei@nanhu.test")
    answer = client.post("/sign-in", data=MEI, headers={"origin": "https://evil.test"})
    assert (answer.status_code, "session" in client.cookies) == (403, False)


@pytest.mark.parametrize(
    "bad",
    [
        b"email=mei%00%40nanhu.test&password=x", b"email=%ed%a0%80&password=%ff%fe", b"email=" + b"a" * 5000,
        b"%", b"", b"email=a&email=b", "email=👩‍🌾‮&password=‮".encode(), b"password=true&email=12",
    ],
)  # fmt: skip
def test_bad_input_is_answered_and_opens_nothing(client: Client, desk: Desk, bad: bytes) -> None:
    form = {"content-type": "application/x-www-form-urlencoded"}
    answer = client.post("/sign-in", content=bad, headers=form)
    assert answer.status_code in (400, 401, 422)
    assert sessions(desk) == 0


def test_what_was_typed_comes_back_as_text_and_the_password_never(client: Client) -> None:
    typed = {"email": '"><script>alert(1)</script>', "password": "hunter2", "next": '"><b>'}
    page = client.post("/sign-in", data=typed).text
    assert "&#34;&gt;&lt;script&gt;" in page
    assert not re.search(r"<script>alert|<b>|hunter2", page)


def test_the_entrance_speaks_both_languages(desk: Desk, clock: SetClock, hire: Hire) -> None:
    hire("mei@nanhu.test")
    with TestClient(FrontDoor(entrance(desk, clock))) as client:
        page = client.get("/en/sign-in")
        led = client.get("/en/rooms/usher", follow_redirects=False)
        answer = client.post("/en/sign-in", data=MEI, follow_redirects=False)
    assert "Staff sign-in" in page.text
    assert led.headers["location"] == "/en/sign-in?next=%2Fen%2Frooms%2Fusher"
    assert answer.headers["location"] == "/en/office"


def test_demo_sign_ins_are_shown_in_the_demo_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.app.state.demo_sign_ins = [("usher@demo.test", "a demo password", "usher")]
    assert "usher@demo.test" not in client.get("/sign-in").text
    monkeypatch.setattr(Front, "play", True)
    page = client.get("/sign-in").text
    assert "检票员" in page
    assert page.count("usher@demo.test") == 2  # to read, and in the form behind its button


def test_the_first_run_makes_an_admin_who_can_sign_in(client: Client, desk: Desk) -> None:
    token = desk.write_now(make_setup_token)
    assert client.get("/first-run").status_code == 200
    answer = client.post("/first-run", data=MEI | {"token": f" {token} ", "name": "林"})
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    client.post("/sign-in", data=MEI)
    assert client.get("/rooms/admin").text == "林"


def test_the_first_run_is_shut_once_it_is_done(client: Client, hire: Hire) -> None:
    hire("mei@nanhu.test")
    assert client.get("/first-run").headers["location"] == "/sign-in"
    assert client.post("/first-run", data=MEI | {"token": "any", "name": "x"}).status_code == 403


def test_a_refused_first_run_keeps_what_was_typed_but_the_password(
    client: Client, desk: Desk
) -> None:
    token = desk.write_now(make_setup_token)
    short = {"token": token, "name": "林", "email": "lin@nanhu.test", "password": "tooshort"}
    answer = client.post("/first-run", data=short)
    assert answer.status_code == 422
    assert "12 到 200 个字符" in answer.text
    assert "lin@nanhu.test" in answer.text
    assert "tooshort" not in answer.text
