"""The keys that sign tickets: made at first start, sealed under TICKETING_SECRET_KEY."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import MINUTE
from ticketing.foundation.errors import Refused
from ticketing.foundation.sealing import seal, unseal
from ticketing.tickets.models import SigningKey

PURPOSE = "ticket signing keys"
LAST_KEY = 15  # four bits of a code name it
HEARD = 5 * MINUTE  # so long every server and every phone with a line has heard of a new key


class NoMoreKeys(Refused):
    type = "no-more-keys"
    zh = "码里只放得下 16 把钥匙，已经用完。"
    en = "A code has room for 16 keys, and all of them were used."


@dataclass(frozen=True)
class Keyring:
    """``secret_key`` is TICKETING_SECRET_KEY, from which what gates know is derived."""

    private: dict[int, Ed25519PrivateKey]
    secret_key: str = field(default="", repr=False)
    _public: dict[int, Ed25519PublicKey] = field(default_factory=dict, repr=False)

    @property
    def public(self) -> Mapping[int, Ed25519PublicKey]:
        if len(self._public) != len(self.private):
            self._public.update({number: key.public_key() for number, key in self.private.items()})
        return self._public

    def learn(self, newer: "Keyring") -> None:
        """Take over keys that were made meanwhile."""
        self.private.update(newer.private)


def ensure_key(tx: Tx, secret_key: str, *, now: int) -> None:
    """Make the first key; harmless when there is one."""
    if tx.execute(sa.select(sa.func.count()).select_from(SigningKey)).scalar_one():
        return
    add_key(tx, 1, secret_key, used_from=0, now=now)


def rotate_key(tx: Tx, secret_key: str, *, by: str, now: int) -> int:
    """Make the next key, which signs from ``HEARD`` on; return its number.

    Raises NoMoreKeys, and WrongSecretKey where the others were sealed under another: with keys of two
    kinds no server starts.
    """
    ensure_key(tx, secret_key, now=now)
    keyring(tx, secret_key)
    number = int(tx.execute(sa.select(sa.func.max(SigningKey.id))).scalar_one()) + 1
    if number > LAST_KEY:
        raise NoMoreKeys()
    add_key(tx, number, secret_key, used_from=now + HEARD, now=now)
    note(tx, "key.rotated", str(number), by=by, now=now)
    return number


def add_key(tx: Tx, number: int, secret_key: str, *, used_from: int, now: int) -> None:
    key = Ed25519PrivateKey.generate()
    values = {
        "id": number, "public": key.public_key().public_bytes_raw(), "created_at": now,
        "sealed_private": seal(secret_key, key.private_bytes_raw(), PURPOSE), "used_from": used_from,
    }  # fmt: skip
    tx.execute(sa.insert(SigningKey), values)


def keyring(tx: Tx, secret_key: str) -> Keyring:
    rows = tx.execute(sa.select(SigningKey.id, SigningKey.sealed_private))
    return Keyring(
        {
            key_id: Ed25519PrivateKey.from_private_bytes(unseal(secret_key, sealed, PURPOSE))
            for key_id, sealed in rows.all()
        },
        secret_key,
    )
