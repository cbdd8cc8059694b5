"""Is this process alive, and may it be sent work?"""

import asyncio
import shutil
import time
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from litestar import Response, get

from ticketing.desk.db import NOW, Tx
from ticketing.desk.diary import DiaryEntry
from ticketing.desk.schema import newest, revision
from ticketing.web.request import Request
from ticketing.web.routers import public_api

PATIENCE = 5.0  # seconds for the database, which a rush keeps busy
CLOCKS_APART = 2_000  # ms
ROUND = 60.0  # seconds after which a round of the caretaker's, made every two, has ended long ago
MB = 1_000_000
READY = {"status": "ready"}


@get("/health/live")
async def live() -> dict[str, str]:
    return {"status": "live"}


@get("/health/ready")
async def ready(request: Request) -> Response[dict[str, Any]]:
    """Answer 503 and what is wrong when this process should not be sent work."""
    state = request.app.state
    wrong = {
        **await database_faults(state),
        **disk_faults(state.settings.database_url, state.settings.least_free_mb),
        **caretaker_faults(state),
    }
    content: dict[str, Any] = {"status": "not ready", "wrong": wrong} if wrong else READY
    headers = {"cache-control": "no-store"}
    return Response(content, status_code=503 if wrong else 200, headers=headers)


class Seen(NamedTuple):
    """What the database says: its tables' step, its own clock if it has one, its newest entry."""

    revision: str | None
    now: int | None
    newest: int


def look(tx: Tx) -> Seen:
    now = tx.execute(sa.text(NOW)).scalar() if tx.dialect == "postgresql" else None
    entry = sa.select(DiaryEntry.at).order_by(DiaryEntry.id.desc()).limit(1)
    return Seen(revision(tx.connection), now, tx.execute(entry).scalar() or 0)


async def database_faults(state: Any) -> dict[str, str]:
    asked = state.clock.now()
    try:
        seen = await asyncio.wait_for(state.desk.read(look), PATIENCE)
    except Exception as error:  # whatever the driver raises: there is no answer
        return {"database": f"does not answer ({type(error).__name__})"}
    wrong = {}
    if seen.revision != newest():
        wrong["tables"] = f"are at {seen.revision}, this programme needs {newest()}"
    return wrong | clock_faults(seen, asked, state.clock.now())


def clock_faults(seen: Seen, asked: int, answered: int) -> dict[str, str]:
    """Our clock is right if it had the database's time between question and answer."""
    if seen.now and not asked - CLOCKS_APART <= seen.now <= answered + CLOCKS_APART:
        return {"clock": f"is {(answered - seen.now) / 1000:+.1f} s off the database's"}
    if seen.newest > answered + CLOCKS_APART:
        return {"clock": f"is {(seen.newest - answered) / 1000:.1f} s behind the newest entry"}
    return {}


def disk_faults(url: str, least_mb: int) -> dict[str, str]:
    """Look at the disk of an SQLite file; a database server looks after its own."""
    if not url.startswith("sqlite"):
        return {}
    free = shutil.disk_usage(Path(str(sa.make_url(url).database)).parent).free // MB
    return {"disk": f"has {free} MB free, {least_mb} are wanted"} if free < least_mb else {}


def caretaker_faults(state: Any) -> dict[str, str]:
    if state.caretaker.done():
        return {"caretaker": "has stopped"}
    since = time.time() - state.metrics.round_ended
    return {"caretaker": f"ended no round for {since:.0f} s"} if since > ROUND else {}


handlers = [public_api(live, ready)]
