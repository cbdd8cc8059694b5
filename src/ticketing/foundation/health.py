"""Is this process alive, and may it be sent work?"""

from typing import Any

import sqlalchemy as sa
from litestar import Request, Response, get

from ticketing.foundation.db import Tx
from ticketing.foundation.guards import public


@get("/health/live", opt=public)
async def live() -> dict[str, str]:
    return {"status": "live"}


@get("/health/ready", opt=public)
async def ready(request: Request[Any, Any, Any]) -> Response[dict[str, str]]:
    """Ask the database something small; 503 when it does not answer."""
    await request.app.state.desk.look(answers)
    return Response({"status": "ready"}, headers={"cache-control": "no-store"})


def answers(tx: Tx) -> None:
    tx.execute(sa.text("SELECT 1"))


handlers = [live, ready]
