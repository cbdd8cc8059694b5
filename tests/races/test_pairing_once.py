"""A pairing is taken up by one phone. First that two could, then that they cannot."""

import threading
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from evening import Evening, evening_of
from ticketing.accounts.models import Role, Token
from ticketing.admission.devices.device import PairingOver, make_pairing, take_up
from ticketing.admission.models import Device
from ticketing.desk.db import Tx
from together import failures, together

PHONES = 12


@pytest.fixture
def evening(world_url: str) -> Iterator[Evening]:
    with evening_of(world_url) as evening:
        yield evening


def pairing(evening: Evening) -> str:
    desk = evening.world.desk
    return desk.write_now(make_pairing, "gate A", Role.USHER, [], [], by="test")


def is_free(tx: Tx) -> bool:
    return tx.execute(sa.select(Device.paired_at)).scalar_one() is None


def pair_unguarded(tx: Tx, *, now: int) -> int:
    return tx.execute(sa.update(Device).values(paired_at=now)).rowcount


def tokens(evening: Evening) -> int:
    query = sa.select(sa.func.count()).select_from(Token).where(Token.name == "gate A")
    return int(evening.world.ask(query).scalar_one())


def test_control_who_looks_first_and_pairs_then_is_one_of_two(evening: Evening) -> None:
    pairing(evening)
    looked = threading.Barrier(2)

    def take(_n: int) -> int:
        free = evening.world.desk.read_now(is_free)
        looked.wait()
        return evening.world.desk.write_now(pair_unguarded) if free else 0

    assert together(2, take) == [1, 1]


def test_of_many_phones_one_is_paired(evening: Evening) -> None:
    secret = pairing(evening)
    answers = together(
        PHONES, lambda _n: evening.world.desk.write_now(take_up, secret, by="pairing")
    )
    refused = failures(answers)
    assert len(refused) == PHONES - 1
    assert {type(each) for each in refused} == {PairingOver}
    assert tokens(evening) == 1
