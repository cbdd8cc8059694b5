"""Read a festival's file and its plans; nothing is stored before all of it is right."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ticketing.foundation.fixture_file import WrongField, load
from ticketing.foundation.resources import directory
from ticketing.venues.plan import Plan
from ticketing.venues.plan_exchange import read_ours
from ticketing.world.check import check_names, check_prices, check_sections, check_times
from ticketing.world.check_house import check_house, check_plans
from ticketing.world.schema import FestivalFile


@dataclass(frozen=True, slots=True)
class World:
    file: FestivalFile
    plans: Mapping[str, Plan]  # by hall


FIRST = "nanhu"  # its file lies at the top; every other festival's in a folder of its name


def festivals() -> list[str]:
    """Return the names of the festivals that come with the program, the first of them first."""
    others = directory("fixtures").glob("*/festival.yaml")
    return [FIRST, *sorted(path.parent.name for path in others)]


def shipped(name: str = FIRST) -> Path:
    """Return the file of a festival that comes with the program."""
    return directory("fixtures") / ("" if name == FIRST else name) / "festival.yaml"


def load_world(path: Path) -> World:
    """Raises FixtureError, which names file, line and field."""
    plans: dict[str, Plan] = {}

    def checked(file: FestivalFile) -> FestivalFile:
        check_house(file)
        check_names(file)
        check_times(file)
        check_prices(file)
        plans.update(read_plans(file, path.parent))
        check_plans(file, plans)
        check_sections(file, plans)
        return file

    return World(load(path, FestivalFile, use=checked), plans)


def read_plans(file: FestivalFile, folder: Path) -> dict[str, Plan]:
    plans = {}
    for v, venue in enumerate(file.venues):
        for h, hall in enumerate(venue.halls):
            if not (folder / hall.plan).is_file():
                raise WrongField(f"venues[{v}].halls[{h}].plan", f"there is no file {hall.plan}")
            plans[hall.slug] = read_ours(folder / hall.plan)
    return plans
