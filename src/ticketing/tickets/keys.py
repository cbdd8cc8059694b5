"""The keys that sign tickets: made at first start, sealed under TICKETING_SECRET_KEY."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from ticketing.foundation.db import Tx
from ticketing.foundation.sealing import seal, unseal
from ticketing.tickets.models import SigningKey

PURPOSE = "ticket signing keys"


@dataclass(frozen=True)
class Keyring:
    """``secret_key`` is TICKETING_SECRET_KEY, from which what gates know is derived."""

    private: Mapping[int, Ed25519PrivateKey]
    secret_key: str = field(default="", repr=False)

    @cached_property
    def public(self) -> Mapping[int, Ed25519PublicKey]:
        return {key_id: key.public_key() for key_id, key in self.private.items()}


def ensure_key(tx: Tx, secret_key: str, *, now: int) -> None:
    """Make the first key; harmless when there is one."""
    if tx.execute(sa.select(sa.func.count()).select_from(SigningKey)).scalar_one():
        return
    key = Ed25519PrivateKey.generate()
    values = {
        "id": 1, "public": key.public_key().public_bytes_raw(), "created_at": now,
        "sealed_private": seal(secret_key, key.private_bytes_raw(), PURPOSE),
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
