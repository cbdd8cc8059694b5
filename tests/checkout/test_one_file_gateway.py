"""A gateway is one file: laid beside the others it is offered, paid by, heard, given back and booked."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from doors import doors, fields
from office import office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.audit.verify import verify
from ticketing.box_office.cancel import cancel_order
from ticketing.caretaker import ask_providers
from ticketing.config import Settings, from_environment
from ticketing.desk.desk import Desk
from ticketing.ledger.models import Account
from ticketing.payments import gateways
from ticketing.payments.known import account_of, every, providers
from ticketing.payments.provider import Providers

KEYS = Settings(others={"BANK_KEY": "a key"})


@pytest.fixture(autouse=True)
def one_file_more(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Lay the file beside the shipped ones."""
    (tmp_path / "bank.py").write_text(Path(__file__).with_name("bank.py").read_text())
    monkeypatch.setattr(gateways, "__path__", [*gateways.__path__, str(tmp_path)])
    every.cache_clear()
    yield
    every.cache_clear()


def buy_by_bank(world: Stage, bank: Providers) -> str:
    """Walk through the pages, to the bank and back by its event; return the order's number."""
    held = world.hold(world.seats(2))
    with doors(world, providers=bank) as client:
        page = client.get(f"/checkout/{held.token}")
        assert "银行转账" in page.text
        typed = fields(page) | {"to": "chen@example.com", "pay": "bank"}
        out = client.post(f"/checkout/{held.token}", data=typed).headers["location"]
        assert out.startswith("/payments/bank/")
        assert "https://bank.example/" in client.get(out).text
        payment = out.rsplit("/", 1)[1]
        for signature, status in (("forged", 400), ("the bank's", 200), ("the bank's", 200)):
            told = client.post(
                "/payments/bank/events", content=payment, headers={"bank-signature": signature}
            )
            assert told.status_code == status
        secret = client.get(f"{out}/return").headers["location"].rsplit("/", 1)[1]
        order = client.get(f"/api/orders/{secret}").json()
    assert [ticket["status"] for ticket in order["tickets"]] == ["valid", "valid"]
    return str(order["number"])


def test_it_is_offered_paid_heard_given_back_and_booked(world: Stage) -> None:
    bank = providers(KEYS)
    assert list(bank) == ["bank"]
    number = buy_by_bank(world, bank)
    world.desk.write_now(cancel_order, number, by="test")
    asyncio.run(ask_providers(world.desk, bank))
    assert [owed.amount for owed in vars(bank["bank"])["back"]] == [12000]
    assert world.desk.read_now(verify) == []
    assert account_of("bank") is Account.PROVIDER_CLEARING


def test_the_office_can_switch_it_off(world: Stage) -> None:
    bank = providers(KEYS)
    with office(world, Role.ORGANISER, providers=bank) as staff:
        assert "南湖银行" in staff.get("/office/payouts").text


def test_it_is_there_where_its_keys_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not providers(from_environment())
    monkeypatch.setenv("TICKETING_BANK_KEY", "a key")
    assert list(providers(from_environment())) == ["bank"]


def test_every_gateway_has_the_name_of_its_file(desk: Desk) -> None:
    assert sorted(every()) == ["bank", "counter", "desk_card", "desk_qr", "free", "play", "stripe"]
