"""The four kinds of doors, and what all of a kind share: who may ask, what the schema names, who keeps the answer.

An address stands whole at its handler, so that one search finds who answers it.
"""

from typing import Any

from litestar import Router
from litestar.datastructures import CacheControlHeader

from ticketing.web.guards import Guard, public

NO_STORE = CacheControlHeader(no_store=True)


def public_pages(*handlers: Any) -> Router:
    """Pages for everybody; what a secret in the address opens is checked where it is looked up."""
    return Router("/", route_handlers=handlers, opt=public, include_in_schema=False)


def public_api(*handlers: Any) -> Router:
    """JSON for everybody, told in the schema."""
    return Router("/", route_handlers=handlers, opt=public)


def staff_pages(guard: Guard, *handlers: Any) -> Router:
    """Pages for whom the guard lets pass; nobody keeps them."""
    return Router(
        "/",
        route_handlers=handlers,
        guards=[guard],
        include_in_schema=False,
        cache_control=NO_STORE,
    )


def staff_api(guard: Guard, *handlers: Any) -> Router:
    """JSON for whom the guard lets pass, told in the schema."""
    return Router("/", route_handlers=handlers, guards=[guard])
