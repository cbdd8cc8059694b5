"""Node.js, which finds the browser's modules where the server has them."""

import shutil
import subprocess
from pathlib import Path

FOLDER = Path(__file__).parent / "node"
PLACES = (Path(__file__).parents[1] / ".venv/bin", Path("/usr/bin"), Path("/usr/local/bin"))


def node(script: str, *arguments: str) -> str:
    """Run one of our scripts; return what it prints, or fail with what went wrong."""
    program = shutil.which("node", path=":".join(map(str, PLACES)))
    assert program, "Node.js is needed: run 'make ready'."
    done = subprocess.run(
        [program, f"--import={FOLDER / 'addresses.mjs'}", str(FOLDER / script), *arguments],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()
