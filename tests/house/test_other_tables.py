"""No command guesses what tables of another version mean, and none has a word less than a sentence for it."""

import io
from pathlib import Path

import pytest

from house.test_migrations import run
from servers import SECRET_KEY
from ticketing.cli.main import main
from ticketing.desk.schema import newest
from ticketing.world.load import shipped

COMMANDS = (
    ("verify",), ("rounds",), ("backup", "copy.db"), ("plan", "export", "black-box"),
    ("report", "sales", "--performance", "x"), ("token", "create", "--role", "usher"),
    ("staff", "add", "mei@example.org", "--role", "usher"), ("key", "rotate"),
)  # fmt: skip
MIGRATES = (("migrate",), ("seed", str(shipped())), ("seed",))


@pytest.fixture
def house(url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    for name, value in (("DATABASE_URL", url), ("SECRET_KEY", SECRET_KEY)):
        monkeypatch.setenv(f"TICKETING_{name}", value)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO("a password that is long\n"))
    return url


def at(url: str, step: str) -> None:
    run(url, f"UPDATE alembic_version SET version_num = '{step}'")


Capture = pytest.CaptureFixture[str]


def test_tables_of_a_newer_version_are_left_alone(house: str, capsys: Capture) -> None:
    at(house, "9999")
    for words in (*COMMANDS, *MIGRATES):
        assert main(words) == 2, words
        said = capsys.readouterr()
        assert (said.out, said.err) == (
            "",
            "ticketing: the database's tables are at 9999, this version knows no further than"
            f" {newest()}: use the newer version that made them. Nothing was changed.\n",
        ), words


def test_tables_of_an_older_version_want_a_backup_and_migrate(house: str, capsys: Capture) -> None:
    at(house, "0018")
    for words in COMMANDS:
        assert main(words) == 2, words
        said = capsys.readouterr()
        assert not said.out
        assert "back up with the version that made them, then run `ticketing migrate`" in said.err


def test_a_database_without_tables_is_told_to_migrate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    (tmp_path / "new.db").touch()
    monkeypatch.setenv("TICKETING_DATABASE_URL", f"sqlite:///{tmp_path}/new.db")
    assert main(["verify"]) == 2
    assert "no tables yet: run `ticketing migrate` first" in capsys.readouterr().err
