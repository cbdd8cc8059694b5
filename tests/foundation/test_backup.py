"""A copy of a house, and the house from its copy, from and to both databases."""

import resource
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import databases
from stage import Stage
from ticketing.audit.verify import verify
from ticketing.desk.backup import back_up
from ticketing.desk.restore import restore
from ticketing.desk.schema import Unable, upgrade

Rows = dict[str, list[tuple[Any, ...]]]


def rows(url: str) -> Rows:
    """Return every row of every table, sorted."""
    engine, tables = sa.create_engine(url), sa.MetaData()
    with engine.connect() as connection:
        tables.reflect(connection)
        found = {
            name: sorted(map(tuple, connection.execute(sa.select(*by_name(table)))), key=repr)
            for name, table in tables.tables.items()
        }
    engine.dispose()
    return found


def by_name(table: sa.Table) -> list[sa.Column[Any]]:
    """A column that was added by a migration stands last there, and elsewhere in new tables."""
    return sorted(table.columns, key=lambda column: column.name)


@pytest.fixture
def sold(world: Stage) -> Stage:
    """A house with something of everything in it."""
    world.buy(world.seats(2))
    world.place(world.hold_on_the_lawn(3), gateway="free")
    world.hold(world.seats(1, skip=5))
    return world


@pytest.fixture
def copy(sold: Stage, tmp_path: Path) -> Path:
    target = tmp_path / "copy"
    assert back_up(sold.desk.url, target, verify) == []
    return target


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.pg)])
def elsewhere(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/elsewhere.db"
    else:
        folder = request.getfixturevalue("cluster")
        with databases.postgres_copy(folder, "template1") as url:
            yield url


def test_a_house_restored_elsewhere_is_the_same_to_the_last_row(
    sold: Stage, copy: Path, elsewhere: str
) -> None:
    assert restore(elsewhere, copy, verify) == []
    assert rows(elsewhere) == rows(sold.desk.url)


def test_a_backup_is_one_file_for_its_owner_alone(copy: Path) -> None:
    assert stat.S_IMODE(copy.stat().st_mode) == 0o600
    assert [path.name for path in copy.parent.iterdir() if "copy" in path.name] == ["copy"]


def test_a_backup_never_overwrites_a_file(sold: Stage, tmp_path: Path) -> None:
    (tmp_path / "letter").write_text("dear Mei")
    with pytest.raises(Unable, match="exists already"):
        back_up(sold.desk.url, tmp_path / "letter", verify)
    assert (tmp_path / "letter").read_text() == "dear Mei"


def test_a_copy_that_cannot_be_proved_gets_no_name(sold: Stage, tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        back_up(sold.desk.url, tmp_path / "copy", lambda tx: 1 // 0)
    assert {path.name for path in tmp_path.iterdir()} <= {"test.db", "test.db-wal", "test.db-shm"}


def test_what_does_not_hold_is_told_of_the_copy(sold: Stage, tmp_path: Path) -> None:
    damage(sold.desk.url, "UPDATE headcount SET live = live + 1 WHERE live > 0")
    (failure,) = back_up(sold.desk.url, tmp_path / "copy", verify)
    assert failure.name == "headcount_is_right"


def damage(url: str, text: str) -> None:
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.text(text))
    engine.dispose()


def test_a_database_with_tables_is_replaced_only_by_consent(sold: Stage, copy: Path) -> None:
    before = rows(sold.desk.url)
    sold.buy(sold.seats(2, skip=8))
    after = rows(sold.desk.url)
    with pytest.raises(Unable, match="--replace"):
        restore(sold.desk.url, copy, verify)
    assert rows(sold.desk.url) == after != before
    assert restore(sold.desk.url, copy, verify, replace=True) == []
    assert rows(sold.desk.url) == before


def test_a_restore_that_breaks_off_leaves_what_was_there(sold: Stage, copy: Path) -> None:
    sold.buy(sold.seats(2, skip=8))
    before = rows(sold.desk.url)
    with pytest.raises(ZeroDivisionError):
        restore(sold.desk.url, copy, lambda tx: 1 // 0, replace=True)
    assert rows(sold.desk.url) == before


@pytest.mark.parametrize("world_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("break_", "said"),
    [
        (lambda file: file.write_bytes(b"dear Mei" * 999), "is not a backup"),
        (lambda file: file.write_bytes(file.read_bytes()[:-50_000]), "is damaged|not a backup"),
        (lambda file: write(file, "DELETE FROM seat"), "is damaged"),
        (lambda file: write(file, "UPDATE alembic_version SET version_num = '9'"), "newer version"),
        (lambda file: write(file, "DROP TABLE alembic_version"), "no backup of this programme"),
        (lambda file: file.unlink(), "no such file"),
    ],
)
def test_what_is_no_backup_is_refused_and_changes_nothing(
    break_: Any, said: str, sold: Stage, copy: Path
) -> None:
    before = rows(sold.desk.url)
    break_(copy)
    with pytest.raises(Unable, match=said):
        restore(sold.desk.url, copy, verify, replace=True)
    assert rows(sold.desk.url) == before


def write(file: Path, text: str) -> None:
    with closing(sqlite3.connect(file)) as raw, raw:
        raw.execute(text)


def test_an_older_backup_is_brought_up_to_date(elsewhere: str, tmp_path: Path) -> None:
    old = tmp_path / "old.db"
    upgrade(f"sqlite:///{old}", "0001")
    assert restore(elsewhere, old, verify) == []
    assert restore(elsewhere, old, verify, replace=True) == []


def test_a_full_disk_is_a_sentence_and_leaves_nothing(sold: Stage, tmp_path: Path) -> None:
    """A file may grow to 64 kB here: then the disk is full, for whoever writes."""
    folder = tmp_path / "full"
    folder.mkdir()
    room = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (65_536, room[1]))
    try:
        with pytest.raises(
            Unable, match=r"no backup was made, .*house\.db cannot be written \(.+\)"
        ):
            back_up(sold.desk.url, folder / "house.db", verify)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, room)
    assert list(folder.iterdir()) == []
