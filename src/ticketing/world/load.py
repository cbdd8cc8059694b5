"""Read a festival's file and its plans; nothing is stored before all of it is right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ticketing.foundation.fixture_file import FixtureError, WrongField, load
from ticketing.foundation.picture import NoPicture, Picture, picture
from ticketing.foundation.resources import directory
from ticketing.seating.exchange import read_ours
from ticketing.seating.plan import Plan
from ticketing.world.check import check_halls, check_names
from ticketing.world.check_house import check_house, check_plans
from ticketing.world.check_prices import check_gates, check_prices, check_seats
from ticketing.world.check_times import check_times
from ticketing.world.schema import FestivalFile


@dataclass(frozen=True, slots=True)
class World:
    """``plans`` by hall, ``posters`` by what the file calls them."""

    file: FestivalFile
    plans: Mapping[str, Plan]
    posters: Mapping[str, Picture] = field(default_factory=dict)

    def picture(self, name: str) -> Picture | None:
        """Return the poster of this name in the database."""
        return next((each for each in self.posters.values() if each.name == name), None)


FIRST = "nanhu"  # its file lies at the top; every other festival's in a folder of its name


def festivals() -> list[str]:
    """Return the names of the festivals that come with the program, the first of them first."""
    others = directory("fixtures").glob("*/festival.yaml")
    return [FIRST, *sorted(path.parent.name for path in others)]


def shipped(name: str = FIRST) -> Path:
    """Return the file of a festival that comes with the program."""
    return directory("fixtures") / ("" if name == FIRST else name) / "festival.yaml"


def load_world(path: Path) -> World:
    """Raises FixtureError, which names all that is wrong, with file, line and field."""
    plans: dict[str, Plan] = {}
    posters: dict[str, Picture] = {}

    def check(file: FestivalFile) -> Iterator[WrongField | FixtureError]:
        yield from check_house(file)
        yield from check_names(file)
        yield from check_halls(file)
        yield from check_times(file)
        yield from check_prices(file)
        yield from read_plans(file, path.parent, plans)
        yield from check_plans(file, plans)
        yield from check_seats(file, plans)
        yield from check_gates(file, plans)
        yield from read_posters(file, path.parent, posters)

    return World(load(path, FestivalFile, check), plans, posters)


def read_plans(
    file: FestivalFile, folder: Path, plans: dict[str, Plan]
) -> Iterator[WrongField | FixtureError]:
    """Put each hall's plan into ``plans``, and yield what is wrong with the others."""
    for v, venue in enumerate(file.venues):
        for h, hall in enumerate(venue.halls):
            place = f"venues[{v}].halls[{h}].plan"
            if hall.plan.startswith("/"):
                continue  # said of its form
            if not (folder / hall.plan).is_file():
                yield WrongField(place, f"there is no file {hall.plan}")
                continue
            try:
                plan = read_ours(folder / hall.plan)
            except FixtureError as error:
                yield error
                continue
            if plan.name in {other.name for other in plans.values()}:
                yield WrongField(place, f"another hall's plan is called {plan.name}, too")
            plans[hall.slug] = plan


def read_posters(
    file: FestivalFile, folder: Path, posters: dict[str, Picture]
) -> Iterator[WrongField]:
    """Put each poster into ``posters``, and yield what is wrong with the others."""
    for p, piece in enumerate(file.productions):
        name = piece.poster
        if not name or name.startswith("/") or name in posters:
            continue
        found = [each for each in (folder / "posters" / name, folder / name) if each.is_file()]
        try:
            posters[name] = picture(found[0])
        except IndexError:
            why = f"there is no file posters/{name}, nor {name} beside this one"
            yield WrongField(f"productions[{p}].poster", why)
        except (NoPicture, OSError) as error:
            yield WrongField(f"productions[{p}].poster", str(error))
