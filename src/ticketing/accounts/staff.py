"""Staff: let somebody work here, and keep their password so that nobody can read it."""

import secrets
import unicodedata
from base64 import b64encode

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from ticketing.accounts.models import Role, Staff, StaffSession
from ticketing.desk.db import Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id
from ticketing.foundation.errors import BadInput, NotFound, Refused
from ticketing.foundation.mail_address import mail_address, same_address
from ticketing.foundation.typed_text import one_line

# OWASP's figures for argon2id: many guesses at once must not eat a small machine's memory.
HASHER = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
LEAST, MOST = 12, 200  # characters of a password


class AddressTaken(Refused):
    type = "address-taken"
    zh = "这个邮箱已经有工作账号了。"
    en = "Somebody already works here with this address."


class NobodyOfThatName(NotFound):
    type = "nobody-of-that-name"
    zh = "没有人用这个邮箱在这里工作：{email}。"
    en = "Nobody works here with the address {email}."


class LastAdministrator(Refused):
    type = "last-administrator"
    zh = "这是最后一位管理员：请先请另一位来当管理员。"
    en = "This is the last administrator: let somebody else become one first."


def add_staff(
    tx: Tx, email: str, name: str, role: Role | str, password_hash: str, *, by: str, now: int
) -> str:
    """Return the id, the same as before for who left and comes back; raises AddressTaken.

    ``password_hash`` is made before, by ``hash_password``: it takes long.
    """
    address = mail_address(email, local=True)
    row = {
        "name": one_line(name, "name", 80) or email.strip(), "role": Role.named(role),
        "password_hash": password_hash, "created_at": now,
    }  # fmt: skip
    of_old = sa.select(Staff.id).where(Staff.email == address, Staff.left_at.is_not(None))
    if known := tx.execute(of_old).scalar():
        back = sa.update(Staff).where(Staff.id == known).values(row | {"left_at": None})
        tx.execute(back)
        note(tx, "staff.came_back", known, by=by, now=now, role=role)
        return str(known)
    staff_id = new_id(now)
    try:
        tx.execute(sa.insert(Staff).values(row | {"id": staff_id, "email": address}))
    except sa.exc.IntegrityError as doubled:
        raise AddressTaken() from doubled
    note(tx, "staff.added", staff_id, by=by, now=now, role=role)
    return staff_id


def leave(tx: Tx, email: str, *, by: str, now: int) -> str:
    """Return the id of who works here no more, and has no session; raises LastAdministrator.

    Administrators are locked in one order, so that two cannot go at once, each seeing the other.
    """
    gone = here(tx, email)
    admins = sa.select(Staff.id).where(Staff.role == Role.ADMIN, Staff.left_at.is_(None))
    left = tx.execute(admins.order_by(Staff.id).with_for_update()).scalars().all()
    if list(left) == [gone]:
        raise LastAdministrator()
    still = sa.and_(Staff.id == gone, Staff.left_at.is_(None))
    if tx.execute(sa.update(Staff).where(still).values(left_at=now)).rowcount:
        note(tx, "staff.left", gone, by=by, now=now)
    end_sessions(tx, gone)
    return gone


def reset_password(tx: Tx, email: str, password_hash: str, *, by: str, now: int) -> None:
    """Give a new password; whoever signed in with the old one has to sign in again."""
    staff_id = here(tx, email)
    change = sa.update(Staff).where(Staff.id == staff_id)
    tx.execute(change.values(password_hash=password_hash))
    end_sessions(tx, staff_id)
    note(tx, "staff.password_reset", staff_id, by=by, now=now)


def here(tx: Tx, email: str) -> str:
    """Return the id of who works here with this address; raises NobodyOfThatName."""
    address = same_address(email)
    works = sa.select(Staff.id).where(Staff.email == address, Staff.left_at.is_(None))
    if (found := tx.execute(works).scalar()) is None:
        raise NobodyOfThatName(email=address)
    return str(found)


def end_sessions(tx: Tx, staff_id: str) -> None:
    tx.execute(sa.delete(StaffSession).where(StaffSession.staff_id == staff_id))


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
