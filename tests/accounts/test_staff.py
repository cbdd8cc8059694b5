import pytest
import sqlalchemy as sa

from accounts.conftest import PASSWORD, Hire
from ticketing.accounts.models import Role, Staff
from ticketing.accounts.staff import AddressTaken, add_staff, hash_password, password_matches
from ticketing.desk.desk import Desk
from ticketing.foundation.errors import BadInput


def test_an_address_is_stored_in_lower_case(desk: Desk, hire: Hire) -> None:
    hire("  Mei@\u200bNanhu.TEST\x00 ")
    query = sa.select(Staff.email)
    assert desk.read_now(lambda tx: tx.execute(query).scalars().all()) == ["mei@nanhu.test"]


def test_an_address_is_taken_once_whatever_its_case(desk: Desk, hire: Hire) -> None:
    hire("mei@nanhu.test")
    with pytest.raises(AddressTaken):
        hire("MEI@nanhu.test")
    hire("lan@nanhu.test")  # the refusal left the desk in order


@pytest.mark.parametrize(
    "email",
    [
        "",
        "mei",
        "@nanhu.test",
        "mei@",
        "a@b@c",
        "mei @x",
        "méi@nanhu.test",
        f"{'m' * 250}@x.test",
    ],
)
def test_what_is_no_address_is_refused(hire: Hire, email: str) -> None:
    with pytest.raises(BadInput) as refused:
        hire(email)
    assert refused.value.shown == {"field": "email"}


def test_an_unknown_role_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput, match="bad-input") as refused:
        desk.write_now(add_staff, "mei@nanhu.test", "梅", "director", "hash", by="test")
    assert "usher, supervisor, box_office, organiser, admin" in refused.value.sentence("en")


def test_a_name_left_out_is_the_address(desk: Desk) -> None:
    desk.write_now(add_staff, "mei@nanhu.test", " ", Role.USHER, "hash", by="test")
    query = sa.select(Staff.name)
    assert desk.read_now(lambda tx: tx.execute(query).scalar_one()) == "mei@nanhu.test"


def test_a_password_matches_itself_alone(password_hash: str) -> None:
    assert password_matches(password_hash, PASSWORD)
    assert not password_matches(password_hash, PASSWORD + " ")
    assert not password_matches(password_hash, "")


def test_a_password_is_the_same_from_every_keyboard() -> None:
    assert password_matches(hash_password("cafe\u0301 au bord"), "caf\u00e9 au bord")


def test_a_longer_password_never_passes_for_the_longest() -> None:
    longest = "a" * 200
    assert not password_matches(hash_password(longest), longest + "a")
    assert not password_matches(hash_password(longest), longest * 1000)


@pytest.mark.parametrize("password", ["", "elevenchars", "a" * 201])
def test_a_short_or_endless_password_is_refused(password: str) -> None:
    with pytest.raises(BadInput):
        hash_password(password)
