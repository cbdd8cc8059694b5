"""The shipped festival made ready for a crowd: a whole black box on sale, and lawns for thousands."""

import json
import shutil
from pathlib import Path
from typing import Any

import yaml

from ticketing.foundation.resources import directory

LAWNS, PLACES = 40, 2_000
OPEN_NOW = {  # on sale, the doors are open, and a few clients may hold all of it
    "sale_opens": "today-14 10:00", "sale_closes": "now+110m",
    "doors": "now-20m", "starts": "now+40m", "ends": "now+110m",
    "most_holds_per_client": 1_000_000, "most_holds_per_network": 1_000_000,
}  # fmt: skip


def crowd_festival(folder: Path) -> Path:
    """Copy the fixtures; add `rush-`, black box, and `lawn-0-`..., free; return the festival's file."""
    copy = Path(shutil.copytree(directory("fixtures"), folder / "fixtures"))
    plan = copy / "plans" / "open-air.yaml"
    plan.write_text(plan.read_text().replace("places: 200", f"places: {PLACES}"))
    file = copy / "festival.yaml"
    festival = yaml.safe_load(file.read_text())
    indoors, outdoors = (pattern(festival, slug) for slug in ("shuimen-again-", "hushang-"))
    lawns = [outdoors | {"slug": f"lawn-{n}-{{date}}", "capacity": PLACES} for n in range(LAWNS)]
    festival["performances"] += [indoors | {"slug": "rush-{date}"}, *lawns]
    file.write_text(json.dumps(festival))  # which is YAML too
    return file


def pattern(festival: dict[str, Any], slug: str) -> dict[str, Any]:
    """Return what a performance of the file says, but open now."""
    entry = next(each for each in festival["performances"] if each["slug"].startswith(slug))
    return {**entry, **OPEN_NOW}
