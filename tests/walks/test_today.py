"""Today names whatever waits for somebody, in one line with a link to where one acts; a quiet house says so."""

import re

import pytest
import sqlalchemy as sa

from evening import run
from nights import Night
from ticketing.admission.models import Scan
from ticketing.ledger.drawer import close_drawer
from ticketing.ledger.models import Drawer
from ticketing.letters.outbox_view import Post
from ticketing.payments.gateways.stripe import STRIPE
from ticketing.payments.inbox import hear
from ticketing.payments.models import ProviderMovement
from ticketing.reports.attention import headline, matters
from whole_house import House

LINE = re.compile(r'<li><span class="(?:bad|warn)">.*?<a href="([^"]+)">', re.S)


def lines(page: str) -> set[str]:
    return {re.sub(r"state-[a-z-]+|NH\w+", "*", path) for path in LINE.findall(page)}


def test_nothing_is_said_of_a_provider_before_it_was_asked(house: House) -> None:
    page = house.client.get("/en/office/reconciliation").text
    assert "Nothing was asked for yet" in page
    assert "theirs" not in page
    assert "/en/office/reconciliation" not in lines(house.client.get("/en/office").text)


@pytest.fixture(scope="module")
def busy(house: House) -> House:
    """Besides what the nights leave: a drawer off, an event that waits, a charge that is not ours, two entries."""
    night = house.nights["doors-open"]
    drawer = night.stage.ask(sa.select(Drawer.id)).scalar_one()
    night.do(close_drawer, drawer, 9000, by=night.staff)
    night.do(hear, STRIPE.key, "evt_1", "odd", "", {})
    night.do(run, sa.insert(ProviderMovement).values(
        gateway=STRIPE.key, reference="txn_1", category="charge", amount=100, fee=0, currency="CNY",
        charge="ch_else", at=night.clock.at,
    ))  # fmt: skip
    enter_again(night)
    night.clock.forward(10 * 60_000)
    return house


def enter_again(night: Night) -> None:
    row = night.stage.ask(
        sa.select(Scan.__table__).where(
            Scan.performance_id == night.row.id, Scan.verdict == "admitted"
        )
    ).first()
    assert row
    again = dict(row._mapping) | {
        "nonce": "again",
        "device": "other",
        "at": row.at + 1,
        "entry": row.entry + 1,
    }
    night.do(run, sa.insert(Scan).values(again))


def test_today_names_all_that_waits(busy: House) -> None:
    found = lines(busy.client.get("/office").text)
    assert found >= {
        "/office/drawers", "/office/payouts", "/office/reconciliation", "/office/settlements",
        "/office/invoices", "/office/letters", "/office/performances/*", "/office/orders/*",
        "/office/performances/*/house",
    }  # fmt: skip


@pytest.mark.parametrize("lang", ["", "/en"])
def test_each_line_leads_somewhere(busy: House, lang: str) -> None:
    for path in LINE.findall(busy.client.get(f"{lang}/office").text):
        assert busy.client.get(path.partition("#")[0]).status_code == 200


def test_a_quiet_house_says_so() -> None:
    assert matters([], Post(0, 0, 0, 7)) == []
    assert headline([], 0, "en") == "No performances today, all is well."
    assert headline([], 0, "zh") == "今天没有演出，都正常。"
