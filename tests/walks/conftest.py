"""The whole house for the walks; a module shares one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import databases
from whole_house import House, open_house


@pytest.fixture(scope="module")
def house(seeded_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    url = databases.sqlite_copy(seeded_sqlite, tmp_path_factory.mktemp("house"))
    with open_house(url) as house:
        yield house
