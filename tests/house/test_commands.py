"""Every command with each kind of wrong input: a sentence on stderr, an exit code, never a traceback.

The commands are found on the parser, so a new one is walked as well.
"""

import argparse
import errno
import io
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typing_extensions import override

from servers import environment
from ticketing.cli.main import main, parser
from ticketing.desk.desk import open_desk
from ticketing.tickets.keys import ensure_key


def leaves(of: argparse.ArgumentParser, words: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Return the words of every command, with what it cannot do without: FILE, or its metavar."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield from leaves(inner, (*words, name))
            return
    needed: list[str] = []
    for action in of._actions:
        if action.required or not action.option_strings:
            value = next(iter(action.choices or [action.metavar or action.dest]))
            needed += [*action.option_strings[:1], str(value)]
    yield (*words, *needed)


BEGINS = "from ticketing.cli.main import main; print('begun', flush=True); exit(main())"
ADD = ["staff", "add", "mei@nanhu.test", "--role", "usher"]
COMMANDS = sorted(leaves(parser()))
GARBAGE = bytes(range(256)) * 40
MAKES_TABLES = {"migrate", "seed", "restore", "plan"}
WRITES_ITS_FILE = {"backup"}


def no_tables(folder: Path) -> dict[str, str]:
    (folder / "bare.db").touch()
    return {"DATABASE_URL": f"sqlite:///{folder}/bare.db"}


def no_database(folder: Path) -> dict[str, str]:
    (folder / "bare.db").write_bytes(GARBAGE)
    return {"DATABASE_URL": f"sqlite:///{folder}/bare.db"}


DATABASES: dict[str, Callable[[Path], dict[str, str]]] = {
    "no tables": no_tables,
    "no database": no_database,
    "a folder": lambda folder: {"DATABASE_URL": f"sqlite:///{folder}"},
    "under a file": lambda folder: {"DATABASE_URL": f"sqlite:///{__file__}/x.db"},
    "no server": lambda _: {"DATABASE_URL": "postgresql+psycopg://u:geheim@127.0.0.1:9/x"},
    "no option": lambda _: {"DATABASE_URL": "postgresql+psycopg://u:geheim@/x?nonsense=1"},
    "another driver": lambda _: {"DATABASE_URL": "postgresql://u:geheim@127.0.0.1/x"},
    "another kind": lambda _: {"DATABASE_URL": "mysql://u:geheim@127.0.0.1/x"},
    "no address": lambda _: {"DATABASE_URL": "geheim"},
    "no port": lambda _: {"DATABASE_URL": "postgresql+psycopg://u:geheim@h:port/x"},
    "in memory": lambda _: {"DATABASE_URL": "sqlite://"},
    "no text": lambda _: {"DATABASE_URL": "sqlite:///geheim\udcff.db"},
}


def key_of_another(folder: Path) -> dict[str, str]:
    """A database whose keys were sealed with another secret key, and which is up to date."""
    desk = open_desk(f"sqlite:///{folder}/house.db")
    desk.write_now(ensure_key, "the house's own key")
    desk.close()
    return {}


SETTINGS: dict[str, Callable[[Path], dict[str, str]]] = {
    "another key": key_of_another,
    "no key": lambda _: {"SECRET_KEY": ""},
    "a key that is no text": lambda _: {"SECRET_KEY": "geheim\udcff"},
    "a mail server": lambda _: {"SMTP_URL": "smtp://mei:geheim/@host"},
    "half of Stripe": lambda _: {"STRIPE_API_KEY": "sk_live_geheim"},
}
NEEDS_SETTINGS = {"serve", "rounds", "key"}


def missing(folder: Path) -> Path:
    return folder / "missing.yaml"


def garbage(folder: Path) -> Path:
    (folder / "garbage.yaml").write_bytes(GARBAGE)
    return folder / "garbage.yaml"


def a_folder(folder: Path) -> Path:
    (folder / "folder.yaml").mkdir()
    return folder / "folder.yaml"


def empty(folder: Path) -> Path:
    (folder / "empty.yaml").touch()
    return folder / "empty.yaml"


FILES: dict[str, Callable[[Path], Path]] = {
    "missing": missing,
    "a folder": a_folder,
    "under a file": lambda _: Path(__file__) / "x.yaml",
    "garbage": garbage,
    "empty": empty,
    "a name without text": lambda folder: folder / "\udcff.yaml",
}


class Full(io.StringIO):
    """An output whose disk is full: what was printed is not taken when it is sent on."""

    buffer = io.BytesIO()

    def reconfigure(self, **_: str) -> None: ...

    @override
    def flush(self) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def house(tmp_path: Path, empty_sqlite: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a database that has tables; nobody sits at a terminal, nothing is served."""
    for name in [name for name in os.environ if name.startswith("TICKETING_")]:
        monkeypatch.delenv(name)
    shutil.copyfile(empty_sqlite, tmp_path / "house.db")
    monkeypatch.setenv("TICKETING_DATABASE_URL", f"sqlite:///{tmp_path}/house.db")
    monkeypatch.setenv("TICKETING_SECRET_KEY", "a secret key for tests alone")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    monkeypatch.setattr("ticketing.cli.serve.run", lambda config: 0)
    handlers, signals = logging.root.handlers[:], (signal.SIGINT, signal.SIGTERM)
    before = [signal.getsignal(each) for each in signals]
    yield tmp_path
    logging.root.handlers[:] = handlers
    for each, handler in zip(signals, before, strict=True):
        signal.signal(each, handler)


def asked(words: tuple[str, ...], file: Path | str) -> list[str]:
    return [str(file) if word == "FILE" else word for word in words]


def speaks(capsys: pytest.CaptureFixture[str], code: int) -> str:
    """Return the sentences on stderr; they are sentences, and there only if it was not done."""
    said = capsys.readouterr().err
    assert all(line.startswith("ticketing: ") for line in said.splitlines()), said
    assert "Traceback" not in said
    assert "should not happen" not in said
    assert "geheim" not in said
    assert bool(said) == (code == 2), said
    return said


@pytest.mark.parametrize("trouble", DATABASES)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_wrong_database_is_named(
    words: tuple[str, ...], trouble: str, house: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, value in DATABASES[trouble](house).items():
        monkeypatch.setenv(f"TICKETING_{name}", value)
    monkeypatch.setattr("sys.stdin", io.StringIO("a long password for tests\n"))
    code = main(asked(words, house / "missing.yaml"))
    speaks(capsys, code)
    assert code == 2 or (trouble == "no tables" and words[0] in MAKES_TABLES)


@pytest.mark.parametrize("trouble", SETTINGS)
@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_wrong_setting_is_named_by_who_needs_it(
    words: tuple[str, ...], trouble: str, house: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    for name, value in SETTINGS[trouble](house).items():
        monkeypatch.setenv(f"TICKETING_{name}", value)
    code = main(asked(words, house / "missing.yaml"))
    speaks(capsys, code)
    assert code == 2 or words[0] not in NEEDS_SETTINGS


@pytest.mark.parametrize("trouble", FILES)
@pytest.mark.parametrize("words", [each for each in COMMANDS if "FILE" in each], ids=" ".join)
def test_a_wrong_file_is_named(
    words: tuple[str, ...], trouble: str, house: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = FILES[trouble](house)
    code = main(asked(words, path))
    said = speaks(capsys, code)
    assert code == 2 or words[0] in WRITES_ITS_FILE
    if said and not {"export", "restore"} & set(words):  # a plan's name; a database in the way
        assert path.name.encode(errors="backslashreplace").decode() in said


def test_without_a_terminal_or_a_line_no_password_is_made_up(
    house: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(ADD) == 2
    monkeypatch.setattr("sys.stdin", None)
    assert main(ADD) == 2
    assert capsys.readouterr().err.count("ticketing: no password was given") == 2


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_an_output_that_takes_nothing_is_said(
    words: tuple[str, ...], house: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.setattr("sys.stdout", Full())
    code = main(asked(words, house / "missing.yaml"))
    speaks(capsys, code)
    assert code == 2 or words[0] == "rounds"  # which says nothing
    monkeypatch.setattr("sys.stdout", None)
    assert main(asked(words, house / "missing.yaml")) == 2


@pytest.mark.parametrize("how", [">&-", "> /dev/full", "| true", "<&-", "2>&-"])
def test_what_python_says_as_it_ends_is_one_sentence_too(how: str, house: Path) -> None:
    line = f"{{ {sys.executable} -m ticketing token create --role usher {how}; }}"
    done = subprocess.run(
        ["/bin/bash", "-o", "pipefail", "-c", line], capture_output=True, text=True, check=False,
        env=environment(f"sqlite:///{house}/house.db"), cwd=house,
    )  # fmt: skip
    fails = how not in ("<&-", "2>&-", "| true")
    assert (done.returncode, len(done.stderr.splitlines())) == ((2, 1) if fails else (0, 0)) or (
        how == "| true" and done.stderr.startswith("ticketing: whoever was to read this has gone")
    )
    assert "Exception" not in done.stderr


def hears_ctrl_c() -> None:
    """As at a terminal: a suite that runs in the background of a shell hands on that nobody does."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.mark.parametrize("wait", [0.05, 0.5, 2])
def test_ctrl_c_stops_a_command_at_any_moment(wait: float, house: Path) -> None:
    command = subprocess.Popen(
        [sys.executable, "-c", BEGINS, *ADD],
        env=environment(f"sqlite:///{house}/house.db"), cwd=house, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=hears_ctrl_c,
    )  # fmt: skip
    assert command.stdout
    assert command.stdout.readline() == "begun\n"
    time.sleep(wait)
    command.send_signal(signal.SIGINT)
    _, said = command.communicate(timeout=60)
    assert (command.returncode, said) == (130, "ticketing: stopped.\n")


def test_the_version_is_told_without_settings(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("ticketing 0.")
