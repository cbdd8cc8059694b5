"""Cells of a CSV: what people wrote is text, whatever a spreadsheet would make of it."""

import pytest

from ticketing.foundation.sheet import defused

RUN = ["=1+1", "＝1+1", "+1", "＋1", "-1+2", "－cmd", "@SUM(A1)", "＠x", " =1", "\t=1", "\u200b=1", "\u202e=1",
       "\r1", "\n=1", "\u3000＝1", "﹦1", ",=1", "'=1"]  # fmt: skip
MISREAD = ["911101085923600005", "９１１１０１０８５９２３６００００５", "9111 0108 5923 6000 05", "007",
           "0013800001234", "12E34567", "1e5", "7E+3", "3/4", "1-2", "2026-12-01", "12:30",
           "911,101,085,923"]  # fmt: skip
KEPT = ["", "1984", "0", "0.50", "-0.50", "12.5", "24.00", "NH7K2M3PQR", "天地树", "《=》", "2026-12-02T19:30:00+08:00",
        "mei@example.org", "91110108592360000X", "50.0%"]  # fmt: skip


@pytest.mark.parametrize("cell", RUN + MISREAD)
def test_what_is_no_number_is_text(cell: str) -> None:
    assert defused(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", [*KEPT, 0, -12, 123456789012345])
def test_what_is_meant_stays_as_it_is(cell: str | int) -> None:
    assert defused(cell) == cell
