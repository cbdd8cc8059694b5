"""Sign in and out. An attempt is counted before its password is looked at, outside any transaction:

``count_attempt`` (act), ``password_matches`` (20 ms of work, at the door), ``sign_in`` (act).
"""

from dataclasses import dataclass

import sqlalchemy as sa

from ticketing.accounts.models import SignInAttempt, Staff, StaffSession
from ticketing.accounts.staff import NOBODYS
from ticketing.desk.db import Statement, Tx
from ticketing.desk.diary import note
from ticketing.foundation.clock import HOUR, MINUTE
from ticketing.foundation.codes import digest, new_id, new_secret
from ticketing.foundation.errors import Refused
from ticketing.foundation.mail_address import same_address

WINDOW = 15 * MINUTE
MOST_FOR_ADDRESS, MOST_FROM_NETWORK = 5, 20  # failed attempts within the window
SESSION_LASTS = 12 * HOUR  # a long day at the theatre
ONE_AT_A_TIME = Statement(sa.select(sa.func.pg_advisory_xact_lock(sa.literal_column("7301"))))


class TooManyAttempts(Refused):
    status = 429
    type = "too-many-attempts"
    retry_after = WINDOW // 1000
    zh = "试了太多次，请过 15 分钟再登录。"
    en = "Too many attempts: please wait 15 minutes before you sign in."


class WrongSignIn(Refused):
    status = 401
    type = "wrong-sign-in"
    zh = "邮箱或密码不对。"
    en = "The mail address or the password is wrong."


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt, already counted. For an unknown address a hash that no password has."""

    address: str
    network: str
    traces: tuple[str, str]
    staff_id: str
    password_hash: str


def count_attempt(tx: Tx, address: str, network: str, *, now: int) -> Attempt:
    """Raise TooManyAttempts if this address or this network failed too often of late.

    The same work is done for an address that nobody has.
    """
    one_at_a_time(tx)
    of_address, of_network = digest(f"address:{same_address(address)}"), digest(network)
    refuse_many(tx, of_address, MOST_FOR_ADDRESS, now)
    refuse_many(tx, of_network, MOST_FROM_NETWORK, now)
    traces = leave_trace(tx, of_address, now), leave_trace(tx, of_network, now)
    here = sa.and_(Staff.email == same_address(address), Staff.left_at.is_(None))
    found = tx.execute(sa.select(Staff.id, Staff.password_hash).where(here)).first()
    staff_id, password_hash = found or ("", NOBODYS)
    return Attempt(of_address, of_network, traces, staff_id, password_hash)


def one_at_a_time(tx: Tx) -> None:
    """Keep two attempts from both counting before either is counted; SQLite has one writer."""
    if tx.dialect == "postgresql":
        tx.first(ONE_AT_A_TIME)


def refuse_many(tx: Tx, who: str, most: int, now: int) -> None:
    recent = sa.and_(SignInAttempt.who == who, SignInAttempt.at > now - WINDOW)
    if tx.execute(sa.select(sa.func.count()).where(recent)).scalar_one() >= most:
        raise TooManyAttempts()


def leave_trace(tx: Tx, who: str, now: int) -> str:
    trace = new_id(now)
    tx.execute(sa.insert(SignInAttempt).values(id=trace, who=who, at=now))
    return trace


def sign_in(tx: Tx, attempt: Attempt, old_secret: str, *, now: int) -> str:
    """Return the secret of a new session, once the password matched; the browser's old one ends."""
    clear(tx, attempt, now)
    secret = new_secret()
    ended = sa.or_(StaffSession.digest == digest(old_secret), StaffSession.expires_at <= now)
    tx.execute(sa.delete(StaffSession).where(ended))
    row = {
        "digest": digest(secret), "staff_id": attempt.staff_id, "csrf_token": new_secret(),
        "created_at": now, "expires_at": now + SESSION_LASTS,
    }  # fmt: skip
    tx.execute(sa.insert(StaffSession).values(row))
    note(tx, "staff.signed_in", attempt.staff_id, by=f"staff:{attempt.staff_id}", now=now)
    return secret


def clear(tx: Tx, attempt: Attempt, now: int) -> None:
    """Forget what the address failed, this attempt, and whatever is too old to count.

    The network keeps its other failures: one good password must not pay for guessing at others.
    """
    past = SignInAttempt.at <= now - WINDOW
    own = sa.or_(SignInAttempt.who == attempt.address, SignInAttempt.id.in_(attempt.traces))
    tx.execute(sa.delete(SignInAttempt).where(sa.or_(past, own)))


def sign_out(tx: Tx, secret: str, *, by: str, now: int) -> None:
    """End the session; harmless when there is none."""
    mine = StaffSession.digest == digest(secret)
    if tx.execute(sa.delete(StaffSession).where(mine)).rowcount:
        note(tx, "staff.signed_out", by.partition(":")[2], by=by, now=now)
