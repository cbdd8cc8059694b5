"""pretix's files come in and go out again as they were; ours too."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from stage import Stage
from ticketing.cli.main import main
from ticketing.foundation.fixture_file import FixtureError
from ticketing.foundation.resources import directory
from ticketing.seating.exchange import read_ours, read_pretix, stored, write_ours
from ticketing.seating.plan import Plan
from ticketing.seating.pretix.export_plan import pretix_plan, side_file

PLANS = Path(__file__).parent / "plans"
NAMES = ["black-box-traverse", "stalls-550"]


@cache
def read(name: str, *, side: bool = True) -> Plan:
    return read_pretix(PLANS / f"{name}.pretix.json", PLANS / f"{name}.side.json" if side else None)


def plain(document: Any) -> Any:
    """Return it without what the editor and the view make anew."""
    if isinstance(document, dict):
        return {key: plain(value) for key, value in document.items() if key not in ("uuid", "q")}
    return [plain(each) for each in document] if isinstance(document, list) else document


@pytest.mark.parametrize("name", NAMES)
def test_a_plan_of_pretix_goes_out_as_it_came_in(name: str) -> None:
    plan = read(name)
    for kind, written in (("pretix", pretix_plan(plan)), ("side", side_file(plan))):
        came = json.loads((PLANS / f"{name}.{kind}.json").read_text())
        assert plain(msgspec.to_builtins(written)) == plain(came)


@pytest.mark.parametrize("name", NAMES)
def test_without_the_side_file_the_aisles_and_kinds_are_found_again(name: str) -> None:
    told, derived = read(name), read(name, side=False)
    assert [len(block) for block in derived.blocks] == [len(block) for block in told.blocks]
    assert [seat.kind for seat in derived.seats] == [seat.kind for seat in told.seats]
    assert [seat.id for seat in derived.seats] == [seat.id for seat in told.seats]
    assert not any(seat.attributes for seat in derived.seats)


@pytest.mark.parametrize("name", ["black-box", "open-air"])
def test_a_plan_of_ours_keeps_its_seats_through_pretix(name: str, tmp_path: Path) -> None:
    ours = read_ours(directory("fixtures") / "plans" / f"{name}.yaml")
    (tmp_path / "plan.json").write_bytes(msgspec.json.encode(pretix_plan(ours)))
    (tmp_path / "side.json").write_bytes(msgspec.json.encode(side_file(ours)))
    back = read_pretix(tmp_path / "plan.json", tmp_path / "side.json")
    assert facts(back) == facts(ours)


def facts(plan: Plan) -> list[tuple[object, ...]]:
    return [(seat.kind, seat.eye, seat.name, seat.block, seat.attributes) for seat in plan.seats]


def test_seats_of_a_straight_row_look_at_the_stage_and_bent_ones_at_its_middle() -> None:
    traverse = {(seat.section[:5], seat.turn) for seat in read("black-box-traverse").seats}
    assert traverse == {("north", 180.0), ("south", 0.0)}
    row = [seat.turn for seat in read("stalls-550").seats if seat.row == "1"]
    assert row[0] > 180 > row[-1]


@pytest.mark.parametrize(
    ("was", "now", "told"),
    [
        ('"x": 123.7', '"x": "far"', "zones[0].rows[0].seats[0].position.x: 'far' will not do: write a number"),
        ('"row_number": "A"', '"row_name": "A"', "zones[0].rows[0].row_name"),
        ('"seat_guid": "N-1-1"', '"seat_guid": "N-1-0"',
         "zones[0].rows[0].seats[0].seat_guid: the side file says nothing of N-1-0"),
        ('"x": 178.7', '"x": 123.7', "zones[0].rows[0].seats[1].position: N-1-2 stands on the spot of N-1-1"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_line_and_place(
    was: str, now: str, told: str, tmp_path: Path
) -> None:
    text = (PLANS / "black-box-traverse.pretix.json").read_text()
    assert was in text
    (tmp_path / "hall.json").write_text(text.replace(was, now, 1))
    with pytest.raises(FixtureError) as refusal:
        read_pretix(tmp_path / "hall.json", PLANS / "black-box-traverse.side.json")
    assert "hall.json:1: " in str(refusal.value)
    assert told in str(refusal.value)


def command(url: str, monkeypatch: pytest.MonkeyPatch, *words: str) -> int:
    monkeypatch.setenv("TICKETING_DATABASE_URL", url)
    return main(["plan", *words])


def test_the_command_takes_a_plan_in_and_writes_it_out(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    name, out = "black-box-traverse", tmp_path / "black-box-traverse.json"
    files = [str(PLANS / f"{name}.{kind}.json") for kind in ("pretix", "side")]
    pretix = ("--format", "pretix")
    monkeypatch.setattr(
        "ticketing.cli.plan.schema.upgrade", lambda _url: None
    )  # the tables are there
    for _ in range(2):
        assert command(url, monkeypatch, "import", files[0], *pretix, "--side", files[1]) == 0
        assert f"Plan {name}, version 1: 276 places." in capsys.readouterr().out
    assert command(url, monkeypatch, "export", str(out), *pretix) == 0
    assert plain(json.loads(out.read_text())) == plain(json.loads(Path(files[0]).read_text()))
    assert out.with_name(f"{name}.side.json").exists()
    assert command(url, monkeypatch, "export", name) == 0
    assert "name: black-box-traverse" in capsys.readouterr().out.partition("\n")[2]


def test_ours_written_out_is_the_same_plan(world: Stage, tmp_path: Path) -> None:
    text = world.desk.read_now(write_ours, "black-box")
    (tmp_path / "again.yaml").write_text(text, encoding="utf-8")
    again = read_ours(tmp_path / "again.yaml")
    assert again == read_ours(directory("fixtures") / "plans" / "black-box.yaml")
    assert again.seats == world.desk.read_now(stored, "black-box").seats


def test_a_hall_or_plan_that_is_not_there_is_named(
    world_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("ticketing.cli.plan.schema.upgrade", lambda _url: None)
    file = str(directory("fixtures") / "plans" / "black-box.yaml")
    assert command(world_url, monkeypatch, "import", file, "--hall", "attic") == 2
    assert "There is no hall attic; there are: black-box, lawn" in capsys.readouterr().err
    assert command(world_url, monkeypatch, "export", "attic") == 2
    assert "no plan of the name attic; there are: black-box, open-air" in capsys.readouterr().err
