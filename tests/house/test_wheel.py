"""The wheel is all that is needed: seed and serve in an empty directory, without the checkout."""

import os
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from pathlib import Path

import pytest

from servers import free_port, wait_until_ready

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `ticketing` command of the wheel, in an environment of its own."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    bare = ["--no-deps", "--no-index"]
    subprocess.run([*pip, "wheel", *bare, "--no-build-isolation", "-w", folder, ROOT], check=True)
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "env", with_pip=False)
    subprocess.run([*pip, "--python", folder / "env", "install", *bare, wheel], check=True)
    borrow_packages(folder / "env")
    return folder / "env/bin/ticketing"


def borrow_packages(env: Path) -> None:
    """Lend it what is locked and installed already; a path in a .pth does not lend our own .pth."""
    (site,) = env.glob("lib/python*/site-packages")
    (site / "locked.pth").write_text(sysconfig.get_path("purelib") + "\n")


def test_the_wheel_carries_everything_and_needs_no_checkout(command: Path, tmp_path: Path) -> None:
    python = command.with_name("python")
    where = "import ticketing; from ticketing.foundation.resources import directory as d; " + (
        "print(ticketing.__file__, *(d(n) for n in ('templates', 'migrations', 'fixtures', 'static')))"
    )
    said = run([python, "-c", where], tmp_path).split()
    assert [path for path in said if not path.startswith(str(command.parents[1]))] == []


def test_seed_and_serve_in_an_empty_directory(command: Path, tmp_path: Path) -> None:
    assert "loaded" in run([command, "seed"], tmp_path)
    port = free_port()
    with (tmp_path / "log").open("wb") as log:
        server = subprocess.Popen(
            [command, "serve", "--demo", "--port", str(port)],
            cwd=tmp_path, env=environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
        )  # fmt: skip
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", server, tmp_path / "log")
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=20) as answer:
            assert "天地树" in answer.read().decode()
    finally:
        server.terminate()
        server.wait(15)


def run(words: list[Path | str], folder: Path) -> str:
    done = subprocess.run(
        words, cwd=folder, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def environment() -> dict[str, str]:
    ours = ("TICKETING_", "PYTHON", "VIRTUAL_ENV")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}
