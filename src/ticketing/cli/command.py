"""What every command shares: its place on the parser, and a desk."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias, TypeVar

import sqlalchemy as sa

from ticketing.desk.desk import Desk, open_desk
from ticketing.desk.schema import require_current
from ticketing.foundation.clock import local

R = TypeVar("R")
Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class Wrong(Exception):
    """A command that cannot be done; the text says why and what to do."""


def command(
    commands: Commands, name: str, does: Callable[[argparse.Namespace], int], text: str
) -> argparse.ArgumentParser:
    added = commands.add_parser(name, help=text, description=text)
    added.set_defaults(command=does)
    return added


def group(commands: Commands, name: str, text: str) -> Commands:
    """Return the place for commands of two words, such as ``staff add``."""
    added = commands.add_parser(name, help=text, description=text)
    return added.add_subparsers(required=True, metavar="VERB")


def is_there(url: str) -> bool:
    """Say whether there is a file where SQLite keeps one; of a server we hear when we ask."""
    made = sa.make_url(url)
    return not made.drivername.startswith("sqlite") or Path(made.database or "").exists()


def with_desk(url: str, use: Callable[[Desk], R]) -> R:
    """Raises Wrong where a file is named that is not there: a slip of the pen makes no database. And
    Unable on tables that are not this version's: what it would say of them is guessed.
    """
    if not is_there(url):
        raise Wrong(
            f"there is no database {sa.make_url(url).database}: `ticketing migrate` makes one, or set"
            " TICKETING_DATABASE_URL."
        )
    require_current(url)
    desk = open_desk(url)
    try:
        return use(desk)
    finally:
        desk.close()


def day_of(instant: int) -> str:
    """Return the day, as UTC counts: 2026-11-26."""
    return local(instant, "UTC").date().isoformat()
