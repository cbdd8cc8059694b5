"""Amounts as people type them: what they mean, or refused with a sentence; never guessed."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_currency, format_decimal

from nodejs import node
from ticketing.foundation.errors import BadInput
from ticketing.foundation.money import exact, plain, short, typed

READ = {
    "250": 25000, "250,50": 25050, "250,5": 25050, "250.50": 25050, "0,50": 50, "0.05": 5, "007": 700,
    "1.234,50": 123450, "1,234.50": 123450, "1 234,50": 123450, "1'234.50": 123450, "1’234,5": 123450,
    "1 234": 123400, "1'234": 123400, "1,234,567": 123456700, "1.234.567,8": 123456780,
    "２５０，５０": 25050, "２５０．５０": 25050, "250。50": 25050, "１　２３４．５０": 123450,
    "1\u00a0234,50": 123450, "1\u202f234,50": 123450, "1\u2009234.50": 123450,
    " 80 ": 8000, "\ufeff80\u200b": 8000, "\u200e80.00\u200f": 8000, "٢٥٠": 25000,
    "¥80": 8000, "￥ 80": 8000, "80¥": 8000, "80 元": 8000, "cny 80": 8000, "CN¥1,234.50": 123450,
    "80\u00a0CNY": 8000, "人民币80": 8000, "9999999.99": 999999999,
}  # fmt: skip
REFUSED = [
    "", " ", "¥", "x", "8e3", "0x50", "1,23,456.50", "1,2345", "12,345,67", "1.234.50", "1,234,50",
    "1,234 50", "250 50", "24:50", "0,123", "0.125", "80.", ".5", "80,-", "1_000", "24⁵⁰", "24½", "①",
    "⒈", "二十四", "(80)", "+80", "80 80", "¥80¥", "1.2.3", "1'23", "12345678", "9" * 400, "\t", "80\x00",
    "1e2", "∞", "NaN",
]  # fmt: skip
TWO_WAYS = {"1,234": "1234 or 1.23", "1.234": "1234 or 1.23", "１，２３４": "1234 or 1.23"}
REGIONS = [
    "de_CH",
    "de_AT",
    "en_IN",
    "en_ZA",
    "es_MX",
    "fr_CH",
    "fr_CA",
    "it_CH",
    "pt_PT",
    "zh_Hant_TW",
]
BELOW = ["-80", "−80", "－80", "80-", "–80", "-¥80", "¥-80", "-1,234.50"]
AMOUNTS = [0, 5, 50, 2400, 25050, 123400, 123450, 999999, 1234500, 123456700, 999999999]


@pytest.mark.parametrize(("text", "fen"), READ.items())
def test_what_is_plain_is_read(text: str, fen: int) -> None:
    assert typed(text, "amount", "CNY") == fen


@pytest.mark.parametrize("text", REFUSED)
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(BadInput) as why:
        typed(text, "amount", "CNY")
    assert why.value.sentence("en") != why.value.sentence("zh")


@pytest.mark.parametrize(("text", "ways"), TWO_WAYS.items())
def test_what_can_be_read_in_two_ways_is_refused_with_both(text: str, ways: str) -> None:
    with pytest.raises(BadInput) as why:
        typed(text, "amount", "CNY")
    assert why.value.sentence("en").endswith(f"please write {ways}.")


@pytest.mark.parametrize("text", BELOW)
def test_what_is_below_zero_is_said_to_be(text: str) -> None:
    with pytest.raises(BadInput) as why:
        typed(text, "amount", "CNY")
    assert "below zero" in why.value.sentence("en")


def test_another_currency_is_not_taken_for_ours() -> None:
    assert typed("€250,50", "amount", "EUR") == 25050
    for text, currency in (("€80", "CNY"), ("80 元", "EUR"), ("$80", "CNY"), ("¥80", "EUR")):
        with pytest.raises(BadInput):
            typed(text, "amount", currency)


@pytest.mark.parametrize("grouped", [True, False])
def test_as_any_country_writes_an_amount_it_is_that_amount_or_refused(grouped: bool) -> None:
    """In each language that Babel knows; most writings are read."""
    read = 0
    for written, fen in writings(grouped):
        try:
            assert typed(written, "amount", "CNY") == fen, written
            read += 1
        except BadInput:
            pass
    assert read > 1500


@pytest.mark.parametrize("fen", AMOUNTS)
def test_what_we_write_ourselves_we_read(fen: int) -> None:
    assert [typed(text, "amount", "CNY") for text in (exact(fen, "CNY"), plain(fen))] == [fen, fen]
    if fen < 100_000 or fen % 100:  # ¥1,234 can be read in two ways
        assert typed(short(fen, "CNY"), "amount", "CNY") == fen


def test_the_browser_never_reads_another_amount(tmp_path: Path) -> None:
    known = [*READ.items(), *((text, None) for text in [*REFUSED, *TWO_WAYS, *BELOW])]
    cases = tmp_path / "cases.json"
    cases.write_text(json.dumps(known))
    assert node("money.mjs", str(cases)) == f"11 of {len(known)}"


def writings(grouped: bool) -> list[tuple[str, int]]:
    return [
        (written, fen)
        for locale in [*(each for each in locale_identifiers() if "_" not in each), *REGIONS]
        for fen in AMOUNTS[1:]
        for amount in [Decimal(fen) / 100]
        for written in (
            format_decimal(amount, locale=locale, group_separator=grouped),
            format_currency(amount, "CNY", locale=locale, group_separator=grouped),
        )
    ]
