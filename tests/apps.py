"""Apps of a test's doors, used again: to make one takes longer than most tests do."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from litestar import Litestar
from litestar.datastructures import State

idle: dict[Callable[[], Litestar], list[Litestar]] = defaultdict(list)


@contextmanager
def app_with(state: dict[str, Any], make: Callable[[], Litestar]) -> Iterator[Litestar]:
    """Yield an app that nobody else uses, with this state and nothing of an earlier one."""
    app = idle[make].pop() if idle[make] else make()
    app.state = State(state)
    yield app
    idle[make].append(app)
