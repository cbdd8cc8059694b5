from collections.abc import Iterator

import pytest

from evening import Evening, evening_of


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening
