"""Staff: let somebody work here, and keep their password so that nobody can read it."""

import secrets
import unicodedata
from base64 import b64encode

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ticketing.accounts.models import Role, Staff
from ticketing.foundation.codes import new_id
from ticketing.foundation.db import Tx
from ticketing.foundation.diary import note
from ticketing.foundation.errors import BadInput, Refused
from ticketing.foundation.mail_address import mail_address
from ticketing.foundation.typed_text import one_line

# OWASP's figures for argon2id: many guesses at once must not eat a small machine's memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
LEAST, MOST = 12, 200  # characters of a password


class AddressTaken(Refused):
    type = "address-taken"
    zh = "这个邮箱已经有工作账号了。"
    en = "Somebody already works here with this address."


def add_staff(
    tx: Tx, email: str, name: str, role: Role | str, password_hash: str, *, by: str, now: int
) -> str:
    """Return the new id. ``password_hash`` is made before, by ``hash_password``: it takes long."""
    staff_id = new_id(now)
    row = {
        "id": staff_id, "email": mail_address(email, local=True),
        "name": one_line(name, "name", 80) or email.strip(),
        "role": Role.named(role), "password_hash": password_hash, "created_at": now,
    }  # fmt: skip
    try:
        tx.execute(sa.insert(Staff).values(row))
    except sa.exc.IntegrityError as doubled:
        raise AddressTaken() from doubled
    note(tx, "staff.added", staff_id, by=by, now=now, role=role)
    return staff_id


def hash_password(password: str) -> str:
    """Return the argon2id hash, some 20 ms of work; BadInput for a short or endless password."""
    if not LEAST <= len(password) <= MOST:
        raise BadInput(
            "password",
            f"密码请用 {LEAST} 到 {MOST} 个字符，一句话最好记。",
            f"A password has {LEAST} to {MOST} characters: a sentence is easy to remember.",
        )
    return HASHER.hash(same_everywhere(password))


def password_matches(password_hash: str, password: str) -> bool:
    """Take the same time whether it matches or not."""
    try:
        return HASHER.verify(password_hash, same_everywhere(password))
    except VerifyMismatchError:
        return False


def same_everywhere(password: str) -> bytes:
    """Give one spelling to what one keyboard types as é and another as e and an accent."""
    return unicodedata.normalize("NFC", password[: MOST + 1]).encode("utf-8", "surrogatepass")


def nobodys_hash() -> str:
    """Return a hash that no password has, and that takes as long to try as a real one."""
    salt, key = (
        b64encode(secrets.token_bytes(length)).decode().rstrip("=")
        for length in (HASHER.salt_len, HASHER.hash_len)
    )
    cost = f"m={HASHER.memory_cost},t={HASHER.time_cost},p={HASHER.parallelism}"
    return f"$argon2id$v=19${cost}${salt}${key}"


NOBODYS = nobodys_hash()
