"""CSV that a spreadsheet opens as it is meant: numbers as numbers, and text as the text it is."""

import csv
import re
import unicodedata
from collections.abc import Iterable, Sequence
from io import StringIO

from ticketing.foundation.typed_text import visible

MARK = "\ufeff"  # without it a spreadsheet takes UTF-8 for something else
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would run a cell that begins so
NUMBER = re.compile(r"-?(0|[1-9]\d{0,10})(\.\d+)?")
MISREAD = re.compile(  # it would lose digits or zeros of such text, or make a power or a date of it
    r"0\d+([.,]\d*)?|\d{12,}([.,]\d*)?|\d[\d.]*E[+-]?\d+|\d{1,4}[-/]\d{1,2}([-/]\d{1,4})?|\d{1,2}:\d\d(:\d\d)?",
    re.I,
)


def as_csv(rows: Iterable[Sequence[str | int]]) -> str:
    sheet = StringIO()
    csv.writer(sheet).writerows([defused(cell) for cell in row] for row in rows)
    return MARK + sheet.getvalue()


def defused(cell: str | int) -> str | int:
    """Keep text from being run as a formula, or read as a number that it is not: a tax number of 18 digits, a
    title such as 3/4. What is seen decides, whatever its width and what stands invisibly before it.
    """
    if isinstance(cell, int) or NUMBER.fullmatch(cell):
        return cell
    plain = re.sub(r"[\s,'’]", "", unicodedata.normalize("NFKC", visible(cell)))
    unsafe = plain.startswith(FORMULA) or MISREAD.fullmatch(plain) or cell[:1] in "\t\r\n"
    return f"'{cell}" if cell and unsafe else cell
