"""Every file that the office gives out: nothing that people wrote is run or read as a number."""

import csv
import io
import re
import zipfile
from typing import Any

import sqlalchemy as sa

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.app import DOORS, hang
from ticketing.desk.db import Tx
from ticketing.foundation.sheet import NUMBER, defused
from ticketing.invoices.status import request_invoice
from ticketing.pricing.models import Funder
from ticketing.programme.models import Production

TAX = "911101085923600005"
BAD = {"zh": "＝HYPERLINK(1)", "en": "=HYPERLINK(1)"}


def exports() -> list[str]:
    """Return the addresses of all files, as the routes have them."""
    paths = {route.path for route in hang(DOORS, openapi_config=None).routes}
    return sorted(path for path in paths if re.search(r"\.(csv|xlsx)$", path))


def test_every_export_keeps_text_as_text(world: Stage) -> None:
    order = world.buy(world.seats(2)).order
    world.desk.write_now(spoil, order.id)
    with office(world, Role.ORGANISER) as client:
        client.post("/office/drawers", data=csrf(client) | {"name": "＋1-2", "opening": "200"})
        found = {path: fetch(client, world, path) for path in exports()}
    assert len(found) >= 7
    cells = {
        path: cell for path, rows in found.items() for row in rows for cell in row if unsafe(cell)
    }
    assert cells == {}
    told = {cell for rows in found.values() for row in rows for cell in row}
    assert {f"'{TAX}", "'＋1-2", "'@zh"} <= told
    assert any("HYPERLINK" in cell for cell in told)


def spoil(tx: Tx, order_id: str, *, now: int) -> None:
    """Let everything that people write begin as a formula, or be a long number."""
    request_invoice(tx, order_id, "＠SUM(A1)", TAX, "a@example.org", now=now)
    tx.execute(sa.update(Production).values(title=BAD))
    tx.execute(sa.update(Funder).values(name={"zh": "@zh", "en": "@en"}, programme=BAD))


def fetch(client: Client, world: Stage, path: str) -> list[list[str]]:
    """Return the rows of a file; of a workbook its formulas, of which there are none, and then its texts."""
    answer = client.get(path.replace("{slug:str}", world.slug(world.performance)))
    assert answer.status_code == 200, path
    if path.endswith(".csv"):
        return list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/" in name]
    assert not any("<f>" in sheet for sheet in sheets), path
    return []


def unsafe(cell: Any) -> bool:
    return not NUMBER.fullmatch(cell) and defused(cell) != cell and not cell.startswith("'")
