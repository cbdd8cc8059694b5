"""What every command shares: its place on the parser, a desk, and how it says that it cannot."""

import argparse
from collections.abc import Callable
from typing import TypeAlias, TypeVar

from ticketing.config import Settings
from ticketing.foundation.desk import Desk, open_desk

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


def with_desk(settings: Settings, use: Callable[[Desk], R]) -> R:
    desk = open_desk(settings.database_url)
    try:
        return use(desk)
    finally:
        desk.close()
