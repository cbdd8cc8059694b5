"""Codes that rotate: good for their minute, on any clock that is nearly right, and forged by nobody."""

import pytest

from ticketing.tickets.rotating import (
    HALF,
    MASK,
    SKEW,
    STEP,
    Moment,
    gate_key,
    is_fresh,
    moment,
    ticket_secret,
)  # fmt: skip

SECRET = ticket_secret(gate_key("a secret key", 20260523), 2**53 - 5, 1)
NOW = 1_779_519_600_000  # a step begins


def test_a_code_is_good_for_a_minute_on_both_sides() -> None:
    shown = moment(SECRET, NOW)
    for at in (NOW, NOW + STEP - 1 + SKEW, NOW - SKEW):
        assert is_fresh(shown, SECRET, at)
    for at in (NOW + STEP + SKEW, NOW - SKEW - 1):
        assert not is_fresh(shown, SECRET, at)


def test_a_moment_is_eleven_bytes_and_comes_back() -> None:
    shown = moment(SECRET, NOW)
    assert len(bytes(shown)) == 11
    assert Moment.read(bytes(shown)) == shown


@pytest.mark.parametrize("turn", [MASK, MASK + 1, HALF, HALF - 1, 7 * (MASK + 1) - 1])
def test_the_step_may_run_over_its_three_bytes(turn: int) -> None:
    at = turn * STEP
    assert is_fresh(moment(SECRET, at), SECRET, at + SKEW)
    assert is_fresh(moment(SECRET, at + SKEW), SECRET, at)
    assert not is_fresh(moment(SECRET, at), SECRET, at + SKEW + STEP)


def test_the_same_low_bits_a_turn_later_are_another_code() -> None:
    late = NOW + (MASK + 1) * STEP
    assert moment(SECRET, late).step == moment(SECRET, NOW).step
    assert not is_fresh(moment(SECRET, NOW), SECRET, late)


def test_another_ticket_issue_or_performance_has_another_secret() -> None:
    key = gate_key("a secret key", 20260523)
    secrets = {SECRET, ticket_secret(key, 7, 1), ticket_secret(key, 2**53 - 5, 2)}
    secrets.add(ticket_secret(gate_key("a secret key", 7), 2**53 - 5, 1))
    secrets.add(ticket_secret(gate_key("another key", 20260523), 2**53 - 5, 1))
    assert len(secrets) == 5
    assert sum(is_fresh(moment(secret, NOW), SECRET, NOW) for secret in secrets) == 1


def test_a_proof_that_was_guessed_is_not_fresh() -> None:
    assert not is_fresh(Moment(moment(SECRET, NOW).step, bytes(8)), SECRET, NOW)
    assert not is_fresh(Moment(moment(SECRET, NOW).step, b""), SECRET, NOW)
