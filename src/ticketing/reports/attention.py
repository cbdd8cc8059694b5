"""What somebody should look at this morning."""

from collections.abc import Iterable, Sequence

from ticketing.desk.matter import Matter
from ticketing.foundation.clock import say_time
from ticketing.foundation.words import title
from ticketing.letters.outbox_view import Post
from ticketing.programme.on_sale import Sale
from ticketing.reports.figures import differences
from ticketing.reports.glance import Glance

NUMERALS = "零一两三四五六七八九十"
ENGLISH = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
LOOK = {"zh": "看场次", "en": "Look"}


def matters(found: Sequence[Glance], post: Post, told: Iterable[Matter] = ()) -> list[Matter]:
    """``told``: what the other rooms have to say. What is bad comes first."""
    of_shows = [matter for each in found for matter in _of(each)]
    return sorted([*of_shows, *_of_post(post), *told], key=lambda matter: matter.level != "bad")


def _of(each: Glance) -> Iterable[Matter]:
    show, left = each.show, each.sales.available
    zh, en = (say_time(show.starts_at, show.zone, lang) for lang in ("zh", "en"))
    about = {"zh": f"{title(show.title, 'zh')}{zh}", "en": f"{title(show.title, 'en')}, {en}"}
    path = f"/office/performances/{show.slug}"
    if differences(each.sales):
        says = {"zh": "账目与票对不上。", "en": "the books and the tickets disagree."}
        yield Matter("bad", about, says, f"{path}#tickets", LOOK)
    if each.sales.sale is Sale.PAUSED:
        says = {"zh": "暂停售票。", "en": "sales are paused."}
        yield Matter("warn", about, says, path, LOOK)
    if each.today and each.sales.sale is Sale.OPEN and left:
        says = {"zh": f"还有 {left} 席可售。", "en": f"{left} seats are still for sale."}
        yield Matter("warn", about, says, f"{path}/counter", {"zh": "柜台售票", "en": "Sell"})


def _of_post(post: Post) -> Iterable[Matter]:
    if unsent := post.failing + post.given_up:
        about = {"zh": f"{unsent} 封信", "en": f"{unsent} letters"}
        says = {"zh": "没有寄出去。", "en": "could not be sent."}
        yield Matter("bad", about, says, "/office/letters", {"zh": "看信件", "en": "Letters"})


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
