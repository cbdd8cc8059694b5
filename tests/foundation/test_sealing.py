import pytest

from ticketing.foundation.sealing import WrongSecretKey, seal, unseal

SECRET = "a long secret key of the house"
PLAIN = b"a private key of 32 bytes length"


@pytest.mark.parametrize("plain", [PLAIN, b"", bytes(100_000)])
def test_what_was_sealed_comes_back(plain: bytes) -> None:
    assert unseal(SECRET, seal(SECRET, plain, "signing keys"), "signing keys") == plain


def test_another_secret_key_is_named_as_the_cause() -> None:
    sealed = seal(SECRET, PLAIN, "signing keys")
    with pytest.raises(
        WrongSecretKey, match="signing keys were stored under another TICKETING_SECRET_KEY"
    ):
        unseal(SECRET + "!", sealed, "signing keys")


def test_what_was_sealed_for_one_purpose_opens_for_no_other() -> None:
    sealed = seal(SECRET, PLAIN, "signing keys")
    with pytest.raises(WrongSecretKey):
        unseal(SECRET, sealed, "gate keys")


def test_a_changed_bit_anywhere_is_noticed() -> None:
    sealed = seal(SECRET, PLAIN, "signing keys")
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(WrongSecretKey):
            unseal(SECRET, changed, "signing keys")


def test_a_shortened_seal_of_any_length_is_noticed() -> None:
    sealed = seal(SECRET, PLAIN, "signing keys")
    for length in range(len(sealed)):
        with pytest.raises(WrongSecretKey):
            unseal(SECRET, sealed[:length], "signing keys")


def test_the_same_secret_is_never_sealed_to_the_same_bytes() -> None:
    assert len({seal(SECRET, PLAIN, "signing keys") for _ in range(100)}) == 100
