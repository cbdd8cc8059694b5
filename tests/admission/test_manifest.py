"""What a device is told: all it needs, by a cursor what changed, and no name to anybody."""

from base64 import b64decode
from typing import Any

import msgspec
import pytest
from cryptography.exceptions import InvalidTag

from evening import GATE, Evening
from ticketing.admission.offline import sealed
from ticketing.admission.offline.manifest import OVERLAP, manifest
from ticketing.foundation.clock import MINUTE
from ticketing.tickets.sign import read
from ticketing.tickets.void import void


def told(evening: Evening, cursor: str = "") -> dict[str, Any]:
    desk, keys = evening.world.desk, evening.world.keys
    return desk.read_now(manifest, GATE, evening.performance.id, cursor, keys, evening.clock.at)


def raw(text: str) -> bytes:
    return b64decode(text + "=" * (-len(text) % 4))


def opened(told: dict[str, Any], code: str) -> tuple[list[Any], list[Any]] | None:
    """Return the line of this code and those of its order, as a device opens them."""
    reading = read(code)
    index = sealed.index(reading.code.performance, reading.code.ticket)
    for _, text, tickets in told["orders"]:
        for n, (found, _issue, _standing, *shares) in enumerate(tickets):
            if raw(found) == index:
                key = sealed.share(raw(shares[reading.code.issue - 1]), reading.signature)
                lines = msgspec.json.decode(sealed.unseal(key, raw(text)))
                return lines[n], lines
    return None


def test_a_code_opens_its_own_line_and_those_of_its_order(evening: Evening) -> None:
    evening.ticket()
    mine, other = evening.tickets(2)
    found = opened(told(evening), evening.code(mine))
    assert found
    line, party = found
    row, number, short, kind, attributes = line
    snapshot = told(evening)
    assert snapshot["rows"][row]["section"] == "stool"
    assert snapshot["rows"][row]["place"] == {
        "zh": "北侧矮凳 {n} 号",
        "en": "North side, low stool {n}",
    }
    assert (short, snapshot["types"][kind]["key"], attributes) == (mine.short, "funded", [])
    assert number in ("2", "3")
    assert {each[2] for each in party} == {mine.short, other.short}


def test_another_ticket_opens_nothing_of_an_order(evening: Evening) -> None:
    mine, other = evening.ticket(), evening.ticket()
    ((_, text, ((_, _, _, share),)), *_) = [
        each for each in told(evening)["orders"]
        if raw(each[2][0][0]) == sealed.index(evening.performance.number, mine.number)
    ]  # fmt: skip
    wrong = sealed.share(raw(share), read(evening.code(other)).signature)
    with pytest.raises(InvalidTag):
        sealed.unseal(wrong, raw(text))


def test_no_name_phone_or_mail_is_in_it_in_clear_or_sealed(evening: Evening) -> None:
    tickets = evening.tickets(2)
    snapshot = told(evening)
    found = opened(snapshot, evening.code(tickets[0]))
    whole = str(snapshot) + str(found)
    for private in ("陈", "13800001234", "1234", "@", tickets[0].order_id, tickets[0].secret):
        assert private not in whole
    assert tickets[0].short not in str(snapshot)


def test_a_delta_tells_what_was_sold_and_returned_and_who_came_in(evening: Evening) -> None:
    first = evening.ticket()
    cursor = told(evening)["cursor"]
    evening.clock.forward(OVERLAP + MINUTE)
    assert told(evening, cursor)["orders"] == []
    assert "rows" not in told(evening, cursor)
    evening.world.desk.write_now(
        void, evening.performance.id, [first.line_id], "returned", by="test"
    )
    second = evening.ticket_now()
    evening.scan(evening.code(second))
    delta = told(evening, cursor)
    standings = [line[2] for _, _, lines in delta["orders"] for line in lines]
    assert sorted(standings) == [0, 2]
    ((index, _device, _sequence, at, gate, verdict, *_),) = delta["scans"]
    assert raw(index) == sealed.index(evening.performance.number, second.number)
    assert (at, gate, verdict, delta["inside"]) == (evening.clock.at, GATE, "admitted", 1)
    assert delta["full"] is False


@pytest.mark.parametrize("cursor", ["", "nonsense", "-5", "１２", "9" * 400])
def test_a_cursor_that_is_none_gets_everything_and_a_far_one_nothing(
    evening: Evening, cursor: str
) -> None:
    evening.ticket()
    far = cursor.startswith("9")
    assert len(told(evening, cursor)["orders"]) == (0 if far else 1)


def test_a_reserved_ticket_is_told_as_unpaid(evening: Evening) -> None:
    evening.reserve()
    ((_, _, ((_, _, standing, _),)),) = told(evening)["orders"]
    assert standing == 1


def test_the_key_of_rotating_codes_is_told_where_they_rotate(evening: Evening) -> None:
    assert "gate_key" not in told(evening)["performance"]
    evening.set(rotating="strict")
    assert len(raw(told(evening)["performance"]["gate_key"])) == 32
