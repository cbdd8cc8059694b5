"""An evening at the door, for the reports."""

from collections.abc import Callable

import pytest

from stage import Stage
from ticketing.admission.admit import Attempt, admit
from ticketing.checkout.place import Placed
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import SetClock

LetIn = Callable[[Placed, int], None]


@pytest.fixture
def let_in(world: Stage) -> LetIn:
    """Scan every ticket of an order at a moment: ``let_in(placed, at)``."""

    def let_in(placed: Placed, at: int) -> None:
        desk = open_desk(world.desk.url, SetClock(at))
        for ticket in world.tickets(placed):
            desk.write_now(
                admit, Attempt("main", ticket.performance_id, ticket.short, ticket.id),
                world.keys, by="test",
            )  # fmt: skip
        desk.close()

    return let_in
