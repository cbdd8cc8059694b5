"""The settlement's pages and files, through their doors."""

import csv
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO, StringIO

from office import Client, csrf, office
from stage import Stage
from ticketing.accounts.models import Role
from ticketing.foundation.clock import SetClock, local
from ticketing.reports.sales import sales
from ticketing.settlement.files import Money, Table, csv_of, workbook


@contextmanager
def after(world: Stage, role: Role = Role.ORGANISER) -> Iterator[Client]:
    show = world.desk.read_now(sales, world.performance, 0).performance
    with office(world, role, SetClock(show.ends_at)) as client:
        yield client


def path(world: Stage) -> str:
    return f"/office/performances/{world.slug(world.performance)}/settlement"


def digest(page: str) -> str:
    return str(re.findall(r'name="digest" value="([^"]+)"', page)[0])


def test_it_is_looked_at_signed_and_locked(world: Stage) -> None:
    world.buy(world.seats(2))
    with after(world) as staff:
        page = staff.get(path(world)).text
        assert "和账本一致，分毫不差" in page
        assert "¥120.00" in page
        fields = csrf(staff) | {"signer": "王兰", "note": "现金已交", "digest": digest(page)}
        for _ in range(2):
            assert staff.post(path(world), data=fields).status_code == 303
        signed = staff.get(path(world)).text
        assert "已签字，已锁定" in signed
        assert "王兰" in signed
        assert "签字锁定" not in signed
        assert "王兰" in staff.get("/office/settlements").text
        assert "已结算" in staff.get("/office/funders").text


def test_before_it_is_over_nobody_can_sign(world: Stage) -> None:
    with office(world, Role.ORGANISER) as staff:
        page = staff.get(path(world)).text
        assert "还没结束" in page
        assert 'name="digest"' not in page
        answer = staff.post(path(world), data=csrf(staff) | {"signer": "x", "digest": "y"})
        assert answer.status_code == 409
        assert "演出还没有结束" in answer.text


def test_old_figures_are_not_signed(world: Stage) -> None:
    with after(world) as staff:
        fields = csrf(staff) | {"signer": "王兰", "digest": "old"}
        answer = staff.post(f"/en{path(world)}", data=fields)
        assert answer.status_code == 409
        assert "The figures changed" in answer.text
        assert 'value="王兰"' in answer.text


def test_only_the_organiser_sees_it(world: Stage) -> None:
    with office(world, Role.BOX_OFFICE) as staff:
        for each in (path(world), f"{path(world)}.csv", "/office/funders", "/office/settlements"):
            assert staff.get(each).status_code == 403


def cells(book: bytes, page: int) -> dict[str, str]:
    """Return what a workbook's page holds: numbers as written, text looked up."""
    with zipfile.ZipFile(BytesIO(book)) as parts:
        texts = re.findall(
            r"<si><t[^>]*>([^<]*)</t></si>", parts.read("xl/sharedStrings.xml").decode()
        )
        sheet = parts.read(f"xl/worksheets/sheet{page}.xml").decode()
    assert "<f>" not in sheet
    found = re.findall(r'<c r="([A-Z]+\d+)"(?: s="\d+")?( t="s")?><v>([^<]*)</v>', sheet)
    return {where: texts[int(value)] if text else value for where, text, value in found}


def test_the_workbook_holds_numbers(world: Stage) -> None:
    world.buy(world.seats(2))
    with after(world) as staff:
        answer = staff.get(f"{path(world)}.xlsx")
        assert answer.headers["content-type"].startswith("application/vnd.openxml")
        summary = cells(answer.content, 1)
        rows = {summary[f"A{n}"]: summary.get(f"B{n}") for n in range(1, 40) if f"A{n}" in summary}
        assert (rows["票面总额"], rows["净收入"], rows["核准人数"]) == ("240", "120", "150")
        detail = cells(answer.content, 2)
        assert [detail[f"{letter}2"] for letter in "DEFGH"] == ["2", "240", "0", "120", "120"]


def test_the_csv_says_the_same(world: Stage) -> None:
    world.buy(world.seats(2))
    with after(world) as staff:
        text = staff.get(f"/en{path(world)}.csv").text.removeprefix("\ufeff")
        rows = dict(row[:2] for row in csv.reader(StringIO(text)) if len(row) > 1)
        assert (rows["Gross at face price"], rows["Net"]) == ("240.00", "120.00")
        claims = list(csv.reader(StringIO(staff.get("/en/office/funders.csv").text)))
        assert claims[1][5:9] == ["2", "240.00", "120.00", "120.00"]


def test_what_people_wrote_is_never_a_formula() -> None:
    made: list[Table] = [("sheet", [["head"], ["=1+1", Money(-50)]])]
    assert cells(workbook(made, "CNY", local(0, "Asia/Shanghai")), 1) == {
        "A1": "head", "A2": "=1+1", "B2": "-0.5",
    }  # fmt: skip
    assert "'=1+1,-0.50" in csv_of(made)
