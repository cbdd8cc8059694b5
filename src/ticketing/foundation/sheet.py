"""CSV that a spreadsheet opens as it is meant."""

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO

MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would run a cell that begins so
NUMBER = re.compile(r"-?\d+(\.\d+)?")


def as_csv(rows: Iterable[Sequence[str | int]]) -> str:
    sheet = StringIO()
    csv.writer(sheet).writerows([defused(cell) for cell in row] for row in rows)
    return MARK + sheet.getvalue()


def defused(cell: str | int) -> str | int:
    """Keep what people wrote from being run as a formula; a number below 0 is none."""
    if isinstance(cell, int) or NUMBER.fullmatch(cell):
        return cell
    return f"'{cell}" if cell.startswith(FORMULA) else cell
