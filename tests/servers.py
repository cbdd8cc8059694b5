"""Real servers for tests: the `ticketing` command in a process of its own, on a free port."""

import atexit
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

SECRET_KEY = "a secret key for tests alone"
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Server:
    url: str
    database: str
    process: subprocess.Popen[bytes]
    folder: Path

    @property
    def cpu_seconds(self) -> float:
        """Return what the process has used so far, user and system, to the nanosecond."""
        return time.clock_gettime(~self.process.pid << 3 | 2)  # as clock_getcpuclockid(3) has it

    def memory(self, field: str = "VmRSS") -> float:
        """Return its resident memory in MB; ``VmHWM``: the most it ever was."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.partition(f"{field}:")[2].split()[0]) * 1024 / 1e6

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)


def environment(database_url: str, **more: str) -> dict[str, str]:
    own = {"TICKETING_DATABASE_URL": database_url, "TICKETING_SECRET_KEY": SECRET_KEY}
    return {k: v for k, v in os.environ.items() if not k.startswith("TICKETING_")} | own | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(database_url: str, folder: Path, *options: str, **env: str) -> Iterator[Server]:
    """Serve until the block ends; ``--demo`` unless other options are given.

    To play the demo's evenings takes seconds: on SQLite it starts again where it was started once.
    """
    options = options or ("--demo",)
    file = Path(database_url.removeprefix("sqlite:///"))
    if "--demo" in options and database_url.startswith("sqlite") and not file.exists():
        shutil.copyfile(demo(options), file)
    with _served(database_url, folder, *options, **env) as server:
        yield server


@cache
def demo(options: tuple[str, ...]) -> Path:
    """Return the database of a demo that was started once."""
    folder = Path(mkdtemp(prefix="demo-"))
    atexit.register(shutil.rmtree, folder)
    file = folder / "demo.db"
    with _served(f"sqlite:///{file}", folder, *options):
        return file


@contextmanager
def _served(database_url: str, folder: Path, *options: str, **env: str) -> Iterator[Server]:
    port = free_port()
    words = ["ticketing", "serve", *options, "--port", str(port)]
    url = f"http://{HOST}:{port}"
    with started(words, folder, environment(database_url, TICKETING_BASE_URL=url, **env), port) as (
        process
    ):
        yield Server(url, database_url, process, folder)


@contextmanager
def started(
    words: list[str], folder: Path, env: dict[str, str], port: int
) -> Iterator[subprocess.Popen[bytes]]:
    """Run a module's server in a process of its own until the block ends."""
    log = folder / f"server-{port}.log"
    with log.open("wb") as sink:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=folder, env=env,
            stdin=subprocess.DEVNULL, stdout=sink, stderr=sink,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://{HOST}:{port}", process, log)
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            process.wait(15)


def wait_until_ready(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 180  # loading the demo takes long where others work too
    while True:
        try:
            urllib.request.urlopen(f"{url}/health/ready", timeout=5).close()
            return
        except OSError as error:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the server did not start: {log.read_text()}") from error
            time.sleep(0.01)


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
