"""Take a command apart and run it. What it needs is loaded here, not above: that takes a second, in
which somebody may stop it, too.
"""

import argparse
import os
import sys
from collections.abc import Callable, Sequence

UNDONE = 2
STOPPED = 130  # as a shell says of what Ctrl-C ended


def main(arguments: Sequence[str] | None = None) -> int:
    """Return the exit code: 0 done, 1 found wrong, 2 not done, and then a sentence on stderr."""
    try:
        return run(arguments)
    except KeyboardInterrupt:
        return say("stopped.", STOPPED)
    except BrokenPipeError:
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123  else Python tries once more at the end
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return say("whoever was to read this has gone: not all of it was written.")
    except Exception as error:
        from ticketing.cli.sentences import sentence

        return say(sentence(error))


def say(text: str, code: int = UNDONE) -> int:
    for line in text.splitlines() if sys.stderr else ():
        print(f"ticketing: {line}", file=sys.stderr)
    return code


def run(arguments: Sequence[str] | None) -> int:
    from ticketing.foundation.log import speak

    options = parser().parse_args(arguments)
    if sys.stdout is None:
        return say("the output is closed: there is nowhere to write what this command says.")
    for stream in (sys.stdout, sys.stderr):  # a name that is no text is said all the same
        if stream is not None:
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    speak(json=False)
    command: Callable[[argparse.Namespace], int] = options.command
    code = command(options)
    sys.stdout.flush()
    return code


def parser() -> argparse.ArgumentParser:
    from importlib.metadata import version

    from ticketing.cli import backup, plan, prove, reconcile, serve, staff, tables, tokens

    result = argparse.ArgumentParser(
        prog="ticketing", description="The box office of a theatre festival."
    )
    result.add_argument("--version", action="version", version=f"ticketing {version('ticketing')}")
    commands = result.add_subparsers(required=True, metavar="COMMAND")
    for file in (serve, tables, staff, tokens, plan, prove, reconcile, backup):
        file.add_to(commands)
    return result
