"""Real servers for tests: the `ticketing` command in a process of its own, on a free port."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECRET_KEY = "a secret key for tests alone"


@dataclass(frozen=True)
class Server:
    url: str
    database: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def cpu_seconds(self) -> float:
        """Return what its threads have used so far, to the nanosecond."""
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/schedstat")
        return sum(int(thread.read_text().split()[0]) for thread in threads) / 1e9

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


def environment(database_url: str, **more: str) -> dict[str, str]:
    own = {"TICKETING_DATABASE_URL": database_url, "TICKETING_SECRET_KEY": SECRET_KEY}
    return {k: v for k, v in os.environ.items() if not k.startswith("TICKETING_")} | own | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(database_url: str, folder: Path, *options: str, **env: str) -> Iterator[Server]:
    """Serve until the block ends; ``--demo`` unless other options are given."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    command = [
        sys.executable,
        "-m",
        "ticketing",
        "serve",
        *(options or ("--demo",)),
        "--port",
        str(port),
    ]
    log = folder / f"server-{port}.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            command, cwd=folder, env=environment(database_url, TICKETING_BASE_URL=url, **env),
            stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
        )  # fmt: skip
    try:
        wait_until_ready(url, process, log)
        yield Server(url, database_url, process, folder)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"{url}/health/ready", timeout=5).close()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {log.read_text()}") from error
            time.sleep(0.05)


def command(database_url: str, folder: Path, *words: str, **env: str) -> str:
    """Run a `ticketing` command to its end and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "ticketing", *words], cwd=folder, check=False, text=True,
        env=environment(database_url, **env), capture_output=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"ticketing {' '.join(words)}: {done.stdout}{done.stderr}")
    return done.stdout


def token(database_url: str, folder: Path, role: str) -> str:
    return command(database_url, folder, "token", "create", "--role", role).strip()
