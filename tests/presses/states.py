"""Every state that a night can be in, in one house with a server of its own, and what to press in it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from databases import make_tables
from office import PASSWORD
from presses.walker import Walk, sign_in, walk
from servers import Server, serving
from stage import fill
from whole_house import open_house

HERE = ("--host", "127.0.0.1")  # a house, not the demo


@dataclass(frozen=True)
class Night:
    """``pages``: where a buyer comes to it, and with its holds, orders and tickets."""

    slug: str
    pages: list[str]


@contextmanager
def every_state(folder: Path) -> Iterator[tuple[Server, dict[str, Night]]]:
    """Make a night in each state, then serve the house as it stands."""
    url = f"sqlite:///{folder}/states.db"
    make_tables(url)
    fill(url)
    with open_house(url) as house:
        nights = {name: night_of(house.own(night)) for name, night in house.nights.items()}
    with serving(url, folder, *HERE) as server:
        yield server, nights


def night_of(own: dict[str, list[str]]) -> Night:
    (slug,) = own["slug"]
    ways = {"token": "/checkout/", "order": "/orders/", "ticket": "/tickets/"}
    mine = [way + each for kind, way in ways.items() for each in own.get(kind, [])]
    return Night(slug, [f"/performances/{slug}", f"/performances/{slug}/seats", *mine])


def audience(page: Page, nights: dict[str, Night]) -> Walk:
    found = Walk()
    for state, night in nights.items():
        walk(page, found, night.pages, goes=night.pages.__contains__, state=state)
    return found


def office(page: Page, nights: dict[str, Night]) -> Walk:
    found = Walk()
    sign_in(page, "mei@nanhu.test", PASSWORD)
    for state, night in nights.items():
        here = f"/office/performances/{night.slug}"
        walk(page, found, [here], goes=below(here), state=state)
    return found


def below(here: str) -> Callable[[str], bool]:
    return lambda path: path.startswith(here)
