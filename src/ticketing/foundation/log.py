"""The log, on stderr: one JSON line an event where a machine reads it, text in a demo and for commands.

A JSON line holds nothing that somebody typed. An error is told by its kind and its place, never by
its text, which may be a row with a name in it; of a message only the first line is kept, because a
library may put such a text into the others.
"""

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any

import msgspec
from typing_extensions import override

ENCODER = msgspec.json.Encoder()


def speak(*, json: bool) -> None:
    """Have every logger of the process speak this way."""
    voice = logging.StreamHandler(sys.stderr)
    voice.setFormatter(Json() if json else Text("%(asctime)s %(name)s %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[voice], force=True)
    logging.getLogger("alembic").setLevel(logging.WARNING)


class Text(logging.Formatter):
    @override
    def formatMessage(self, record: logging.LogRecord) -> str:
        words = [f"{name}={value}" for name, value in fields(record).items()]
        return " ".join([super().formatMessage(record), *words])


class Json(logging.Formatter):
    @override
    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage().partition("\n")[0],
            **fields(record),
        }
        if record.exc_info and record.exc_info[1]:
            line["error"] = told(record.exc_info[1])
        return ENCODER.encode(line).decode()


def fields(record: logging.LogRecord) -> dict[str, Any]:
    """Return what was given as ``extra={"fields": ...}``."""
    return dict(getattr(record, "fields", {}))


def told(error: BaseException) -> list[dict[str, Any]]:
    """Return the error and those behind it: their kinds, and the places they passed."""
    result = []
    behind: BaseException | None = error
    while behind:
        frames = traceback.extract_tb(behind.__traceback__)
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        result.append({"kind": type(behind).__name__, "places": places})
        behind = behind.__cause__ or behind.__context__
    return result
