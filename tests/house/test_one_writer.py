"""Each state has one writer: the column, and the only file that may change it."""

import re
from pathlib import Path

import pytest

import ticketing
from house.writers import Write, writes

SOURCES = Path(*ticketing.__path__)
WRITER = {
    "dispute.decided_at": "payments/dispute.py",
    "dispute.status": "payments/dispute.py",
    "drawer.closed_at": "ledger/drawer.py",
    "drawer.closed_by": "ledger/drawer.py",
    "drawer.closing": "ledger/drawer.py",
    "device.battery": "admission/devices/device.py",
    "device.paired_at": "admission/devices/device.py",
    "device.revoked_at": "admission/devices/device.py",
    "device.seen_at": "admission/devices/device.py",
    "device.skew": "admission/devices/device.py",
    "device.token_id": "admission/devices/device.py",
    "device.unsent": "admission/devices/device.py",
    "device.wipe": "admission/devices/device.py",
    "device.wiped_at": "admission/devices/device.py",
    "first_run.used_at": "accounts/first_run.py",
    "funder.promised": "pricing/funds.py",
    "gateway_switch.off_at": "payments/switch.py",
    "headcount.approved": "tickets/headcount.py",
    "headcount.live": "tickets/headcount.py",
    "hold.held_until": "inventory/renew.py",
    "hold.ordered_at": "inventory/sell.py",
    "hold.released_at": "inventory/change.py",
    "hold.renewals": "inventory/renew.py",
    "hold_quota.used": "inventory/limit.py",
    "invoice_request.status": "invoices/status.py",
    "invoice_request.tax_number": "invoices/status.py",
    "letter.attempts": "desk/outbox.py",
    "letter.due_at": "desk/outbox.py",
    "letter.given_up_at": "desk/outbox.py",
    "letter.sent_at": "desk/outbox.py",
    "orders.buyer_email": "orders/contact.py",
    "orders.buyer_folded": "orders/contact.py",
    "orders.buyer_name": "orders/contact.py",
    "orders.buyer_phone": "orders/contact.py",
    "orders.cancelled_at": "orders/lifecycle.py",
    "orders.lapsed_at": "orders/lifecycle.py",
    "orders.paid_at": "orders/lifecycle.py",
    "orders.status": "orders/lifecycle.py",
    "payment.received": "payments/payment.py",
    "payment.received_currency": "payments/payment.py",
    "payment.settled_at": "payments/payment.py",
    "payment.status": "payments/payment.py",
    "payment_page.charge": "payments/page.py",
    "payment_page.looked_at": "payments/page.py",
    "payment_page.reference": "payments/page.py",
    "payment_page.url": "payments/page.py",
    "performance.cancel_reason": "programme/cancel.py",
    "performance.cancelled_at": "programme/cancel.py",
    "performance.late_breaks": "programme/door_rules.py",
    "performance.standby_minutes": "programme/door_rules.py",
    "performance.rotating": "programme/door_rules.py",
    "performance.paused_at": "programme/pause.py",
    "allocated_seat.released_at": "inventory/allocate.py",
    "allocation.release_at": "inventory/allocate.py",
    "performance.returns_sold_at": "programme/returns_sale.py",
    "performance_seat.allocation": "inventory/claim.py",
    "performance_seat.changed_at": "inventory/claim.py",
    "performance_seat.held_until": "inventory/claim.py",
    "performance_seat.hold_id": "inventory/claim.py",
    "performance_seat.order_id": "inventory/claim.py",
    "scan.entry": "admission/record.py",
    "scan.received_at": "admission/record.py",
    "scan.told": "admission/record.py",
    "scan.undone_at": "admission/record.py",
    "scan.undone_by": "admission/record.py",
    "scan.verdict": "admission/record.py",
    "promotion.closes_at": "pricing/promotion.py",
    "promotion.spent": "pricing/promotion.py",
    "promotion_use.released_at": "orders/promote.py",
    "provider_event.handled_at": "payments/inbox.py",
    "refund.covered": "payments/refund.py",
    "refund.reference": "payments/refund.py",
    "refund.settled_at": "payments/refund.py",
    "refund.status": "payments/refund.py",
    "staff.left_at": "accounts/staff.py",
    "staff.password_hash": "accounts/staff.py",
    "staff.role": "accounts/staff.py",
    "ticket.issued_at": "tickets/void.py",
    "ticket.seat_id": "tickets/void.py",
    "ticket.void_reason": "tickets/void.py",
    "ticket.voided_at": "tickets/void.py",
    "token.revoked_at": "accounts/tokens.py",
}
UNWRITTEN = {  # states that wait for their act
    "performance.published_at",
}  # fmt: skip
FOR_EVER = {
    "comp",
    "diary",
    "order_line",
    "posting",
    "returned_line",
    "seat",
    "section",
    "settlement",
    "signing_key",
}
DELETED = {  # all else is marked, never deleted
    "?": "desk/upsert.py pricing/set_prices.py",  # a price list, a cast: replaced as a whole
    "cast_member": "programme/cast.py",
    "credit": "programme/announce.py",
    "sign_in_attempt": "accounts/sign_in.py",
    "staff_session": "accounts/sign_in.py accounts/staff.py",
}
# they are handed the model
ANY_TABLE = {
    "accounts/house.py", "desk/db.py", "desk/upsert.py", "pricing/promotion.py",
    "pricing/set_prices.py",
}  # fmt: skip


@pytest.fixture(scope="module")
def found() -> set[Write]:
    return writes(SOURCES)


def test_each_state_has_its_one_writer(found: set[Write]) -> None:
    assert {state: files_that_update(found, state) for state in WRITER} == {
        state: [file] for state, file in WRITER.items()
    }


def test_a_state_without_an_act_is_written_by_nobody(found: set[Write]) -> None:
    assert [state for state in UNWRITTEN if files_that_update(found, state)] == []


def test_no_column_at_all_is_changed_by_two_files(found: set[Write]) -> None:
    states = {f"{write.table}.{write.column}" for write in found if write.verb == "update"}
    doubled = {
        state: files for state in states if len(files := files_that_update(found, state)) > 1
    }
    assert doubled == {}


def test_a_table_is_filled_by_one_file(found: set[Write]) -> None:
    inserts = {(write.table, write.file) for write in found if write.verb == "insert"}
    tables = [table for table, _ in inserts if table != "?"]
    assert sorted(tables) == sorted(set(tables))


def test_what_is_for_ever_is_never_changed(found: set[Write]) -> None:
    assert [write for write in found if write.table in FOR_EVER and write.verb != "insert"] == []


def test_what_may_be_deleted_is_named_here(found: set[Write]) -> None:
    deleted = sorted((write.table, write.file) for write in found if write.verb == "delete")
    assert deleted == [(table, file) for table, files in DELETED.items() for file in files.split()]


def test_nothing_is_written_that_cannot_be_read_here(found: set[Write]) -> None:
    unread = {write.file for write in found if "?" in (write.table, write.column)}
    assert unread == ANY_TABLE


@pytest.mark.parametrize(
    "planted",
    [
        'sa.update(Order).where(Order.id == "1").values(status="paid")',
        'sa.update(Order).values({"status": "paid"})',
        'sa.update(Order).values({Order.status: "paid"})',
        'O = Order\nsa.update(O.__table__).values(status="paid")',
        'from sqlalchemy import update\nupdate(Order).values(status="paid")',
        'INSERT[kind](Order).values(id="1").on_conflict_do_update(set_={"status": "paid"})',
        'keep_row(tx, Order, {"id": "1"}, {"status": "paid"}, by="", now=0)',
        'def act(tx):\n  new = {"total": 0}\n  new["status"] = "paid"\n  sa.update(Order).values(new)',
        'def act(tx):\n  change = sa.update(Order)\n  tx.execute(change.values(status="paid"))',
        'S = {"a": "status", "b": "total"}\nsa.update(Order).values({S[to]: "paid"})',
    ],
)
def test_control_a_planted_second_writer_is_found(planted: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(planted)
    assert files_that_update(writes(tmp_path), "orders.status") == ["planted.py"]


@pytest.mark.parametrize(
    "planted",
    ["sa.update(Order)", "sa.update(Order).values(unknown)", "sa.update(model).values(status=1)"],
)
def test_control_a_write_that_cannot_be_read_is_reported(planted: str, tmp_path: Path) -> None:
    (tmp_path / "planted.py").write_text(planted)
    (write,) = writes(tmp_path)
    assert "?" in (write.table, write.column)


def test_nobody_writes_by_sql_of_his_own() -> None:
    by_hand = re.compile(r"""["'\s](update \w+ set|insert into|delete from)\s""", re.IGNORECASE)
    assert [path for path in SOURCES.rglob("*.py") if by_hand.search(path.read_text())] == []


def files_that_update(found: set[Write], state: str) -> list[str]:
    table, _, column = state.partition(".")
    return sorted(w.file for w in found if (w.verb, w.table, w.column) == ("update", table, column))
