"""Every room has its sign: a docstring of three to six lines in __init__.py, and no code."""

import ast
from pathlib import Path

import pytest

import ticketing

ROOMS = sorted(path.parent for path in Path(*ticketing.__path__).glob("*/__init__.py"))


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_a_room_says_what_is_kept_who_writes_it_and_what_it_promises(room: Path) -> None:
    assert faults((room / "__init__.py").read_text()) == []


def test_every_folder_of_sources_is_a_room() -> None:
    folders = {path.parent for path in Path(*ticketing.__path__).glob("*/*.py")}
    assert folders == set(ROOMS)


@pytest.mark.parametrize(
    "sign", ["", '"""Too short."""', '"""1\n2\n3\n4\n5\n6\n7"""', '"""1\n2\n3"""\nimport os']
)
def test_control_a_bad_sign_is_found(sign: str) -> None:
    assert faults(sign) != []


def faults(text: str) -> list[str]:
    tree = ast.parse(text)
    lines = (ast.get_docstring(tree) or "").splitlines()
    code = tree.body[1:] if lines else tree.body
    found = [] if 3 <= len(lines) <= 6 else [f"a sign has 3 to 6 lines, this one has {len(lines)}"]
    return found + [f"no code: line {node.lineno}" for node in code]
