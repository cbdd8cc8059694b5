import random

import pytest

from ticketing.foundation import base45

EXAMPLES = [  # RFC 9285, sections 4.3 and 4.4
    (b"AB", "BB8"),
    (b"Hello!!", "%69 VD92EX0"),
    (b"base-45", "UJCLQE7W581"),
    (b"ietf!", "QED8WEX0"),
    (b"\xff\xff", "FGW"),
    (b"\xff", "U5"),
    (b"", ""),
]


@pytest.mark.parametrize(("plain", "text"), EXAMPLES)
def test_the_examples_of_the_standard_hold_both_ways(plain: bytes, text: str) -> None:
    assert base45.encode(plain) == text
    assert base45.decode(text) == plain


def test_bytes_of_every_length_come_back() -> None:
    rng = random.Random(45)
    for length in range(200):
        plain = rng.randbytes(length)
        assert base45.decode(base45.encode(plain)) == plain


def test_every_pair_of_bytes_has_a_text_of_its_own() -> None:
    texts = {base45.encode(number.to_bytes(2, "big")) for number in range(65536)}
    assert len(texts) == 65536


@pytest.mark.parametrize("text", ["GGW", ":::", "BB8GGW"])
def test_three_characters_above_two_bytes_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="stands for more than 2 bytes"):
        base45.decode(text)


@pytest.mark.parametrize("text", ["V5", "::", "BB8V5"])
def test_two_last_characters_above_one_byte_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="stands for more than 1 bytes"):
        base45.decode(text)


@pytest.mark.parametrize("text", ["bb8", "B\n8", "BB=", "BBé", "ＢＢ8", "B_", "BB8\x00B"])
def test_a_character_outside_the_alphabet_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="outside base45"):
        base45.decode(text)


@pytest.mark.parametrize("text", ["B", "BB8B", " "])
def test_a_length_that_no_bytes_have_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="characters long"):
        base45.decode(text)
