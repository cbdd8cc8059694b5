"""A house that has sold is brought up to date: from each past step, on both kinds of database, and back.

``past/`` has a house for each step, a dump of its backup, made by the code of that step: every act that it knew
was done there. One more is made by ``tools/past_house.py``.
"""

import lzma
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
import sqlalchemy as sa

import databases
from house.schema_dump import schema_dump
from stage import SECRET_KEY
from ticketing.audit.verify import verify
from ticketing.desk import schema
from ticketing.desk.backup import copy_rows, opened
from ticketing.desk.db import Tx
from ticketing.desk.desk import open_desk
from ticketing.desk.outbox import Letter
from ticketing.desk.restore import restore
from ticketing.letters.send import compose
from ticketing.tickets.keys import keyring

PAST = Path(__file__).with_name("past")
# Steps from here on belong to the version in the making and may still change; whoever releases it makes a house
# of its last step and sets this to the step that comes next.
IN_THE_MAKING = "0023"
BETWEEN = {"0019", "0020", "0021"}  # came out together with a later one: no house ever stood there
STEPS = [step for step in schema.steps() if step < IN_THE_MAKING and step not in BETWEEN]
KINDS = ("sqlite", "postgresql")
seen: dict[tuple[str, str], str] = {}


@pytest.fixture(scope="module", autouse=True)
def matrix() -> Iterator[None]:
    """Print, with -s, what became of each step on each kind."""
    yield
    print("\nstep  " + "".join(f"{kind:<24}" for kind in KINDS))
    for step in STEPS:
        print(f"{step}  " + "".join(f"{seen.get((step, kind), '-'):<24}" for kind in KINDS))


@pytest.fixture
def bare(url: str, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """A database without a table, of the kind that ``url`` is."""
    if url.startswith("sqlite"):
        yield f"sqlite:///{tmp_path}/bare.db"
    else:
        with databases.postgres_copy(request.getfixturevalue("cluster"), "template1") as name:
            yield name


@pytest.fixture(scope="module")
def houses(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("houses")


def past_house(step: str, folder: Path) -> Path:
    """Return the backup of the house that was at that step."""
    file = folder / f"{step}.db"
    if not file.exists():
        text = lzma.decompress((PAST / f"{step}.sql.xz").read_bytes()).decode()
        with closing(sqlite3.connect(file)) as raw:
            raw.executescript(text)
    return file


def put_there(url: str, file: Path) -> None:
    """The tables and rows as they were."""
    if url.startswith("sqlite"):
        shutil.copyfile(file, str(sa.make_url(url).database))
        return
    with opened(file) as copy, schema.changing(url) as live:
        schema.bring_to(live, file.stem)
        copy_rows(copy, live)


def letters_to_write(tx: Tx) -> int:
    """Compose what waits in the outbox: what an older version owed, this one has to write."""
    keys = keyring(tx, SECRET_KEY)
    rows = tx.execute(sa.select(Letter.__table__).where(Letter.sent_at.is_(None))).all()
    return len([compose(tx, row, keys, "https://box.example") for row in rows])


def test_each_step_has_a_house_that_sold() -> None:
    missing = [step for step in STEPS if not (PAST / f"{step}.sql.xz").exists()]
    assert not missing, f"No house of {missing} in {PAST.name}/: see tools/past_house.py."


@pytest.mark.parametrize("step", STEPS)
def test_it_is_migrated_and_its_backup_restored(
    step: str, houses: Path, bare: str, url: str
) -> None:
    file = past_house(step, houses)
    put_there(bare, file)
    schema.upgrade(bare)
    assert schema_dump(bare) == schema_dump(url)
    with closing(open_desk(bare)) as desk:
        assert desk.read_now(verify) == []
        written = desk.read_now(letters_to_write)
    assert restore(bare, file, verify, replace=True) == []
    seen[step, url.partition(":")[0].partition("+")[0]] = f"both hold, {written} letters"


@pytest.mark.parametrize("step", ["0001", "0010"])
def test_it_goes_back_with_all_its_foreign_keys(step: str, houses: Path, tmp_path: Path) -> None:
    """What later steps say more of a row is lost on that way, a reference never."""
    file = past_house(step, houses)
    url = f"sqlite:///{shutil.copyfile(file, tmp_path / 'house.db')}"
    schema.upgrade(url)
    schema.downgrade(url, step)
    assert schema_dump(url) == schema_dump(f"sqlite:///{file}")


@pytest.mark.parametrize("way", [schema.upgrade, partial(schema.downgrade, step="0016")])
def test_a_row_without_its_parent_stops_it_and_nothing_is_changed(
    way: Callable[[str], None], houses: Path, tmp_path: Path
) -> None:
    file = Path(shutil.copyfile(past_house("0017", houses), tmp_path / "house.db"))
    with closing(sqlite3.connect(file)) as raw:
        raw.execute("DELETE FROM hall WHERE slug = 'black-box'")
        raw.commit()
    before = schema_dump(f"sqlite:///{file}")
    with pytest.raises(schema.Unable, match=r"\d+ of performance name no row of hall"):
        way(f"sqlite:///{file}")
    assert schema_dump(f"sqlite:///{file}") == before
