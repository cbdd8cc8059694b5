"""What somebody should look at this morning."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ticketing.foundation.clock import say_time
from ticketing.foundation.pages import choose, title
from ticketing.programme.on_sale import Sale
from ticketing.reports.figures import differences
from ticketing.reports.glance import Glance
from ticketing.reports.post_room import Post

NUMERALS = "零一两三四五六七八九十"
ENGLISH = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]


class Matter(NamedTuple):
    """``level``: bad or warn; ``about`` is what, ``says`` is what is the matter."""

    level: str
    about: str
    says: str
    path: str
    action: str


def matters(found: Sequence[Glance], post: Post, lang: str) -> list[Matter]:
    of_shows = [matter for each in found for matter in _of(each, lang)]
    return sorted([*of_shows, *_of_post(post, lang)], key=lambda matter: matter.level != "bad")


def _of(each: Glance, lang: str) -> Iterable[Matter]:
    show, left = each.show, each.sales.available
    at = say_time(show.starts_at, show.zone, lang)
    about = choose(lang, f"{title(show.title, lang)}{at}", f"{title(show.title, lang)}, {at}")
    path = f"/office/performances/{show.slug}"
    look = choose(lang, "看场次", "Look")
    if differences(each.sales):
        says = choose(lang, "账目与票对不上。", "the books and the tickets disagree.")
        yield Matter("bad", about, says, f"{path}#tickets", look)
    if each.sales.sale is Sale.PAUSED:
        yield Matter("warn", about, choose(lang, "暂停售票。", "sales are paused."), path, look)
    if each.today and each.sales.sale is Sale.OPEN and left:
        says = choose(lang, f"还有 {left} 席可售。", f"{left} seats are still for sale.")
        yield Matter("warn", about, says, f"{path}/counter", choose(lang, "柜台售票", "Sell"))


def _of_post(post: Post, lang: str) -> Iterable[Matter]:
    if not (unsent := post.failing + post.given_up):
        return
    about = choose(lang, f"{unsent} 封信", f"{unsent} letters")
    says = choose(lang, "没有寄出去。", "could not be sent.")
    yield Matter("bad", about, says, "/office/letters", choose(lang, "看信件", "Letters"))


def headline(found: Sequence[Glance], things: int, lang: str) -> str:
    """Return 今天一场，三件事要看。"""
    shows = sum(each.today for each in found)
    if lang == "en":
        return f"{_english(shows, 'performance').capitalize()} today, {_to_look_at(things)}."
    today = f"今天{_numeral(shows)}场" if shows else "今天没有演出"
    return f"{today}，{_numeral(things)}件事要看。" if things else f"{today}，都正常。"


def _to_look_at(things: int) -> str:
    return f"{_english(things, 'thing')} to look at" if things else "all is well"


def _english(count: int, noun: str) -> str:
    number = ENGLISH[count] if count < len(ENGLISH) else str(count)
    return f"{number} {noun}{'' if count == 1 else 's'}"


def _numeral(count: int) -> str:
    """Write 一 for 1 and 两 for 2, as they stand before a measure word."""
    return NUMERALS[count] if count < len(NUMERALS) else str(count)
