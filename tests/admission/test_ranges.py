"""A party's seats on the usher's phone: all of them, in few lines, in the order in which they stand."""

import json
import random
from pathlib import Path

from nodejs import node

PARTIES = [
    (["南侧矮凳 5 号", "南侧矮凳 6 号"], ["南侧矮凳 5–6 号"]),
    (["北侧高椅 9 号", "北侧高椅 10 号", "北侧高椅 12 号"], ["北侧高椅 9–10, 12 号"]),
    (
        ["南侧矮凳 2 号", "南侧高椅 1 号", "南侧矮凳 3 号", "南侧矮凳 11 号"],
        ["南侧矮凳 2–3, 11 号", "南侧高椅 1 号"],
    ),
    (["Row B, seat 3", "Row A, seat 3", "Row A, seat 4"], ["Row A, seat 3–4", "Row B, seat 3"]),
    (["Lawn"], ["Lawn"]),
    ([], []),
]


def test_seats_side_by_side_are_one_line_whatever_order_they_come_in(tmp_path: Path) -> None:
    chance = random.Random(5)
    cases = tmp_path / "cases.json"
    cases.write_text(
        json.dumps(
            [
                {"orders": [chance.sample(seats, len(seats)) for _ in range(9)], "said": said}
                for seats, said in PARTIES
            ]
        )
    )
    assert node("ranges.mjs", str(cases)) == f"{len(PARTIES)} said"
