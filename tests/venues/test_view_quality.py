"""The figures the model was set by, and what every model of a view must say."""

from functools import cache
from itertools import groupby
from pathlib import Path
from statistics import mean

import msgspec
import pytest

from ticketing.foundation.fixture_file import load
from ticketing.foundation.resources import directory
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.plan import Plan, Seat, Stage
from ticketing.seating.pretix.entries import PretixPlan, Side
from ticketing.seating.pretix.import_plan import plan_file
from ticketing.seating.view_quality import POINTS, focal_points, qualities

PLANS = Path(__file__).parent / "plans"
STAGE = Stage(0, 0, 12, 4)


def a_seat(x: float, y: float, eye: float = 1.04) -> Seat:
    return Seat(f"{x} {y}", "stool", "1", {}, 1, 0, x, y, 0, "stool", eye, 0, 1.0)


def two_rows(riser: float) -> float:
    """Return how the second of two rows sees, half a place shifted, so much higher."""
    front = [a_seat(x * 0.5 - 6, 2.8) for x in range(24)]
    back = [a_seat(seat.x + 0.25, 3.5, seat.eye + riser) for seat in front]
    return mean(qualities(STAGE, front + back)[24:])


@cache
def read(name: str) -> tuple[Plan, Side]:
    """Return a plan with the side file in which its quality was worked out before."""
    document = msgspec.json.decode((PLANS / f"{name}.pretix.json").read_bytes(), type=PretixPlan)
    side = msgspec.json.decode((PLANS / f"{name}.side.json").read_bytes(), type=Side)
    return expand(plan_file(document, side)), side


@pytest.mark.parametrize(
    ("row", "figure"),
    [("A", 0.88), ("B", 0.54), ("C", 0.77), ("D", 0.41), ("E", 0.82), ("F", 0.41)],
)
def test_first_rows_see_well_and_second_rows_of_a_kind_on_a_flat_floor_do_not(
    row: str, figure: float
) -> None:
    seats = read("black-box-traverse")[0].seats
    assert mean(seat.quality for seat in seats if seat.row == row) == pytest.approx(
        figure, abs=0.05
    )


@pytest.mark.parametrize("name", ["black-box-traverse", "stalls-550"])
def test_seat_by_seat_the_model_is_near_the_figures_it_was_set_by(name: str) -> None:
    plan, side = read(name)
    off = [abs(seat.quality - side[seat.guid].q) for seat in plan.seats]
    assert mean(off) < 0.035


def test_the_rows_of_the_stalls_see_less_and_less_as_their_figures_say() -> None:
    plan, side = read("stalls-550")
    for _, row in groupby(plan.seats, lambda seat: (seat.section, seat.row)):
        seats = list(row)
        known = mean(side[seat.guid].q for seat in seats)
        assert mean(seat.quality for seat in seats) == pytest.approx(known, abs=0.05)


def test_a_riser_gives_the_second_row_its_view_back() -> None:
    assert two_rows(0.0) < 0.6
    assert two_rows(0.0) < two_rows(0.15) < two_rows(0.3)
    assert two_rows(0.3) > 0.7


def test_alone_in_the_room_only_distance_counts() -> None:
    near, end, far = (qualities(STAGE, [a_seat(*spot)])[0] for spot in ((0, 3), (6, 3), (0, 20)))
    assert 1 > near > end > far > 0


def test_a_head_in_front_hides_and_a_head_behind_does_not() -> None:
    seat = a_seat(0, 4)
    alone = qualities(STAGE, [seat])[0]
    assert qualities(STAGE, [seat, a_seat(0, 3)])[0] < alone
    assert qualities(STAGE, [seat, a_seat(0, 5)])[0] == alone
    assert qualities(STAGE, [seat, a_seat(0, 3, eye=0.3)])[0] > alone - 0.03


def test_who_looks_along_a_row_looks_past_its_heads() -> None:
    row = [a_seat(x * 0.55 - 6, 2.5) for x in range(22)]
    seen = qualities(STAGE, row)
    assert seen[0] < qualities(STAGE, [row[0]])[0] - 0.05


def test_a_raised_stage_shows_more_over_the_same_heads() -> None:
    seats = [a_seat(0.5 * x, 5 + y) for x in range(5) for y in range(3)]
    flat, raised = (qualities(Stage(0, 0, 12, 4, height), seats) for height in (0, 0.5))
    assert mean(raised) > mean(flat)


def test_the_room_may_be_turned_without_changing_what_is_seen() -> None:
    seats = [a_seat(0, 3), a_seat(0.6, 3), a_seat(0.3, 4)]
    turned = [a_seat(-seat.y, seat.x) for seat in seats]
    assert qualities(STAGE, seats) == qualities(Stage(0, 0, 4, 12), turned)


def test_one_looks_at_the_focal_line_where_a_plan_gives_one() -> None:
    seat = a_seat(0, 3)
    far = qualities(STAGE, [seat], focal=((-6, -20), (6, -20)))
    assert far[0] < qualities(STAGE, [seat])[0]
    assert qualities(STAGE, [seat], focal=STAGE.focal) == qualities(STAGE, [seat])


def test_points_stand_evenly_along_a_line_with_a_corner() -> None:
    points = focal_points(((0, 0), (10, 0), (10, 2 * POINTS - 10)))
    assert len(points) == POINTS
    assert points[0] == pytest.approx((1, 0))
    assert points[4] == pytest.approx((9, 0))
    assert points[5] == pytest.approx((10, 1))
    assert points[-1] == pytest.approx((10, 2 * POINTS - 11))


def test_unnumbered_places_and_halls_without_a_stage_are_not_rated() -> None:
    lawn = expand(load(directory("fixtures") / "plans" / "open-air.yaml", PlanFile))
    assert {seat.quality for seat in lawn.seats} == {1.0}
    assert set(qualities(None, [a_seat(0, 3)])) == {1.0}
