import threading

import pytest
import sqlalchemy as sa

from accounts.conftest import Hire, Together
from ticketing.accounts.first_run import (
    WrongSetupToken,
    awaits_first_run,
    check_setup_token,
    make_setup_token,
    settle_first_run,
)
from ticketing.accounts.models import Role, Staff
from ticketing.accounts.staff import AddressTaken, add_staff
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import SetClock
from ticketing.foundation.errors import BadInput


def token_of(desk: Desk) -> str:
    token = desk.write_now(make_setup_token)
    assert token is not None
    return token


def settle(desk: Desk, token: str, number: int = 0) -> str:
    return desk.write_now(settle_first_run, token, f"admin{number}@nanhu.test", "林", "hash")


def roles(desk: Desk) -> list[str]:
    return desk.read_now(lambda tx: list(tx.execute(sa.select(Staff.role)).scalars()))


def test_the_first_with_the_token_becomes_the_admin(desk: Desk) -> None:
    settle(desk, token_of(desk))
    assert roles(desk) == [Role.ADMIN]
    assert not desk.read_now(awaits_first_run)


def test_a_wrong_token_makes_nobody_an_admin(desk: Desk) -> None:
    token_of(desk)
    for wrong in ("", "guess"):
        with pytest.raises(WrongSetupToken):
            settle(desk, wrong)
    assert roles(desk) == []


def test_each_start_makes_a_new_token_in_place_of_the_last(desk: Desk) -> None:
    old, new = token_of(desk), token_of(desk)
    with pytest.raises(WrongSetupToken):
        desk.read_now(check_setup_token, old)
    desk.read_now(check_setup_token, new)


def test_no_token_is_made_once_somebody_works_here(desk: Desk, hire: Hire) -> None:
    hire("mei@nanhu.test")
    assert desk.write_now(make_setup_token) is None


def test_a_token_dies_when_somebody_is_let_in_by_another_way(desk: Desk, hire: Hire) -> None:
    token = token_of(desk)
    hire("mei@nanhu.test")
    with pytest.raises(WrongSetupToken):
        settle(desk, token)
    assert not desk.read_now(awaits_first_run)


def test_a_mistyped_address_does_not_use_up_the_token(desk: Desk) -> None:
    token = token_of(desk)
    with pytest.raises(BadInput):
        desk.write_now(settle_first_run, token, "no address", "林", "hash")
    settle(desk, token)
    assert roles(desk) == [Role.ADMIN]


def looked_then_settled(desk: Desk, token: str, number: int, start: threading.Barrier) -> None:
    """The control: what ``settle_first_run`` would be without its condition on ``used_at``."""
    desk.read_now(check_setup_token, token)
    start.wait(10)
    desk.write_now(add_staff, f"admin{number}@nanhu.test", "林", Role.ADMIN, "hash", by="first-run")


def test_control_looking_first_makes_everybody_an_admin(desk: Desk, together: Together) -> None:
    token, start = token_of(desk), threading.Barrier(8)
    together(8, lambda n: looked_then_settled(desk, token, n, start))
    assert roles(desk) == [Role.ADMIN] * 8


def test_of_many_at_one_moment_one_becomes_the_admin(
    url: str, desk: Desk, clock: SetClock, together: Together
) -> None:
    token, desks = token_of(desk), [desk, open_desk(url, clock)]
    answers = together(8, lambda n: settle(desks[n % 2], token, n))
    desks[1].close()
    assert sum(isinstance(answer, WrongSetupToken) for answer in answers) == 7
    assert roles(desk) == [Role.ADMIN]


def test_one_address_twice_at_one_moment_is_let_in_once(
    desk: Desk, together: Together, password_hash: str
) -> None:
    def hire(_: int) -> str:
        return desk.write_now(add_staff, "mei@nanhu.test", "", Role.USHER, password_hash, by="test")

    answers = together(8, hire)
    assert sum(isinstance(answer, AddressTaken) for answer in answers) == 7
    assert roles(desk) == [Role.USHER]
