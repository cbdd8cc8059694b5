"""Pages: one Jinja environment a language, with the few things every template may use."""

import hashlib
from collections.abc import Callable
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ticketing.foundation import accent, clock, money
from ticketing.foundation.front import Front
from ticketing.foundation.resources import directory
from ticketing.foundation.words import choose, say

STAMP = "#c02c18"  # the look's own, of the seal
HTML_LANG = {"zh": "zh-CN", "en": "en"}
BASE = ("tokens", "base", "parts")
SITE = (*BASE, "festival", "performance", "map", "seats", "checkout", "ticket", "print", "entrance")
SHEETS = {  # a kind of page loads one sheet, of these parts
    "site": SITE,
    "door": (*BASE, "festival", "ticket", "door"),
    "office": (*SITE, "office"),
}


def address(lang: str, path: str) -> str:
    """Return the path in the reader's language: the house's first one has no prefix."""
    if lang == Front.house["languages"][0]:
        return path
    return f"/{lang}{path}" if path != "/" else f"/{lang}"


def other_language(lang: str) -> str:
    """Return the language that the switch leads to, "" in a house that speaks one."""
    return next((each for each in Front.house["languages"] if each != lang), "")


def asset(name: str) -> str:
    """Return the address of a static file in this release: what a module imports beside it is of the same."""
    return f"/static/{release()}/{name}"


@cache
def release() -> str:
    """Return what changes when any static file does."""
    top, content = directory("static"), hashlib.sha256()
    for path in sorted(path for path in top.rglob("*") if path.is_file()):
        content.update(f"{path.relative_to(top)}\0".encode() + path.read_bytes())
    return f"r-{content.hexdigest()[:10]}"


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
        "url": lambda path, other=lang: address(other, path),
        "asset": asset,
        "front": Front,
        "other_language": other_language,
        "html_lang": HTML_LANG[lang],
        "coin": lambda: coin(lang),
        "tax_in": lambda total: money.tax_in(total, Front.house["tax"]["rate"]),
        "accent": accent_style,
        "stamp": lambda: Front.house["colour"] or STAMP,
        "icon_address": icon_address,
        "said": "",  # what a form did, said once by the page it led to
    }
    result.filters |= {
        "say": lambda words: say(words, lang),
        "when": lambda at, zone, style="when": clock.say_time(at, zone, lang, style),
        "night": lambda at, zone: night(at, zone, lang),
        "day": lambda day, style="day": clock.say_day(day, lang, style),
        "iso": clock.iso,
        "input_time": clock.as_typed,
        "money": partial(amount, money.exact),
        "price": partial(amount, money.short),
        "share": lambda thousandths: f"{thousandths / 10:.1f}%",
    }
    return result


def render(template: str, lang: str, *, path: str, **values: Any) -> str:
    """``path`` is the page's address without the language, for the language switch."""
    return environment(lang).get_template(template).render(path=path, **values)


def amount(written: Callable[[int, str], str], fen: int, currency: str = "") -> str:
    """Write an amount, in the house's currency where none is named."""
    return written(fen, currency or Front.house["currency"])


def night(at: int, zone: str, lang: str) -> str:
    """Return to which night a performance after midnight belongs, to stand behind its time."""
    said = clock.say_night(at, zone, lang)
    return said and choose(lang, f"（{said}）", f" ({said})")


def coin(lang: str) -> str:
    """Return what the house's money is counted in, for a field's label: 元, €, CHF."""
    currency = Front.house["currency"]
    return "元" if (currency, lang) == ("CNY", "zh") else money.sign(currency).strip()


def icon_address() -> str:
    """Return the address of the house's icon; it changes when the icon does."""
    return f"/static/icon.svg?v={hashlib.sha256(icon().encode()).hexdigest()[:10]}"


def icon() -> str:
    """Return the house's mark on its colour, as SVG."""
    mark, colour = Front.house["mark"], Front.house["colour"] or STAMP
    size = 20 if len(mark) == 1 else 14 if mark.isascii() else 13
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="3" '
        f'fill="{colour}"/><text x="16" y="16" dy=".36em" fill="#fff" text-anchor="middle" '
        f'font-family="Songti SC,Noto Serif CJK SC,serif" font-weight="700" font-size="{size}">'
        f"{escape(mark)}</text></svg>"
    )


def accent_style() -> Markup:
    """Return the rules of the house's own colour, none for the look's."""
    return Markup(style_of(Front.house["colour"]))  # noqa: S704  colours alone


@cache
def style_of(colour: str) -> str:
    return f"<style>{accent.style(colour)}</style>" if colour else ""
