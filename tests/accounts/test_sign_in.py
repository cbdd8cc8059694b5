import threading
import time
from typing import Any

import pytest
import sqlalchemy as sa
from argon2 import extract_parameters

from accounts.conftest import Hire, Together
from ticketing.accounts.models import SignInAttempt, Staff, StaffSession
from ticketing.accounts.queries import actor_by_session
from ticketing.accounts.sign_in import (
    MOST_FOR_ADDRESS,
    MOST_FROM_NETWORK,
    SESSION_LASTS,
    WINDOW,
    Attempt,
    TooManyAttempts,
    count_attempt,
    leave_trace,
    sign_in,
    sign_out,
)  # fmt: skip
from ticketing.accounts.staff import NOBODYS, hash_password, password_matches
from ticketing.desk.db import Tx
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import SetClock
from ticketing.foundation.codes import digest
from ticketing.web.network import network

MEI, HERE = "mei@nanhu.test", "network:1"


def fail(desk: Desk, times: int, address: str = MEI, network: str = HERE) -> None:
    for _ in range(times):
        desk.write_now(count_attempt, address, network)


def enter(desk: Desk, address: str = MEI, old: str = "") -> str:
    return desk.write_now(sign_in, desk.write_now(count_attempt, address, HERE), old)


def rows(desk: Desk, model: Any) -> list[Any]:
    return desk.read_now(lambda tx: list(tx.execute(sa.select(model.__table__))))


def test_an_address_that_failed_often_is_refused_from_everywhere(desk: Desk) -> None:
    fail(desk, MOST_FOR_ADDRESS)
    with pytest.raises(TooManyAttempts):
        fail(desk, 1, " MEI@Nanhu.test ", "network:2")


def test_other_addresses_and_networks_are_not_refused_with_it(desk: Desk) -> None:
    fail(desk, MOST_FOR_ADDRESS)
    fail(desk, 1, "lan@nanhu.test", HERE)


def test_a_network_that_failed_often_is_refused_for_every_address(desk: Desk) -> None:
    for number in range(MOST_FROM_NETWORK):
        fail(desk, 1, f"guess{number}@nanhu.test")
    with pytest.raises(TooManyAttempts):
        fail(desk, 1, MEI)
    fail(desk, 1, MEI, "network:2")


def test_a_refused_attempt_does_not_lengthen_the_wait(desk: Desk, clock: SetClock) -> None:
    fail(desk, MOST_FOR_ADDRESS)
    clock.forward(WINDOW - 1)
    with pytest.raises(TooManyAttempts):
        fail(desk, 1)
    clock.forward(1)
    fail(desk, 1)


def test_a_sign_in_clears_the_address_and_not_the_network(desk: Desk, hire: Hire) -> None:
    hire(MEI)
    fail(desk, MOST_FOR_ADDRESS - 1)
    fail(desk, 1, "lan@nanhu.test")
    enter(desk)
    kept = [row.who for row in rows(desk, SignInAttempt)]
    assert kept.count(digest(f"address:{MEI}")) == 0
    assert kept.count(digest(HERE)) == MOST_FOR_ADDRESS  # its own attempt alone was taken back


@pytest.mark.parametrize(
    ("host", "prefix"),
    [
        ("203.0.113.77", "203.0.113.0/24"), ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"), ("unix", "unix"),
    ],
)  # fmt: skip
def test_a_network_is_what_one_household_or_guesser_owns(host: str, prefix: str) -> None:
    assert network(host) == prefix


def test_attempts_are_stored_without_address_or_network(desk: Desk) -> None:
    fail(desk, 1)
    stored = repr(rows(desk, SignInAttempt))
    assert MEI not in stored
    assert HERE not in stored


def test_attempts_too_old_to_count_are_forgotten_at_the_next_sign_in(
    desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire(MEI)
    fail(desk, 3, "lan@nanhu.test")
    clock.forward(WINDOW)
    enter(desk)
    assert rows(desk, SignInAttempt) == []


def looked_then_counted(desk: Desk, start: threading.Barrier) -> None:
    """The control: what ``count_attempt`` would be if it looked before and counted after."""

    def recent(tx: Tx) -> int:
        return int(tx.execute(sa.select(sa.func.count(SignInAttempt.id))).scalar_one())

    failed = desk.read_now(recent)
    start.wait(10)
    if failed < MOST_FOR_ADDRESS:
        desk.write_now(lambda tx, *, now: leave_trace(tx, "x", now))


def test_control_looking_before_counting_lets_guesses_through(
    desk: Desk, together: Together
) -> None:
    start = threading.Barrier(12)
    together(12, lambda _: looked_then_counted(desk, start))
    assert len(rows(desk, SignInAttempt)) == 12


def test_guesses_at_one_moment_are_counted_one_by_one(
    url: str, desk: Desk, clock: SetClock, together: Together
) -> None:
    desks = [desk, open_desk(url, clock)]
    answers = together(12, lambda n: desks[n % 2].write_now(count_attempt, MEI, f"network:{n}"))
    desks[1].close()
    assert sum(isinstance(answer, Attempt) for answer in answers) == MOST_FOR_ADDRESS
    assert sum(isinstance(answer, TooManyAttempts) for answer in answers) == 12 - MOST_FOR_ADDRESS


def test_an_unknown_address_leaves_the_same_traces_and_costs_the_same_work(
    desk: Desk, hire: Hire, password_hash: str
) -> None:
    hire(MEI)
    known = desk.write_now(count_attempt, MEI, HERE)
    unknown = desk.write_now(count_attempt, "nobody@nanhu.test", HERE)
    assert (known.password_hash, unknown.password_hash) == (password_hash, NOBODYS)
    assert len(rows(desk, SignInAttempt)) == 4
    assert extract_parameters(NOBODYS) == extract_parameters(password_hash)


def test_nobodys_hash_is_really_tried() -> None:
    def work(password_hash: str) -> float:
        start = time.process_time()
        assert not password_matches(password_hash, "a wrong password")
        return time.process_time() - start

    real = hash_password("a password of somebody")
    known, unknown = (min(work(tried) for _ in range(5)) for tried in (real, NOBODYS))
    assert 0.5 < unknown / known < 2


def test_somebody_who_left_is_unknown(desk: Desk, hire: Hire) -> None:
    staff_id = hire(MEI)
    secret = enter(desk)
    desk.write_now(lambda tx, *, now: tx.execute(sa.update(Staff).values(left_at=now)) and None)
    assert desk.read_now(actor_by_session, secret, 0) is None
    assert desk.write_now(count_attempt, MEI, HERE).staff_id != staff_id


def test_every_sign_in_makes_a_new_session_and_ends_the_browsers_old_one(
    desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire(MEI)
    first = enter(desk)
    second = enter(desk, old=first)
    assert first != second
    assert desk.read_now(actor_by_session, first, clock.now()) is None
    assert desk.read_now(actor_by_session, second, clock.now()) is not None


def test_a_session_is_stored_as_a_digest_alone(desk: Desk, hire: Hire) -> None:
    hire(MEI)
    secret = enter(desk)
    (stored,) = rows(desk, StaffSession)
    assert stored.digest == digest(secret)
    assert secret not in repr(stored)


def test_a_session_lasts_twelve_hours(desk: Desk, clock: SetClock, hire: Hire) -> None:
    hire(MEI)
    secret = enter(desk)
    assert desk.read_now(actor_by_session, secret, clock.now() + SESSION_LASTS - 1)
    assert desk.read_now(actor_by_session, secret, clock.now() + SESSION_LASTS) is None


def test_lapsed_sessions_are_removed_at_the_next_sign_in(
    desk: Desk, clock: SetClock, hire: Hire
) -> None:
    hire(MEI)
    enter(desk)
    clock.forward(SESSION_LASTS)
    secret = enter(desk)
    assert [row.digest for row in rows(desk, StaffSession)] == [digest(secret)]


def test_signing_out_twice_ends_one_session_and_no_other(desk: Desk, hire: Hire) -> None:
    by = f"staff:{hire(MEI)}"
    phone, desktop = enter(desk), enter(desk)
    for _ in range(2):
        desk.write_now(sign_out, phone, by=by)
    assert [row.digest for row in rows(desk, StaffSession)] == [digest(desktop)]
