"""What makes a server not ready, each fault a real one."""

from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from typing import Any

import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

import databases
import postgres
from ticketing.app import create_app
from ticketing.config import Settings
from ticketing.desk.desk import open_desk
from ticketing.desk.diary import note
from ticketing.foundation.clock import HOUR, Clock, SetClock, SystemClock

Client = TestClient[Any]
on_postgresql = pytest.mark.parametrize(
    "url", [pytest.param("postgresql", marks=pytest.mark.pg)], indirect=True
)


@contextmanager
def served(url: str, clock: Clock | None = None, **settings: Any) -> Iterator[Client]:
    with TestClient(made(url, clock, **settings)) as client:
        yield client


def made(url: str, clock: Clock | None = None, **settings: Any) -> Any:
    return create_app(Settings(database_url=url, secret_key="x", **settings), clock)


def wrong(client: Client) -> dict[str, str]:
    answer = client.get("/health/ready")
    assert answer.status_code == (503 if "wrong" in answer.json() else 200)
    assert client.get("/health/live").json() == {"status": "live"}
    return dict(answer.json().get("wrong", {}))


def test_a_sound_server_is_ready(url: str) -> None:
    with served(url) as client:
        assert wrong(client) == {}


def test_tables_of_another_version_make_it_not_ready(url: str) -> None:
    with served(url) as client:
        engine = sa.create_engine(url)
        with engine.begin() as connection:
            connection.execute(sa.text("UPDATE alembic_version SET version_num = '9'"))
        engine.dispose()
        assert wrong(client).keys() == {"tables"}


class WrongClock:
    def __init__(self, off: int) -> None:
        self.off = off

    def now(self) -> int:
        return SystemClock().now() + self.off


@on_postgresql
@pytest.mark.parametrize(
    ("off", "faults"), [(1_500, set()), (60_000, {"clock"}), (-60_000, {"clock"})]
)
def test_a_clock_two_seconds_off_the_databases(url: str, off: int, faults: set[str]) -> None:
    with served(url, WrongClock(off)) as client:
        assert wrong(client).keys() == faults


def test_a_clock_that_was_set_back_is_behind_the_diary(url: str) -> None:
    with closing(open_desk(url, SetClock(SystemClock().now() + HOUR))) as ahead:
        ahead.write_now(note, "test", "x", by="test")
    with served(url) as client:
        assert "behind the newest entry" in wrong(client)["clock"]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
def test_a_full_disk(url: str) -> None:
    with served(url, least_free_mb=10**9) as client:
        assert wrong(client).keys() == {"disk"}


def test_a_caretaker_that_stopped(url: str) -> None:
    app = made(url)
    with TestClient(app) as client:
        with client.portal() as portal:
            portal.call(app.app.app.state.caretaker.cancel)
        assert wrong(client).keys() == {"caretaker"}


def test_a_caretaker_whose_rounds_do_not_end(url: str) -> None:
    app = made(url)
    with TestClient(app) as client:
        app.app.app.state.metrics.round_ended -= 70
        assert wrong(client).keys() == {"caretaker"}


@pytest.mark.pg
def test_a_database_that_is_gone() -> None:
    with ExitStack() as cluster:
        url = databases.create_database(cluster.enter_context(postgres.running()), "gone")
        databases.make_tables(url)
        with served(url) as client:
            assert wrong(client) == {}
            cluster.close()
            assert wrong(client).keys() == {"database"}
