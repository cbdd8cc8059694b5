"""The figures the model was set by, and what every model of a view must say."""

from statistics import mean

import pytest

from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.venues.plan import Plan, Seat, Stage
from ticketing.venues.plan_file import PlanFile, expand
from ticketing.venues.view_quality import qualities


def a_seat(x: float, y: float, eye: float = 1.04) -> Seat:
    return Seat(f"{x} {y}", "stool", "1", {}, 1, 0, x, y, 0, "stool", eye, 0, 1.0)


def rows_of_two(first: float, second: float, height: float) -> list[Seat]:
    """Return two rows of one kind behind each other, half a place shifted."""
    front = [a_seat(x * 0.5 - 6, first, height + 0.74) for x in range(24)]
    return front + [a_seat(seat.x + 0.25, second, height + 0.74) for seat in front]


@pytest.fixture(scope="module")
def black_box() -> Plan:
    return expand(load(directory("fixtures") / "plans" / "black-box.yaml", PlanFile))


@pytest.mark.parametrize(
    ("section", "figure"), [("cushion", 0.88), ("stool", 0.77), ("chair", 0.82)]
)
def test_the_first_row_of_each_kind_sees_well(black_box: Plan, section: str, figure: float) -> None:
    seen = mean(seat.quality for seat in black_box.seats if seat.section == section)
    assert seen == pytest.approx(figure, abs=0.03)


@pytest.mark.parametrize("height", [0.08, 0.3, 0.7])
def test_a_second_row_of_a_kind_on_a_flat_floor_sees_badly(height: float) -> None:
    seats = rows_of_two(2.8, 3.5, height)
    seen = qualities(Stage(0, 0, 12, 4), seats)
    assert mean(seen[24:]) < 0.7 < mean(seen[:24])


def test_alone_in_the_room_only_distance_counts() -> None:
    stage = Stage(0, 0, 12, 4)
    near, end, far = (qualities(stage, [a_seat(*spot)])[0] for spot in ((0, 3), (6, 3), (0, 20)))
    assert 1 > near > end > far > 0


def test_a_head_in_front_hides_and_a_head_behind_does_not() -> None:
    stage, seat = Stage(0, 0, 12, 4), a_seat(0, 4)
    alone = qualities(stage, [seat])[0]
    assert qualities(stage, [seat, a_seat(0, 3)])[0] < alone
    assert qualities(stage, [seat, a_seat(0, 5)])[0] == alone
    assert qualities(stage, [seat, a_seat(0, 3, eye=0.3)])[0] > alone - 0.03


def test_the_room_may_be_turned_without_changing_what_is_seen() -> None:
    seats = [a_seat(0, 3), a_seat(0.6, 3), a_seat(0.3, 4)]
    turned = [a_seat(-seat.y, seat.x) for seat in seats]
    assert qualities(Stage(0, 0, 12, 4), seats) == qualities(Stage(0, 0, 4, 12), turned)


def test_unnumbered_places_and_halls_without_a_stage_are_not_rated(black_box: Plan) -> None:
    lawn = expand(load(directory("fixtures") / "plans" / "open-air.yaml", PlanFile))
    assert {seat.quality for seat in lawn.seats} == {1.0}
    assert set(qualities(None, black_box.seats)) == {1.0}
