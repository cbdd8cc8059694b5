"""What README and docs say exists: commands, targets, settings and the files they link to."""

import re
import shlex
from pathlib import Path

import pytest

import ticketing
from ticketing.cli.main import parser

ROOT = Path(__file__).parents[2]
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
COMMAND = re.compile(
    r"^    (.+?)(?:  +#.*)?$|`([^`\n]+)`", re.MULTILINE
)  # a block's line, or inline
VARIABLE = re.compile(r"TICKETING_([A-Z_]+)")
LINK = re.compile(r"(?:\]\(|src=\")([^)#:\"]+)[)\"]")


def said(first: str) -> set[str]:
    """Return every command in the docs that begins with this word."""
    found = (a or b for doc in DOCS for a, b in COMMAND.findall(doc.read_text()))
    plain = (re.sub(r"^(\w+=\S+ )+", "", text) for text in found)
    return {text for text in plain if text.split()[:1] == [first]}


@pytest.mark.parametrize("command", sorted(said("ticketing")))
def test_a_command_in_the_docs_is_one(command: str) -> None:
    words = shlex.split(command)[1:]
    if words != ["--version"]:  # which is no command: it says so and ends
        parser().parse_args(words)


@pytest.mark.parametrize("command", sorted(said("make")))
def test_a_target_in_the_docs_is_in_the_makefile(command: str) -> None:
    targets = re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text(), re.MULTILINE)
    assert command.split()[1] in targets


def test_the_docs_name_the_settings_that_are_read_and_no_others() -> None:
    config = Path(*ticketing.__path__, "config.py").read_text()
    named = {name for doc in DOCS for name in VARIABLE.findall(doc.read_text())}
    assert named == set(re.findall(r'variable\("([A-Z_]+)"', config))


def test_settings_are_read_in_one_place() -> None:
    sources = Path(*ticketing.__path__).rglob("*.py")
    readers = [path.name for path in sources if "os.environ" in path.read_text()]
    assert readers == ["config.py"]


@pytest.mark.parametrize("doc", DOCS, ids=lambda doc: doc.name)
def test_a_link_leads_somewhere(doc: Path) -> None:
    broken = [link for link in LINK.findall(doc.read_text()) if not (doc.parent / link).exists()]
    assert broken == []


def test_the_docs_were_read_at_all() -> None:
    assert {"ticketing migrate", "ticketing verify"} <= said("ticketing")
    assert {"make demo", "make test"} <= said("make")


def test_the_page_of_the_house_names_files_that_are_there() -> None:
    page = (ROOT / "docs/house.md").read_text()
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_]+\.(?:py|js))`", page))
    assert len(named) > 20
    places = ROOT / "src/ticketing", ROOT
    assert [name for name in named if not any((top / name).is_file() for top in places)] == []
    rooms = {path.parent.name for path in (ROOT / "src/ticketing").glob("*/__init__.py")}
    assert [room for room in rooms if f"{room}/" not in page] == []
