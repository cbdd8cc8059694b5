"""Who left is out at once: sessions, phones and their tokens; the house is never without an administrator."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
import sqlalchemy as sa

from ticketing.accounts import staff
from ticketing.accounts.models import Role, Staff
from ticketing.accounts.queries import actor_by_session, actor_by_token
from ticketing.accounts.sign_in import count_attempt, sign_in
from ticketing.accounts.staff import LastAdministrator, NobodyOfThatName, add_staff, reset_password
from ticketing.admission.devices.device import enrol, make_pairing, shut_out, take_up
from ticketing.admission.devices.leave import leave
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk
from ticketing.foundation.errors import NotFound, Refused

MEI, LAN = "mei@nanhu.test", "lan@nanhu.test"


@pytest.fixture
def desk(desk: Desk) -> Desk:
    for email in (MEI, LAN):
        desk.write_now(add_staff, email, email[:3], Role.ADMIN, "hash", by="test")
    return desk


def here(desk: Desk, email: str) -> str:
    return f"staff:{desk.read_now(staff.here, email)}"


def session(desk: Desk, email: str) -> str:
    return desk.write_now(sign_in, desk.write_now(count_attempt, email, "somewhere"), "")


def opens(desk: Desk, secret: str) -> bool:
    return desk.read_now(actor_by_session, secret, 0) is not None


def test_sessions_and_phones_end_with_whom_they_belong_to_and_no_others(desk: Desk) -> None:
    hers, anothers = session(desk, MEI), session(desk, LAN)
    mei, lan = here(desk, MEI), here(desk, LAN)
    own = desk.write_now(enrol, "her phone", Role.ADMIN, by=mei)
    code = desk.write_now(make_pairing, "her spare", Role.USHER, (), (), by=mei)
    unused = desk.write_now(make_pairing, "not yet", Role.USHER, (), (), by=mei)
    spare = desk.write_now(take_up, code, by="pairing")
    kept = desk.write_now(enrol, "another", Role.ADMIN, by=lan)
    assert desk.write_now(leave, " MEI@nanhu.test ", by="test") == [
        "her phone",
        "her spare",
        "not yet",
    ]
    assert (opens(desk, hers), opens(desk, anothers)) == (False, True)
    tokens = [desk.read_now(actor_by_token, each.token) for each in (own, spare, kept)]
    assert [actor is not None for actor in tokens] == [False, False, True]
    with pytest.raises(Refused):
        desk.write_now(take_up, unused, by="pairing")


def test_the_last_administrator_stays(desk: Desk) -> None:
    desk.write_now(leave, MEI, by="test")
    with pytest.raises(LastAdministrator):
        desk.write_now(leave, LAN, by="test")
    assert here(desk, LAN)


def test_who_is_not_here_cannot_leave_or_have_a_password(desk: Desk) -> None:
    desk.write_now(leave, MEI, by="test")
    for email in (MEI, "nobody@nanhu.test"):
        with pytest.raises(NobodyOfThatName):
            desk.write_now(leave, email, by="test")
        with pytest.raises(NobodyOfThatName):
            desk.write_now(reset_password, email, "hash", by="test")


def test_a_new_password_ends_every_session_of_the_old_one(desk: Desk) -> None:
    hers, anothers = session(desk, MEI), session(desk, LAN)
    desk.write_now(reset_password, MEI, "another hash", by="test")
    assert (opens(desk, hers), opens(desk, anothers)) == (False, True)
    assert desk.write_now(count_attempt, MEI, "somewhere").password_hash == "another hash"


def test_who_left_may_come_back_with_another_role(desk: Desk) -> None:
    before = here(desk, MEI)
    desk.write_now(leave, MEI, by="test")
    desk.write_now(add_staff, MEI, "Mei", Role.USHER, "new hash", by="test")
    assert here(desk, MEI) == before
    assert desk.read_now(lambda tx: tx.execute(sa.select(Staff.role)).scalars().all()).count(
        "usher"
    )


def test_a_revoked_token_of_a_phone_is_the_phone_shut_out(desk: Desk) -> None:
    phone = desk.write_now(enrol, "phone", Role.USHER, by=here(desk, MEI))
    actor = desk.read_now(actor_by_token, phone.token)
    assert actor
    desk.write_now(shut_out, actor.id.removeprefix("token:"), by="test")
    assert desk.read_now(actor_by_token, phone.token) is None
    with pytest.raises(NotFound):
        desk.write_now(shut_out, "nowhere", by="test")


@pytest.mark.parametrize("guarded", [False, True])
def test_two_administrators_cannot_both_leave_at_once(
    desk: Desk, guarded: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the lock on their rows both see the other, and nobody is left."""
    if desk.url.startswith("sqlite"):
        pytest.skip("SQLite has one writer")
    if not guarded:
        monkeypatch.setattr(sa.Select, "with_for_update", lambda self: self)
    meet = threading.Barrier(2, timeout=1)

    def go(email: str) -> bool:
        try:
            return bool(desk.write_now(slowly, email, meet, by="test"))
        except LastAdministrator:
            return False

    with ThreadPoolExecutor(2) as threads:
        gone = list(threads.map(go, (MEI, LAN)))
    assert sorted(gone) == ([False, True] if guarded else [True, True])


def slowly(tx: Tx, email: str, meet: threading.Barrier, *, by: str, now: int) -> bool:
    """Leave, and wait for the other before it is stored: with the lock, nobody comes."""
    staff.leave(tx, email, by=by, now=now)
    with suppress(threading.BrokenBarrierError):
        meet.wait()
    return True
