"""Pages: one Jinja environment a language, with the few things every template may use."""

import hashlib
from collections.abc import Mapping
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from ticketing.foundation import clock, money
from ticketing.foundation.resources import directory
from ticketing.foundation.words import Words, say

STYLES = (
    "tokens", "base", "parts", "festival", "performance", "map", "seats", "checkout", "ticket",
    "door", "office", "print",
)  # fmt: skip


class Front:
    """What stands on every page: the organiser, from the database; set at start and refreshed."""

    house: Mapping[str, Any] = {
        "name": {"zh": "票房", "en": "Box office"},
        "organiser": {"zh": "", "en": ""},
        "contact": {"zh": "", "en": ""},
        "terms": {"zh": "", "en": ""},
        "zone": "Asia/Shanghai",
        "demo": 0,
    }
    base_url = ""
    play = False


def choose(lang: str, zh: Any, en: Any) -> Any:
    return en if lang == "en" else zh


def address(lang: str, path: str) -> str:
    """Return the path in the reader's language."""
    return (f"/en{path}" if path != "/" else "/en") if lang == "en" else path


@cache
def asset(name: str) -> str:
    """Return the address of a static file; it changes when the file does."""
    content = (directory("static") / name).read_bytes()
    return f"/static/{name}?v={hashlib.sha256(content).hexdigest()[:10]}"


@cache
def environment(lang: str) -> Environment:
    result = Environment(
        loader=FileSystemLoader(directory("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    result.globals |= {
        "lang": lang,
        "t": partial(choose, lang),
        "url": partial(address, lang),
        "asset": asset,
        "styles": STYLES,
        "front": Front,
    }
    result.filters |= {
        "say": lambda words: say(words, lang),
        "when": lambda at, zone, style="when": clock.say_time(at, zone, lang, style),
        "day": lambda day, style="day": clock.say_day(day, lang, style),
        "iso": clock.iso,
        "input_time": clock.as_typed,
        "money": money.exact,
        "price": money.short,
        "share": lambda thousandths: f"{thousandths / 10:.1f}%",
    }
    return result


def render(template: str, lang: str, *, path: str, **values: Any) -> str:
    """``path`` is the page's address without the language, for the language switch."""
    return environment(lang).get_template(template).render(path=path, **values)


def title(words: Words, lang: str) -> str:
    """Return a production's title with its marks: 《天地树》."""
    return f"《{say(words, lang)}》" if lang == "zh" else say(words, lang)
