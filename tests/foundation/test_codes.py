from base64 import b32decode
from random import Random
from uuid import RFC_4122, UUID

import pytest

from ticketing.foundation import codes

NOON = 1_779_508_800_000


def test_an_id_is_a_version_7_uuid_of_its_instant() -> None:
    made = codes.new_id(NOON)
    assert str(UUID(made)) == made
    assert (UUID(made).version, UUID(made).variant) == (7, RFC_4122)
    assert UUID(made).int >> 80 == NOON


def test_ids_of_one_instant_differ_and_later_ids_sort_later() -> None:
    same = {codes.new_id(NOON) for _ in range(1000)}
    assert len(same) == 1000
    assert max(same) < codes.new_id(NOON + 1)


@pytest.mark.parametrize("impossible", [-1, 1 << 48])
def test_an_instant_outside_48_bits_makes_no_id(impossible: int) -> None:
    with pytest.raises(ValueError, match="48 bits"):
        codes.new_id(impossible)


def test_all_74_random_bits_of_an_id_vary() -> None:
    made = [UUID(codes.new_id(NOON)).int for _ in range(200)]
    seen = 0
    for number in made:
        seen |= number ^ made[0]
    assert seen.bit_count() == 74


def test_a_secret_has_160_bits_and_only_letters_and_digits() -> None:
    made = {codes.new_secret() for _ in range(1000)}
    assert len(made) == 1000
    assert all(len(b32decode(secret.upper())) == 20 for secret in made)
    assert all(secret.isalnum() and secret == secret.lower() for secret in made)


def test_a_digest_is_sha_256_and_no_text_breaks_it() -> None:
    assert codes.digest("abc").startswith("ba7816bf8f01cfea414140de5dae2223b00361a396177a9c")
    assert len(codes.digest("")) == len(codes.digest("\ud800票")) == 64


def test_the_alphabet_has_no_look_alikes_and_no_vowels() -> None:
    assert len(set(codes.ALPHABET)) == len(codes.ALPHABET) == 24
    assert not set(codes.ALPHABET) & set("01OIL AEU BGSZ")


def test_an_order_number_is_nh_and_eight_characters_of_the_alphabet() -> None:
    made = codes.order_number("NH")
    assert (made[:2], len(made)) == ("NH", 10)
    assert set(made[2:]) <= set(codes.ALPHABET)


def test_codes_are_drawn_from_the_random_source_they_are_given() -> None:
    first, again, other = Random(1), Random(1), Random(2)
    assert codes.short_number(first) == codes.short_number(again) != codes.short_number(other)
    assert (
        codes.order_number("NH", first)
        == codes.order_number("NH", again)
        != codes.order_number("NH", other)
    )


def test_numbers_fit_the_columns_and_browsers_they_go_to() -> None:
    rng = Random(7)
    tickets = [codes.ticket_number(rng) for _ in range(10_000)]
    performances = [codes.performance_number(rng) for _ in range(10_000)]
    assert min(tickets + performances) >= 1
    assert 2**52 < max(tickets) < 2**53
    assert 2**30 < max(performances) < 2**31


def test_a_short_number_is_found_as_it_is_shown() -> None:
    for short in (codes.short_number() for _ in range(200)):
        assert codes.normalise_short(codes.shown_short(short)) == short
    assert codes.shown_short("K7QM42") == "K7QM 42"


@pytest.mark.parametrize(
    "typed", ["K7QM42", " k7qm 42\n", "K7QM-42", "Ｋ７ＱＭ　４２", "k7qma2", "K7QM4Z"]
)
def test_a_short_number_is_found_however_it_was_typed(typed: str) -> None:
    assert codes.normalise_short(typed) == "K7QM42"


@pytest.mark.parametrize(
    "typed",
    ["", "K7QM4", "K7QM422", "K7QM4O", "K7QM4!", "请", "2" * 10**6, "\u0323\u0301" * 500_000],
    ids=lambda typed: ascii(typed[:9]),
)
def test_what_cannot_be_a_short_number_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="six letters and digits"):
        codes.normalise_short(typed)
