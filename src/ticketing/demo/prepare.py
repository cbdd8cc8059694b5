"""Make the demo ready: tables, the shipped world, its evenings, people to sign in as."""

from collections.abc import Callable
from contextlib import suppress

from ticketing.accounts.models import Role
from ticketing.accounts.staff import AddressTaken, add_staff, hash_password
from ticketing.config import Settings
from ticketing.demo import apart
from ticketing.demo.evening import play_evening
from ticketing.demo.plot import PLOTS
from ticketing.desk import schema
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import SetClock, SystemClock
from ticketing.tickets.keys import ensure_key, keyring
from ticketing.world.load import FIRST, load_world, shipped
from ticketing.world.seed import seed, top_up

PASSWORD = "nanhu-demo-2026"  # noqa: S105  printed at each start; a demo has no secrets
SIGN_INS = [
    ("usher@demo.example", PASSWORD, Role.USHER),
    ("boxoffice@demo.example", PASSWORD, Role.BOX_OFFICE),
    ("organiser@demo.example", PASSWORD, Role.ORGANISER),
    ("admin@demo.example", PASSWORD, Role.ADMIN),
]


def prepare(settings: Settings, festival: str = FIRST) -> None:
    """Harmless when repeated: what is there stays, what is missing or over is added.

    Raises HouseLivesHere, and has changed nothing then.
    """
    ask(settings.database_url, apart.refuse_demo)
    schema.upgrade(settings.database_url)
    desk = open_desk(settings.database_url)
    try:
        desk.write_now(ensure_key, settings.secret_key)
        desk.read_now(keyring, settings.secret_key)  # another key is heard of here, before a sale
        world = load_world(shipped(festival))
        seed(desk, world)
        top_up(desk, world)
        let_people_in(desk)
    finally:
        desk.close()
    play(settings)


def ask(url: str, question: Callable[[Tx], None]) -> None:
    desk = open_desk(url)
    try:
        desk.read_now(question)
    finally:
        desk.close()


def play(settings: Settings) -> None:
    """Let people buy and come in, at the times they would have."""
    clock = SetClock(SystemClock().now())
    desk = open_desk(settings.database_url, clock)
    try:
        keys = desk.read_now(keyring, settings.secret_key)
        for plot in PLOTS:
            play_evening(desk, clock, keys, plot, SystemClock().now())
    finally:
        desk.close()


def let_people_in(desk: Desk) -> None:
    hashed = hash_password(PASSWORD)
    for email, _, role in SIGN_INS:
        with suppress(AddressTaken):  # they work here since the first start
            desk.write_now(add_staff, email, role.replace("_", " "), role, hashed, by="demo")
