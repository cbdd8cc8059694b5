"""What every door shares: the reader's language, pages, typed text, where a request comes from."""

from typing import Any

import litestar
from litestar.handlers import HTTPRouteHandler

from ticketing.config import Settings
from ticketing.desk.desk import Desk
from ticketing.foundation.errors import BadInput
from ticketing.foundation.front import Front


class Request(litestar.Request[Any, Any, Any]):
    """A request, with what every door asks it for."""

    @property
    def desk(self) -> Desk:
        desk: Desk = self.app.state.desk
        return desk

    @property
    def settings(self) -> Settings:
        settings: Settings = self.app.state.settings
        return settings

    @property
    def now(self) -> int:
        """Return milliseconds by the app's clock, at this very moment."""
        now: int = self.app.state.clock.now()
        return now

    @property
    def lang(self) -> str:
        return language(self)

    @property
    def actor(self) -> Any:
        """Return who works here, as the guard of the office or the door found; an ``accounts`` Actor."""
        return self.state.actor


def language(request: Request) -> str:
    """Return zh or en, one that the house speaks: the prefix decides, without one the house's first; a
    program may say so by Accept-Language."""
    spoken: list[str] = Front.house["languages"]
    wanted = request.scope.get("lang") or (
        header(request, b"accept-language").strip().lower()[:2] if is_api(request) else ""
    )
    return wanted if wanted in spoken else spoken[0]


def is_api(request: Request) -> bool:
    """A program asks where the schema says what is answered."""
    if request.scope["path"].startswith("/api/"):
        return True
    if request.app.openapi_config is None:  # without a schema nothing stands in it
        return False
    handler = request.scope.get("route_handler")
    return isinstance(handler, HTTPRouteHandler) and handler.resolve_include_in_schema()


def header(request: Request, name: bytes) -> str:
    """Return one header, "" without it; the others are not decoded, which costs more than a page."""
    for key, value in request.scope["headers"]:
        if key == name:
            return value.decode("latin-1")
    return ""


async def money_is_a_number(request: Request, field: str) -> None:
    """Refuse an amount in quotes: the framework would take it for a number."""
    given = (await request.json()).get(field)
    if isinstance(given, dict) and not isinstance(given.get("amount"), int):
        raise BadInput(
            field,
            "金额要写成数字（单位分）。",
            "An amount is a whole number, in the smallest unit.",
        )
