"""`make rush`: three thousand people want 150 seats, over real sockets. Exit code 1 if anything is wrong.

DATABASE=sqlite or postgresql: only that one; BUYERS=: how many come.
"""

import asyncio
import os
import resource
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

import uvloop

import databases
import postgres
from crowd import crowd_festival
from rush.rush import rush
from servers import command, serving

SLUG = "rush-"
FILES = 10_000  # a socket for each buyer, here and in the server


def main() -> int:
    kinds = os.environ.get("DATABASE", "sqlite postgresql").split()
    buyers = int(os.environ.get("BUYERS", "3000"))
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(FILES, most), most))
    return max(run(kind, buyers) for kind in kinds)


def run(kind: str, buyers: int) -> int:
    folder = Path(tempfile.mkdtemp(prefix="rush-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        url = f"sqlite:///{folder}/rush.db"
        if kind == "postgresql":
            cluster = stack.enter_context(postgres.running(durable=True))
            url = databases.create_database(cluster, "rush")
        command(url, folder, "seed", str(crowd_festival(folder)))
        server = stack.enter_context(
            serving(url, folder)
        )  # and the demo, where one pays by playing
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            outcome = runner.run(rush(server, SLUG, buyers))
    print(f"\n{kind}\n{outcome.report()}", flush=True)
    return 1 if outcome.wrong() else 0


if __name__ == "__main__":
    raise SystemExit(main())
