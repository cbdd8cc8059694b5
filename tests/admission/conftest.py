from collections.abc import Iterator

import pytest

from at_the_door import Door, door_of
from evening import Evening, evening_of


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening


@pytest.fixture
def door(evening: Evening) -> Iterator[Door]:
    with door_of(evening) as door:
        yield door
