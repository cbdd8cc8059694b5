import pytest
import sqlalchemy as sa

from ticketing.accounts.models import Role, Token
from ticketing.accounts.queries import actor_by_token
from ticketing.accounts.tokens import create_token, revoke_token
from ticketing.desk.desk import Desk
from ticketing.desk.diary import DiaryEntry
from ticketing.foundation.errors import BadInput, NotFound


def test_a_token_opens_its_role_and_is_stored_as_a_digest(desk: Desk) -> None:
    secret = desk.write_now(create_token, "door scanner", Role.USHER, by="test")
    actor = desk.read_now(actor_by_token, secret)
    assert actor is not None
    assert (actor.role, actor.name, actor.csrf_token) == (Role.USHER, "door scanner", None)
    assert secret not in repr(
        desk.read_now(lambda tx: tx.execute(sa.select(Token.__table__)).all())
    )


def test_a_revoked_token_opens_nothing_and_its_neighbour_still_does(desk: Desk) -> None:
    lost, kept = (desk.write_now(create_token, "kiosk", Role.USHER, by="test") for _ in range(2))
    actor = desk.read_now(actor_by_token, lost)
    assert actor is not None
    for _ in range(2):
        desk.write_now(revoke_token, actor.id.removeprefix("token:"), by="test")
    assert desk.read_now(actor_by_token, lost) is None
    assert desk.read_now(actor_by_token, kept) is not None


def test_revoking_twice_is_written_in_the_diary_once(desk: Desk) -> None:
    desk.write_now(create_token, "kiosk", Role.USHER, by="test")
    token_id = desk.read_now(lambda tx: tx.execute(sa.select(Token.id)).scalar_one())
    for _ in range(2):
        desk.write_now(revoke_token, token_id, by="test")
    verbs = sa.select(DiaryEntry.verb).order_by(DiaryEntry.verb)
    assert desk.read_now(lambda tx: tx.execute(verbs).scalars().all()) == [
        "token.created",
        "token.revoked",
    ]


def test_an_unknown_token_cannot_be_revoked(desk: Desk) -> None:
    with pytest.raises(NotFound):
        desk.write_now(revoke_token, "nowhere", by="test")


def test_an_unknown_role_is_refused(desk: Desk) -> None:
    with pytest.raises(BadInput):
        desk.write_now(create_token, "kiosk", "king", by="test")
