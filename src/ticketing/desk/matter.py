"""A matter: what somebody in the office should look at, in one line, with where one acts upon it."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from ticketing.desk.db import Tx
from ticketing.foundation.words import Words


class Matter(NamedTuple):
    """``level``: bad or warn; ``about`` is what, ``says`` is what is the matter, ``action`` names the link."""

    level: str
    about: Words
    says: Words
    path: str
    action: Words


Question = Callable[[Tx, int], Iterable[Matter]]  # asked with the time; each room tells its own
