"""What cannot be seen in what people paste is not meant: not in numbers, addresses, names and codes."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ticketing.foundation.codes import normalise_short
from ticketing.foundation.errors import BadInput
from ticketing.foundation.mail_address import mail_address, same_address
from ticketing.foundation.typed_text import one_line, signs, visible

UNSEEN = "\u200b\u200e\u200f\u202a\u202d\u202c\u2060\u2066\u2069\ufeff\xad\u034f\u3164\u2800\ufe0f\U000e0020"
DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212\uff0d"
sprinkled = st.text(st.sampled_from(UNSEEN), max_size=3)


@given(st.lists(sprinkled, min_size=12, max_size=12), st.sampled_from(DASHES))
def test_a_number_is_its_signs_whatever_is_between_them(gaps: list[str], dash: str) -> None:
    typed = "".join(gap + sign for gap, sign in zip(gaps, f"138{dash} 1234 1", strict=False))
    assert signs(typed) == "13812341"
    assert normalise_short(f"{gaps[0]}K7QM{dash}{gaps[1]}42") == "K7QM42"


@given(st.lists(sprinkled, min_size=12, max_size=12))
def test_an_address_is_its_letters_whatever_is_between_them(gaps: list[str]) -> None:
    typed = "".join(sign + gap for sign, gap in zip("Mei@163.com", gaps, strict=False))
    assert mail_address(f" {typed} \x00\x07") == "mei@163.com"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("mei@例子.测试", "mei@xn--fsqu00a.xn--0zwm56d"), ("Mei@Bücher.example", "mei@xn--bcher-kva.example"),
     ("ｍｅｉ＠１６３．ｃｏｍ", "mei@163.com"), ("o'neil+box@example.ie", "o'neil+box@example.ie")],
)  # fmt: skip
def test_an_address_is_stored_as_any_server_takes_it(typed: str, stored: str) -> None:
    assert mail_address(typed) == stored == mail_address(stored) == same_address(typed)


@pytest.mark.parametrize(
    "typed",
    ["mei@163.com。", "mei@163.com、", "mei@example..com", ".mei@example.com", "mei@localhost", "méi@example.com",
     "me i@example.com", "mei@-example.com", "Mei <mei@example.com>", "mei@[192.0.2.1]", '"a b"@example.com',
     "mei", "@", "", "mei@@example.com", f"{'m' * 65}@example.com", "mei@exa_mple.com", "mei@\ud800.com"],
    ids=ascii,
)  # fmt: skip
def test_what_no_server_takes_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        mail_address(typed)


def test_a_name_has_one_composition_and_keeps_what_its_script_needs() -> None:
    assert one_line(" E\u0301mile \u200b\xa0Zo\u0308llner\u202c", "name", 80) == "Émile Zöllner"
    assert one_line("علی\u200cرضا", "name", 80) == "علی\u200cرضا"
    with pytest.raises(BadInput):
        one_line("a\x07b", "name", 80)


@given(st.text())
def test_what_is_visible_stays_and_cleaning_twice_is_cleaning_once(text: str) -> None:
    clean = visible(text)
    assert visible(clean) == clean
    assert not any(unicodedata.category(sign) == "Cf" for sign in clean)
