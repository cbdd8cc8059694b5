"""Who is looked for is found: whatever the case and composition, on both databases and on a phone."""

import json
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from nodejs import node
from stage import Stage
from ticketing.desk.desk import open_desk
from ticketing.desk.schema import downgrade, upgrade
from ticketing.foundation.folding import folded, words_in
from ticketing.orders.create import Buyer
from ticketing.orders.meant import meant
from ticketing.orders.models import Order

ALIKE = [  # each line is one name
    ["Émile Zöllner", "ÉMILE ZÖLLNER", "emile zollner", "Zöllner, Émile", "Zöllner\u3000Émile", "ｅｍｉｌｅ"],
    ["欧阳 娜娜", "欧阳娜娜", "欧阳　娜娜", "娜娜 欧阳", "娜娜"],
    ["Straße", "STRASSE", "STRAẞE", "strasse"],
    ["Ἀχιλλεύς", "ΑΧΙΛΛΕΥΣ", "αχιλλευσ"],
    ["İbrahim Yıldız", "ibrahim yildiz", "IBRAHIM YILDIZ"],
    ["O’Brien", "O'Brien", "obrien", "O\u200bBrien"],
    ["Jean-Luc", "Jean‑Luc", "jeanluc", "jean luc"],
    ["김민준", unicodedata.normalize("NFD", "김민준")],
    ["Nguyễn Thị Hạnh", "NGUYỄN THỊ HẠNH", "nguyen thi hanh", "Hạnh Nguyễn"],
    ["ﬁnn", "FINN"], ["Dvořák", "DVOR\u030cA\u0301K"], ["Łukasz", "łUKASZ"], ["がりれお", "がりれお"],
]  # fmt: skip
WORLD = {
    "name": Buyer("Émile Zöllner", "", "emile.z@example.org"),
    "phone": Buyer("欧阳 娜娜", "13800009999", ""),
    "mail": Buyer("", "", "piet@example.be"),
}
FOUND = {
    "ÉMILE": "name", "Zo\u0308llner e\u0301mile": "name", "EMILE.Z@example.org ": "name",
    "欧阳娜娜": "phone", "9999": "phone", "+86 138 0000 9999": "phone", "0086-138-0000-9999": "phone",
    "138‑0000‑9999": "phone", "\u202d13800009999\u202c": "phone", "(138) 0000 9999": "phone",
    "Piet@Example.be": "mail", " ｐｉｅｔ@example.be": "mail",
}  # fmt: skip
NOBODY = [
    "",
    " ",
    "\u200b",
    "%",
    "_",
    "123",
    "piet@",
    "@example.be",
    "😀",
    "98",
    "*",
    "or 1=1",
    "nobody",
    "Zollnr",
]


@pytest.mark.parametrize("alike", ALIKE)
def test_names_are_alike_whatever_their_writing(alike: list[str]) -> None:
    for words in alike:
        composed = (unicodedata.normalize(form, words) for form in ("NFC", "NFD", "NFKC", "NFKD"))
        for written in composed:
            assert all(word in folded(alike[0]) for word in words_in(written)), written


def test_a_phone_at_the_door_finds_them_the_same(tmp_path: Path) -> None:
    names = [(name, folded(name)) for alike in ALIKE for name in alike]
    sought = [
        (alike[0], words, all(word in folded(alike[0]) for word in words_in(words)))
        for alike in ALIKE
        for words in (name for other in ALIKE for name in other)
    ]
    cases = tmp_path / "cases.json"
    guests = [
        {"number": what, "name": buyer.name, "contact": buyer.phone[-4:] or buyer.email,
         "email": buyer.email, "order_number": "NH2345678" + mark}
        for (what, buyer), mark in zip(WORLD.items(), "CDF", strict=True)
    ]  # fmt: skip
    numbers = dict.fromkeys(
        ["NH2345678F", "2345678f", "nh 234\u2011567\u2011BF", "＃NH２３４５６７８F"], "mail"
    )
    found = [(words, [what]) for words, what in (FOUND | numbers).items()]
    found += [(words, []) for words in NOBODY]
    whole = {"names": names, "sought": sought, "guests": guests, "found": found}
    cases.write_text(json.dumps(whole))
    said = f"{len(names)}, {len(sought)} and {len(found)} alike"
    assert node("names.mjs", str(cases)) == said


@pytest.fixture
def orders(world: Stage) -> dict[str, Any]:
    """One order of each buyer, by what they are found by."""
    return {
        what: world.place(world.hold(world.seats(1, skip=2 * n)), buyer=buyer).order
        for n, (what, buyer) in enumerate(WORLD.items())
    }


def test_orders_are_found_by_name_phone_mail_and_number(
    world: Stage, orders: dict[str, Any]
) -> None:
    number = orders["mail"].number
    numbers = dict.fromkeys([number, number[2:], f" {number[:6]}-{number[6:].lower()} "], "mail")
    for words, what in (FOUND | numbers).items():
        assert found(world, words) == {orders[what].number}, words
    for words in NOBODY:
        assert found(world, words) == set(), words


def found(world: Stage, words: str) -> set[str]:
    query = sa.select(Order.number).where(sa.or_(sa.false(), *meant(words)))
    return set(world.ask(query).scalars())


def test_buyers_of_before_are_found_too(world: Stage, orders: dict[str, Any]) -> None:
    world.desk.close()
    downgrade(world.desk.url, "0021")
    upgrade(world.desk.url)
    desk = open_desk(world.desk.url)
    query = sa.select(Order.number).where(sa.or_(*meant("zollner")))
    assert desk.read_now(lambda tx: tx.execute(query).scalars().all()) == [orders["name"].number]
    desk.close()
