import re
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ticketing.foundation import base45
from ticketing.tickets.sign import CONTEXT, BrokenCode, ForgedCode, TicketCode, read, sign, verify

PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
KEYS = {3: PRIVATE.public_key()}
CODE = TicketCode(key=3, performance=20260523, ticket=2**53 - 5, issue=1)
TEXT = sign(CODE, PRIVATE)
WHOLE = base45.decode(TEXT[1:-1])
ORDER = 2**252 + 27742317777372353535851937790883648493  # of the group of Ed25519


def framed(whole: bytes) -> str:
    return f"T{base45.encode(whole)}Z"


def test_what_was_signed_verifies() -> None:
    assert verify(TEXT, KEYS) == CODE


def test_the_text_stays_the_one_on_tickets_already_sold() -> None:
    assert TEXT == (
        "T5I2GW6 RL124FGWFGW.WVRB57RN.H3H*V-393LLB29KHK12WE5ER J:*F0T"
        "VR.CWDED445X2+DR*FUS46.QJ*PHE+CBFDJIF2MM0/AGLE/CHO-HTSPZPSZ"
    )


def test_the_widest_and_the_smallest_numbers_come_back() -> None:
    for code in (TicketCode(0, 0, 0, 0), TicketCode(15, 2**32 - 1, 2**64 - 1, 255)):
        text = sign(code, PRIVATE)
        assert len(text) == 119
        assert verify(text, {code.key: PRIVATE.public_key()}) == code


@pytest.mark.parametrize(
    "field", [{"key": 16}, {"performance": 2**32}, {"ticket": 2**64}, {"issue": 256}, {"key": -1}]
)
def test_a_number_too_large_for_its_place_is_refused_by_name(field: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(field))} .* does not fit"):
        replace(CODE, **field)


def test_reading_gives_the_code_the_payload_and_the_signature() -> None:
    code, payload, signature, moment = read(TEXT)
    assert (code, payload + signature, moment) == (CODE, WHOLE, b"")
    assert (len(payload), len(signature)) == (14, 64)


def test_the_code_has_only_characters_that_the_qr_code_packs_densely() -> None:
    assert re.fullmatch(r"T[0-9A-Z $%*+\-./:]{117}Z", TEXT)


def test_a_changed_bit_in_any_byte_is_refused() -> None:
    for place in range(len(WHOLE)):
        for bit in range(8):
            changed = bytearray(WHOLE)
            changed[place] ^= 1 << bit
            with pytest.raises((BrokenCode, ForgedCode)):
                verify(framed(bytes(changed)), KEYS)


def test_a_changed_character_in_any_place_is_refused() -> None:
    for place in range(len(TEXT)):
        other = "8" if TEXT[place] != "8" else "9"
        with pytest.raises((BrokenCode, ForgedCode)):
            verify(TEXT[:place] + other + TEXT[place + 1 :], KEYS)


def test_the_signature_of_another_key_is_refused() -> None:
    forged = sign(CODE, Ed25519PrivateKey.generate())
    with pytest.raises(ForgedCode, match="the signature is not ours"):
        verify(forged, KEYS)


def test_a_key_that_the_house_does_not_have_is_refused() -> None:
    with pytest.raises(ForgedCode, match="key 3 is none of ours"):
        verify(TEXT, {4: PRIVATE.public_key()})


def test_a_signature_made_for_another_context_is_refused() -> None:
    payload = WHOLE[:14]
    for context in (b"", b"ticketing/refund/1\x00"):
        with pytest.raises(ForgedCode):
            verify(framed(payload + PRIVATE.sign(context + payload)), KEYS)
    assert verify(framed(payload + PRIVATE.sign(CONTEXT + payload)), KEYS) == CODE


def test_the_other_signature_that_the_equation_allows_is_refused() -> None:
    scalar = int.from_bytes(WHOLE[46:], "little") + ORDER
    with pytest.raises(ForgedCode):
        verify(framed(WHOLE[:46] + scalar.to_bytes(32, "little")), KEYS)


def test_a_code_of_a_later_version_is_refused_by_its_number() -> None:
    payload = bytes([2 << 4 | 3]) + WHOLE[1:14]
    with pytest.raises(BrokenCode, match="version 2 is not known"):
        verify(framed(payload + PRIVATE.sign(CONTEXT + payload)), KEYS)


def test_space_around_the_code_is_forgiven() -> None:
    for text in (f"{TEXT}\r\n", f"  {TEXT}", f"\t{TEXT}\u3000"):
        assert verify(text, KEYS) == CODE


@pytest.mark.parametrize(
    "sent",
    ["]Q1{}", "]Q3{}\r", "\x02{}\x03", "{}\x1d", "\ufeff{}", "\u202d{}\u202c", "\u200b{}\u200b\n", "\xa0{}\u2028"],
    ids=ascii,
)  # fmt: skip
def test_what_a_scanner_or_a_paste_adds_is_forgiven(sent: str) -> None:
    assert verify(sent.format(TEXT), KEYS) == CODE
    assert verify(sent.format("\u200b".join(TEXT[:40]) + TEXT[40:]), KEYS) == CODE


def test_a_scanner_that_types_under_caps_lock_is_forgiven() -> None:
    assert verify(TEXT.swapcase(), KEYS) == CODE


def test_a_code_widened_by_an_input_method_is_forgiven() -> None:
    wide = TEXT.translate({32: 0x3000} | {place: place + 0xFEE0 for place in range(33, 127)})
    assert not wide.isascii()
    assert verify(wide, KEYS) == CODE


@pytest.mark.parametrize(
    "text",
    ["", " ", "T", "TZ", TEXT[1:], TEXT[:-1], TEXT * 2, TEXT[::-1], TEXT.strip("TZ"),
     f"T{':' * 117}Z", f"T{'é' * 117}Z", "https://example.org/t/1", "K7QM42", "请", "\x00" * 119,
     "\ud800" * 119, "T" + "\u0323\u0301" * 500_000],
    ids=lambda text: ascii(text[:9]),
)  # fmt: skip
def test_a_text_that_is_no_code_is_broken(text: str) -> None:
    with pytest.raises(BrokenCode):
        verify(text, KEYS)


def test_a_code_that_lost_its_inner_spaces_is_broken() -> None:
    assert " " in TEXT
    with pytest.raises(BrokenCode):
        verify(TEXT.replace(" ", ""), KEYS)
