"""Amounts, tax, nights and order numbers, as each house writes them."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from ticketing.foundation import clock, money
from ticketing.foundation.codes import normalise_order
from ticketing.foundation.words import say


def test_an_amount_has_the_sign_of_its_currency() -> None:
    signs = {"CNY": "¥1,234.50", "EUR": "€1,234.50", "GBP": "£1,234.50", "CHF": "CHF 1,234.50"}
    assert {coin: money.exact(123450, coin) for coin in signs} == signs


@pytest.mark.parametrize(("total", "rate", "tax"), [(4800, 6, 272), (1000, 5.5, 52), (100, 0, 0)])
def test_tax_is_what_is_in_the_total(total: int, rate: float, tax: int) -> None:
    assert money.tax_in(total, rate) == tax


def at(text: str) -> int:
    return clock.instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/Brussels")))


def test_what_begins_after_midnight_says_its_night() -> None:
    begins = at("2027-01-01 00:30")
    said = {lang: clock.say_night(begins, "Europe/Brussels", lang) for lang in ("zh", "en")}
    assert said == {"zh": "12月31日深夜", "en": "in the night of 31 Dec to 1 Jan"}


@pytest.mark.parametrize("text", ["2027-01-01 05:00", "2027-01-01 11:00", "2026-12-31 23:59"])
def test_what_begins_at_any_other_hour_does_not(text: str) -> None:
    assert clock.say_night(at(text), "Europe/Brussels", "en") == ""


@pytest.mark.parametrize(
    "typed", ["WL2345CDFH", "wl 2345 cdfh", "2345-cdfh", "#WL2345CDFH", "ＷＬ２３４５ＣＤＦＨ"]
)
def test_an_order_is_found_with_and_without_its_prefix(typed: str) -> None:
    assert normalise_order(typed, "WL") == "WL2345CDFH"


def test_a_number_of_another_prefix_is_kept() -> None:
    assert normalise_order("NH2345CDFH", "WL") == "NH2345CDFH"


def test_a_text_falls_back_to_the_language_there_is() -> None:
    assert say({"zh": "", "en": "Salt"}, "zh") == say({"en": "Salt"}, "zh") == "Salt"
    assert say({"zh": "盐", "en": ""}, "en") == "盐"
