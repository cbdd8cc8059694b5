"""A number is typed as its country types it, and stored in one way of writing."""

import pytest

from ticketing.foundation.errors import BadInput
from ticketing.orders.phone import phone_number

ALIKE = [
    ("CN", "13800001234", ["138 0000 1234", "+86 138-0000-1234", "008613800001234", "１３８００００１２３４"]),
    ("CN", "+32470123456", ["+32 470 12 34 56", "0032470123456", "+32 (0)470/12.34.56"]),
    ("BE", "+32470123456", ["0470 12 34 56", "0470/12.34.56", "+32 470 12 34 56", "0032 470 123456"]),
    ("BE", "+8613800001234", ["+86 138 0000 1234", "0086 13800001234"]),
    ("GB", "+447400123456", ["07400 123456", "+44 7400 123456"]),
]  # fmt: skip
NONE = [
    ("CN", "0573 8281 1111"), ("CN", "12345678901"), ("CN", "138000012345"), ("BE", "12"),
    ("BE", "13800001234"), ("BE", "call me"), ("BE", "0470 12 34 5x"), ("BE", "+"), ("BE", "+0"),
]  # fmt: skip


@pytest.mark.parametrize(("country", "stored", "typed"), ALIKE)
def test_each_way_of_typing_it_is_one_number(country: str, stored: str, typed: list[str]) -> None:
    assert {phone_number(text, country) for text in [*typed, stored]} == {stored}


@pytest.mark.parametrize(("country", "typed"), NONE)
def test_what_is_none_is_refused_in_both_languages(country: str, typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        phone_number(typed, country)
    assert all(refused.value.sentence(lang) for lang in ("zh", "en"))


def test_nothing_typed_is_no_number() -> None:
    assert phone_number("  ", "BE") == ""
