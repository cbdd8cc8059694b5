"""Keys rotate: the next one signs once everybody has heard of it, and what the last one signed stays good."""

import pytest
import sqlalchemy as sa

from evening import Evening, evening_of
from ticketing.foundation.clock import MINUTE
from ticketing.tickets.keys import HEARD, NoMoreKeys, keyring, rotate_key
from ticketing.tickets.models import Ticket


def rotate(evening: Evening) -> None:
    desk, secret_key = evening.world.desk, evening.world.keys.secret_key
    desk.write_now(rotate_key, secret_key, by="test")
    evening.world.keys.learn(desk.read_now(keyring, secret_key))


def test_old_and_new_tickets_are_good_after_a_rotation(world_url: str) -> None:
    with evening_of(world_url) as evening:
        old = evening.ticket_now()
        rotate(evening)
        meanwhile = evening.ticket_now()
        evening.clock.forward(HEARD)
        new = evening.ticket_now()
        assert [each.key_id for each in (old, meanwhile, new)] == [1, 1, 2]
        for ticket in (old, meanwhile, new):
            assert evening.scan(evening.code(ticket)).verdict == "admitted"


def test_a_second_rotation_does_not_wait_for_the_first(world_url: str) -> None:
    with evening_of(world_url) as evening:
        rotate(evening)
        evening.clock.forward(MINUTE)
        rotate(evening)
        evening.clock.forward(HEARD - MINUTE)
        assert evening.ticket_now().key_id == 2
        evening.clock.forward(MINUTE)
        assert evening.ticket_now().key_id == 3


def test_a_code_has_room_for_sixteen_keys(world_url: str) -> None:
    with evening_of(world_url) as evening:
        for _ in range(14):
            rotate(evening)
        with pytest.raises(NoMoreKeys):
            rotate(evening)
        assert evening.world.ask(sa.select(sa.func.count()).select_from(Ticket)).scalar_one() == 0
