"""Take a command apart and run it."""

import argparse
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import OperationalError

from ticketing.cli import accounts, backup, plan, prove, reconcile, serve, tables
from ticketing.cli.command import Wrong
from ticketing.config import NotConfigured
from ticketing.foundation.backup import Unable
from ticketing.foundation.errors import Refused
from ticketing.foundation.fixture_file import FixtureError
from ticketing.foundation.log import speak

FILES = (serve, tables, accounts, plan, prove, reconcile, backup)


def main(arguments: Sequence[str] | None = None) -> int:
    options = parser().parse_args(arguments)
    speak(json=False)
    command: Callable[[argparse.Namespace], int] = options.command
    try:
        return command(options)
    except (NotConfigured, FixtureError, Unable, Wrong) as error:
        print(f"ticketing: {error}", file=sys.stderr)
    except Refused as refused:
        print(f"ticketing: {refused.sentence('en')}", file=sys.stderr)
    except OSError as error:
        print(f"ticketing: {error.filename}: {error.strerror}.", file=sys.stderr)
    except OperationalError as error:  # no server, a full disk, a locked file
        print(f"ticketing: the database: {error.orig}", file=sys.stderr)
    return 2


def parser() -> argparse.ArgumentParser:
    result = argparse.ArgumentParser(
        prog="ticketing", description="The box office of a theatre festival."
    )
    commands = result.add_subparsers(required=True, metavar="COMMAND")
    for file in FILES:
        file.add_to(commands)
    return result
