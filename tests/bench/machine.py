"""What the figures were measured on."""

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from databases import scalar

PARTS = ["litestar", "uvicorn", "uvloop", "sqlalchemy", "psycopg"]


def machine(postgresql: str) -> dict[str, str]:
    """Return, as text, what names the machine, the versions and the moment."""
    processor = Path("/proc/cpuinfo").read_text().partition("model name\t: ")[2].partition("\n")[0]
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        "processor": f"{os.cpu_count()} × {processor}",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "postgresql": str(scalar(postgresql, "show server_version")),
        **{name: version(name) for name in PARTS},
        "load average": f"{os.getloadavg()[0]:.1f}",
    }
