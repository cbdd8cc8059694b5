"""Fixtures: every test that asks for a desk runs on SQLite and on PostgreSQL."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, sync_playwright

import databases
import postgres
from servers import Server, serving, token
from stage import Stage, fill, stage
from ticketing.desk.desk import Desk, open_desk

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
]  # fmt: skip

databases.import_every_model()
settings.register_profile("shared", deadline=None)  # other tests run beside it
settings.load_profile("shared")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    with postgres.running() as folder:
        yield folder
        databases.hang_up(folder)


@pytest.fixture(scope="session")
def empty_postgres(cluster: str) -> str:
    databases.make_tables(databases.create_database(cluster, "empty"))
    return "empty"


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("empty") / "empty.db"
    databases.make_tables(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with tables and nothing in them."""
    if request.param == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("empty_sqlite"), tmp_path)
    else:
        folder = request.getfixturevalue("cluster")
        with databases.postgres_copy(folder, request.getfixturevalue("empty_postgres")) as name:
            yield name


@pytest.fixture
def desk(url: str) -> Iterator[Desk]:
    desk = open_desk(url)
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def seeded_postgres(cluster: str, empty_postgres: str) -> str:
    fill(databases.create_database(cluster, "seeded", empty_postgres))
    return "seeded"


@pytest.fixture(scope="session")
def seeded_sqlite(empty_sqlite: Path) -> Path:
    path = Path(shutil.copyfile(empty_sqlite, empty_sqlite.with_name("seeded.db")))
    fill(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database with the shipped programme, nothing sold."""
    if request.param == "sqlite":
        yield databases.sqlite_copy(request.getfixturevalue("seeded_sqlite"), tmp_path)
    else:
        folder = request.getfixturevalue("cluster")
        with databases.postgres_copy(folder, request.getfixturevalue("seeded_postgres")) as name:
            yield name


@pytest.fixture
def world(world_url: str) -> Iterator[Stage]:
    desk = open_desk(world_url)
    yield stage(desk)
    desk.close()


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """The real command serving the whole demo; a module shares it."""
    folder = tmp_path_factory.mktemp("server")
    url = f"sqlite:///{folder}/demo.db"
    if request.param == "postgresql":
        url = databases.create_database(request.getfixturevalue("cluster"), folder.name)
    with serving(url, folder) as running:
        yield running


@pytest.fixture(scope="module")
def tokens(server: Server) -> dict[str, str]:
    """Bearer tokens by role."""
    return {role: token(server.database, server.folder, role) for role in ("usher", "organiser")}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, chromium_sandbox=os.geteuid() != 0, args=FLAGS
        )
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(locale="zh-CN", timezone_id="Asia/Shanghai")
    yield context.new_page()
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright's sync API leaves a running event loop in its thread."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
