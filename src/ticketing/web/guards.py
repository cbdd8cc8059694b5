"""Every route names who may use it. ``refuse_unguarded`` finds those that do not."""

from collections.abc import Awaitable, Callable
from typing import Any

from litestar import Litestar
from litestar.connection import ASGIConnection
from litestar.handlers import BaseRouteHandler
from litestar.routes import HTTPRoute

Connection = ASGIConnection[Any, Any, Any, Any]
Guard = Callable[[Connection, BaseRouteHandler], Awaitable[None]]

NAMES: dict[Any, str] = {}  # guard -> what it demands, as the list of routes shows it


def demands(what: str) -> Callable[[Guard], Guard]:
    """Mark a guard, so that a route that carries it counts as guarded."""

    def mark(guard: Guard) -> Guard:
        NAMES[guard] = what
        return guard

    return mark


# Anyone may ask; what a secret in the address opens is checked where it is looked up. A mark and no
# guard: Litestar copies the whole handler for each guard it asks.
public = {"demands": "nobody in particular"}


def routes(app: Litestar) -> list[tuple[str, str, str]]:
    """Return (method, path, demand) of every route; demand is "" where there is none."""
    found = []
    for route in app.routes:
        if isinstance(route, HTTPRoute):
            for method, (handler, _) in route.route_handler_map.items():
                if method != "OPTIONS":
                    found.append((str(method), route.path, demand(handler)))
        else:  # a mount or a socket
            found.append(("*", route.path, demand(route.route_handler)))
    return sorted(found)


def demand(handler: BaseRouteHandler) -> str:
    if handler.opt.get("demands") == public["demands"]:
        return public["demands"]
    return ", ".join(NAMES[guard] for guard in handler.resolve_guards() if guard in NAMES)


def refuse_unguarded(app: Litestar) -> None:
    """Raise at the start when a route stands open by mistake."""
    if bare := [f"{method} {path}" for method, path, named in routes(app) if not named]:
        raise RuntimeError(f"routes without a guard: {', '.join(bare)}")
