"""The seats of a bill, a row on one line: one ticket type for all, or one for each."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from ticketing.checkout.doors.order_form import ROW
from ticketing.checkout.summary import OrderSummary, SummaryLine
from ticketing.seating.runs import Run, runs


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """Seats of one row, which have the same ticket types; ``kind``: the key of the one for them all.

    ``name``: of its field, and what a seat's own field says where it is as the others.
    """

    run: Run
    name: str
    lines: list[SummaryLine]
    kind: str

    @property
    def paid(self) -> int:
        return sum(line.quote.paid for line in self.lines)

    @property
    def apart(self) -> bool:
        return any(line.kind != self.kind for line in self.lines)


def rows_of(bill: OrderSummary, typed: Mapping[str, str]) -> list[SummaryRow]:
    """``typed``: the ticket type for a whole row, by the name of its field."""
    found, lines = runs(bill.plan, (line.seat.id for line in bill.lines)), iter(bill.lines)
    return [
        row_of(run, f"{ROW}{n}", list(islice(lines, len(run.seats))), typed)
        for n, run in enumerate(found)
    ]


def row_of(run: Run, name: str, lines: list[SummaryLine], typed: Mapping[str, str]) -> SummaryRow:
    known = {kind.key for kind, _ in lines[0].options}
    usual = Counter(line.kind for line in lines).most_common(1)[0][0]
    return SummaryRow(run, name, lines, typed[name] if typed.get(name) in known else usual)
