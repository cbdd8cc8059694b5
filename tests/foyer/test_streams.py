"""Open pages are told what changes: what they were told adds up to what is."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from random import Random

import pytest

from stage import Stage, stage
from ticketing.desk.desk import open_desk
from ticketing.foundation.clock import SetClock, SystemClock
from ticketing.foundation.errors import Busy, Refused
from ticketing.foyer.doors.board import Board
from ticketing.foyer.doors.streams import Streams
from ticketing.inventory.change import release
from ticketing.inventory.hold_record import Held
from viewer import Viewer, settled


class Evening:
    """A performance whose seats people watch, and a clock that only the test moves."""

    def __init__(self, world: Stage, clock: SetClock) -> None:
        self.world, self.clock = world, clock
        self.board = Board(world.desk, clock)
        self.streams = Streams(self.board)
        self.open: list[asyncio.Task[None]] = []

    async def join(self, viewer: Viewer) -> Viewer:
        viewer.entered.clear()
        watching = viewer.watch(self.board, self.streams, self.world.performance)
        self.open.append(asyncio.create_task(watching))
        await asyncio.wait_for(viewer.entered.wait(), 10)
        await settled()
        return viewer

    async def tick(self) -> None:
        await self.streams.tick()
        await settled()

    async def hold(self, seats: list[str]) -> Held:
        return await asyncio.to_thread(self.world.hold, seats)

    async def is_true(self, viewer: Viewer) -> bool:
        now = (await self.board.get(self.world.performance)).now
        return (sorted(viewer.sold), sorted(viewer.held)) == (now.sold, now.held)


Act = Callable[[Evening], Awaitable[None]]


@pytest.fixture
def play(world_url: str) -> Iterator[Callable[[Act], None]]:
    """``play(act)`` runs it on an evening; every page is closed at its end."""
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)

    async def run(act: Act) -> None:
        evening = Evening(stage(desk), clock)
        await act(evening)
        evening.streams.end()
        await asyncio.wait_for(asyncio.gather(*evening.open), 5)
        assert evening.streams.open == 0

    yield lambda act: asyncio.run(run(act))
    desk.close()


def test_the_first_word_is_the_whole_house_and_then_what_changes(
    play: Callable[[Act], None],
) -> None:
    async def act(evening: Evening) -> None:
        await evening.hold(evening.world.seats(2))
        viewer = await evening.join(Viewer())
        await evening.hold(evening.world.seats(1, skip=2))
        await evening.tick()
        await evening.tick()
        assert viewer.names == ["state", "change"]
        assert viewer.held == set(evening.world.seats(3))

    play(act)


def random_act(evening: Evening, rng: Random, held: list[Held]) -> None:
    """Hold, pay, give back, or let time pass; what a buyer may be refused is refused."""
    world = evening.world
    with suppress(Refused):
        match rng.randrange(5):
            case 0 | 1:
                held.append(world.hold(world.seats(rng.randint(1, 4), skip=rng.randrange(30))))
            case 2 if held:
                world.pay(world.place(held.pop(rng.randrange(len(held)))))
            case 3 if held:
                world.desk.write_now(release, held.pop(rng.randrange(len(held))).token)
            case 4:
                evening.clock.forward(rng.choice((1_000, 60_000, 8 * 60_000)))


@pytest.mark.parametrize("seed", range(4))
def test_what_pages_are_told_adds_up_to_what_is(seed: int, play: Callable[[Act], None]) -> None:
    rng, held = Random(seed), list[Held]()

    async def act(evening: Evening) -> None:
        viewers = [await evening.join(Viewer())]
        for _ in range(40):
            await asyncio.to_thread(random_act, evening, rng, held)
            slow = rng.choice(viewers)
            slow.ready.clear() if rng.random() < 0.3 else slow.ready.set()
            if rng.random() < 0.1:
                viewers.append(await evening.join(Viewer()))
            if rng.random() < 0.6:
                await evening.tick()
        for viewer in viewers:
            viewer.ready.set()
        await evening.tick()
        assert [await evening.is_true(viewer) for viewer in viewers] == [True] * len(viewers)
        told = {name for viewer in viewers for name in viewer.names}
        assert told == {"state", "change"}

    play(act)


def test_a_hold_that_runs_out_is_told_though_nobody_writes(play: Callable[[Act], None]) -> None:
    async def act(evening: Evening) -> None:
        held = await evening.hold(evening.world.seats(2))
        viewer = await evening.join(Viewer())
        evening.clock.at = held.held_until
        await evening.tick()
        assert (viewer.names, viewer.held) == (["state", "change"], set())

    play(act)


def test_a_slow_reader_is_told_the_whole_and_keeps_nothing_waiting(
    play: Callable[[Act], None],
) -> None:
    async def act(evening: Evening) -> None:
        viewer = await evening.join(Viewer())
        viewer.ready.clear()
        for n in range(5):
            await evening.hold(evening.world.seats(1, skip=n))
            await evening.tick()
        viewer.ready.set()
        await settled()
        assert viewer.names == ["state", "change", "state"]  # the change was on its way already
        assert await evening.is_true(viewer)

    play(act)


def test_who_comes_back_is_told_nothing_twice(play: Callable[[Act], None]) -> None:
    async def act(evening: Evening) -> None:
        viewer = await evening.join(Viewer())
        viewer.left.set()
        await settled()
        assert evening.streams.open == 0
        viewer.left.clear()
        await evening.join(viewer)
        assert viewer.names == ["state"]
        viewer.last = "gone long ago"
        await evening.join(viewer)
        assert viewer.names == ["state", "state"]

    play(act)


def test_when_the_server_stops_every_page_is_ended_and_none_is_taken(
    play: Callable[[Act], None],
) -> None:
    async def act(evening: Evening) -> None:
        await evening.join(Viewer())
        assert evening.streams.open == 1
        evening.streams.end()
        await settled()
        assert evening.streams.open == 0
        with pytest.raises(Busy):
            await Viewer().watch(evening.board, evening.streams, evening.world.performance)

    play(act)
