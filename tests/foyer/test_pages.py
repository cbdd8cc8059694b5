"""The festival and a performance as a browser without script reads them."""

import json
import re
from collections.abc import Iterator
from datetime import datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
import sqlalchemy as sa
from litestar.testing import TestClient

from doors import Answer, doors
from stage import Stage, stage
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import DAY, MINUTE, SetClock, SystemClock
from ticketing.orders.create import Buyer
from ticketing.programme.models import Performance, Production
from ticketing.programme.pause import pause
from ticketing.tickets.keys import Keyring

Client = TestClient[Any]
EDITION = "/performances/tiandishu-2026-05-23"


@pytest.fixture
def client(world: Stage) -> Iterator[Client]:
    with doors(world) as client:
        yield client


def path(world: Stage, performance: str = "") -> str:
    return f"/performances/{world.slug(performance or world.performance)}"


def soon(world: Stage) -> str:
    """Return the performance whose sale has not opened."""
    query = sa.select(Performance.id).where(Performance.slug.startswith("tiandishu-soon-"))
    return str(world.ask(query).scalar_one())


def text(page: Answer) -> str:
    """Return what is read, without marks and scripts."""
    body = re.sub(r"<(script|style)\b.*?</\1>", "", page.text, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", body)).split())


def cards(page: Answer) -> list[str]:
    """Return the addresses of the posters that hang from the batten."""
    return re.findall(r'<a class="hang[^"]*" href="([^"]+)"', page.text)


def test_the_next_performance_hangs_first_and_the_past_is_below(client: Client) -> None:
    page = client.get("/")
    assert len(cards(page)) == 4
    assert EDITION not in cards(page)
    below = page.text[page.text.index("已演") :]
    assert f'href="{EDITION}"' in below
    assert "南湖有戏“惠·剧”展" in text(page)


def test_a_day_of_the_strip_narrows_the_programme(client: Client, world: Stage) -> None:
    query = sa.select(Performance.starts_at).where(Performance.id == world.lawn)
    at = int(str(world.ask(query).scalar_one()))
    day = datetime.fromtimestamp(at / 1000, ZoneInfo("Asia/Shanghai")).date()
    page = client.get("/", params={"day": str(day)})
    assert cards(page) == [path(world, world.lawn)]
    assert page.text.count('aria-current="date"') == 1


@pytest.mark.parametrize(
    ("question", "there"),
    [("q=hushang", True), ("venue=lakeside", True), ("left=1", True), ("q=sangeng", False)],
)
def test_a_choice_narrows_the_programme(
    client: Client, world: Stage, question: str, there: bool
) -> None:
    assert (path(world, world.lawn) in cards(client.get(f"/?{question}"))) is there


def test_choices_add_up_in_the_addresses_of_the_page(client: Client) -> None:
    page = client.get("/en?q=tds&venue=yongli-shiguang")
    assert 'href="/en?q=tds&amp;venue=yongli-shiguang&amp;left=1#found"' in page.text
    assert 'href="/en?q=tds#found"' in page.text  # the same chip again takes the venue away


def test_nothing_found_is_said_and_leads_back(client: Client) -> None:
    page = client.get("/?q=zzzz")
    assert "没有找到" in text(page)
    assert page.status_code == 200
    assert cards(page) == []


def test_a_day_without_a_performance_names_the_next(client: Client, world: Stage) -> None:
    query = sa.select(Performance.starts_at).where(Performance.id == world.lawn)
    at = int(str(world.ask(query).scalar_one()))
    day = datetime.fromtimestamp(at / 1000, ZoneInfo("Asia/Shanghai")).date()
    eve, long_after = day.replace(year=day.year - 1), day.replace(year=day.year + 1)
    said = text(client.get("/", params={"day": str(eve)}))
    assert f"{eve.month}月{eve.day}日 没有演出。下一场：" in said
    said = text(client.get("/en", params={"day": str(long_after)}))
    assert "no performance." in said
    assert "Next:" not in said
    assert "Nothing found" not in said


def test_how_much_was_found_is_said(client: Client) -> None:
    assert '<p class="found" role="status"' in client.get("/?q=hushang").text
    assert "1 部" in text(client.get("/?q=hushang"))
    assert "1 production " in text(client.get("/en?q=hushang"))


def test_the_programme_begins_with_what_comes_next(client: Client, world: Stage) -> None:
    page = client.get("/")
    named = re.findall(r'class="next-up" href="([^"]+)"', page.text)
    assert named == cards(page)[:1]


def test_from_what_age_one_needs_a_ticket_stands_with_the_price(
    client: Client, world: Stage
) -> None:
    head = client.get(path(world)).text.partition('class="acts"')[0]
    assert "<dt>儿童</dt><dd>6 岁起一人一票" in head


def test_an_unreadable_day_is_refused_in_the_readers_language(client: Client) -> None:
    page = client.get("/en?day=someday")
    assert page.status_code == 422
    assert "must read like 2026-05-23" in text(page)


def test_the_first_performance_is_told_as_it_was(client: Client) -> None:
    said = text(client.get(EDITION))
    assert "2026年5月23日（周六） 15:00–16:30" in said
    assert "约 90 分钟（无中场休息），全剧无台词。" in said
    assert "主演 张振航 首次担纲主演" in said
    assert "舞者 胡俊杰" in said
    assert "这一场已经演完" in said
    assert "导演 大朱（朱凤伟）" in said


def test_prices_show_face_paid_and_subsidy(client: Client, world: Stage) -> None:
    said = text(client.get(path(world)))
    assert "蒲团 ¥160 ¥80 ¥80 余 54" in said
    assert "矮凳 ¥120 ¥60 ¥60 余 48" in said
    assert "“演示资助计划”支付" in said


def test_how_one_sits_is_drawn_in_section_with_a_view_of_each_tier(
    client: Client, world: Stage
) -> None:
    page = client.get(path(world))
    assert page.text.count('<svg class="section"') == 2  # wide and narrow
    assert page.text.count('<svg class="view"') == 3
    assert page.text.count('<svg class="ladder') == 2


def test_a_free_performance_has_no_stairs_and_nothing_in_section(
    client: Client, world: Stage
) -> None:
    page = client.get(path(world, world.lawn))
    assert "领票，余 200 位" in text(page)
    assert 'class="ladder' not in page.text
    assert 'class="section"' not in page.text
    assert "核准 200 人" in text(page)


def test_a_sale_to_come_counts_down_and_has_words_too(client: Client, world: Stage) -> None:
    performance = soon(world)
    query = sa.select(Performance.sale_opens_at).where(Performance.id == performance)
    opens = world.ask(query).scalar_one()
    page = client.get(path(world, performance))
    assert f'data-opens="{opens}"' in page.text
    assert "data-now=" in page.text
    assert re.search(r"\d+月\d+日 周. 10:00 开售", text(page))
    assert 'class="btn go"' not in page.text


def test_a_paused_sale_is_said(client: Client, world: Stage) -> None:
    world.desk.write_now(pause, world.performance, by="test")
    page = client.get(path(world))
    assert "暂停售票" in text(page)
    assert 'class="btn go"' not in page.text


@pytest.mark.parametrize(
    ("column", "said"),
    [("cancelled_at", "这一场已取消"), ("sale_closes_at", "已停止售票")],
)
def test_what_ended_is_said_in_a_plain_sentence(
    client: Client, world: Stage, column: str, said: str
) -> None:
    change = sa.update(Performance).where(Performance.id == world.performance)
    world.desk.write_now(lambda tx, *, now: tx.execute(change.values({column: now - 1})).rowcount)
    assert said in text(client.get(path(world)))


def test_the_last_seat_sold_is_said(client: Client, world: Stage) -> None:
    for section, count in (("cushion", 54), ("stool", 48), ("chair", 48)):
        seats = world.seats(count, section)
        for start in range(0, count, 12):
            buyer = Buyer(email=f"{section}-{start}@example.com")
            world.pay(world.place(world.hold(seats[start : start + 12]), buyer=buyer))
    assert "已售罄" in text(client.get(path(world)))


@pytest.mark.parametrize("where", ["", "performance", "lawn", "edition", "terms"])
def test_the_english_pages_are_english(client: Client, world: Stage, where: str) -> None:
    address = {
        "": "/en", "performance": f"/en{path(world)}", "lawn": f"/en{path(world, world.lawn)}",
        "edition": f"/en{EDITION}", "terms": "/en/terms",
    }[where]  # fmt: skip
    said = re.sub("惠剧|中文", "", text(client.get(address)))  # the seal, and the way back
    assert re.findall("[一-鿿]+", said) == []


def test_a_search_engine_reads_the_event(client: Client, world: Stage) -> None:
    page = client.get(f"/en{path(world)}")
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page.text)
    assert found
    event = json.loads(found[1])
    assert (event["@type"], event["name"]) == ("TheaterEvent", "Tree of Heaven and Earth")
    assert event["startDate"].endswith("T15:00:00+08:00")
    assert event["url"] == f"http://testserver/en{path(world)}"
    assert {offer["price"] for offer in event["offers"]} >= {"60.00", "80.00", "160.00"}


def test_a_title_is_text_wherever_it_stands(client: Client, world: Stage) -> None:
    title = "</script><b>\"'&‮🎭"
    change = sa.update(Production).values(title={"zh": title, "en": title})
    world.desk.write_now(lambda tx, *, now: tx.execute(change).rowcount)
    for address in (path(world), "/"):
        page = client.get(address)
        assert "</script><b>" not in page.text
        assert title in text(page)
    event = re.search(r'ld\+json">(.*?)</script>', client.get(path(world)).text)
    assert event
    assert json.loads(event[1])["name"] == title


def test_the_calendar_entry_is_at_the_venues_time(client: Client) -> None:
    answer = client.get(f"{EDITION}/calendar.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    (event,) = icalendar.Calendar.from_ical(answer.content).walk("VEVENT")
    assert event.decoded("dtstart").isoformat() == "2026-05-23T15:00:00+08:00"
    assert str(event["summary"]) == "《天地树》"
    assert "甬里拾光黑匣子剧场" in str(event["location"])


def test_a_page_is_the_same_for_all_and_known_by_its_tag(client: Client, world: Stage) -> None:
    first = client.get(path(world))
    assert first.headers["content-type"] == "text/html; charset=utf-8"
    assert "set-cookie" not in first.headers
    assert first.headers["cache-control"] == "no-cache"
    again = client.get(path(world), headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_both_languages_are_kept_apart(client: Client, world: Stage) -> None:
    assert "选座" in text(client.get(path(world)))
    assert "Choose seats" in text(client.get(f"/en{path(world)}"))


@pytest.mark.parametrize("slug", ["no-such-show", "%00", "<script>", "a" * 3000])
def test_an_unknown_performance_is_a_page_too(client: Client, slug: str) -> None:
    page = client.get(f"/performances/{slug}")
    assert page.status_code in (400, 404)
    assert page.headers["content-type"].startswith("text/html")


def test_the_marker_of_the_stairs_is_where_we_are(world_url: str) -> None:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    world = stage(desk)
    with doors(world, clock) as client:
        assert "现在，" in text(client.get(path(world)))
        clock.forward(3 * DAY + 12 * 60 * MINUTE)
        assert "现在，" not in text(client.get(f"/en{path(world)}"))
    desk.close()


def test_an_empty_house_has_a_front_page_too(desk: Desk) -> None:
    with doors(Stage(desk, Keyring({}), "", "")) as client:
        page = client.get("/")
    assert page.status_code == 200
    assert cards(page) == []
