"""Processes tell each other which seats changed; where the line breaks, nothing is missed."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

import databases
import ticketing.foyer.doors.board
from stage import Stage, stage
from ticketing.desk.desk import Desk, open_desk
from ticketing.desk.listen_notify import Bell
from ticketing.foundation.clock import SystemClock
from ticketing.foyer.doors.board import Board

pytestmark = [pytest.mark.pg, pytest.mark.parametrize("world_url", ["postgresql"], indirect=True)]
KILL = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"


@pytest.fixture(autouse=True)
def rely_on_being_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticketing.foyer.doors.board, "TOLD", 1_000.0)
    monkeypatch.setattr(ticketing.foyer.doors.board, "UNTOLD", 1_000.0)


@pytest.fixture
def other(world_url: str) -> Iterator[Stage]:
    """The same database from another process, as far as PostgreSQL can tell."""
    desk = open_desk(world_url)
    yield stage(desk)
    desk.close()


@asynccontextmanager
async def ringing(desk: Desk, board: Board, doubt: Callable[..., None]) -> AsyncIterator[None]:
    """Keep a bell between this desk and the others while the block runs."""
    heard = asyncio.Event()

    def doubted(*, told: bool) -> None:
        doubt(told=told)
        heard.set()

    task = asyncio.create_task(Bell(desk, board.touched, doubted).listen())
    await asyncio.wait_for(heard.wait(), 10)
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def sees(board: Board, performance: str, seats: list[str], seconds: float = 10) -> bool:
    """Say whether the board shows the seats as held, now or within so many seconds."""
    end = asyncio.get_running_loop().time() + seconds
    while (await board.get(performance)).now.held != sorted(seats):
        if asyncio.get_running_loop().time() > end:
            return False
        await asyncio.sleep(0.05)
    return True


async def hold_elsewhere(world: Stage, other: Stage, *, ring: bool) -> bool:
    """Hold in one process; say whether the other saw it within two seconds."""
    here, there = Board(world.desk, SystemClock()), Board(other.desk, SystemClock())
    assert await sees(here, world.performance, [])
    async with ringing(world.desk, here, here.doubt):
        assert await sees(here, world.performance, [])
        if not ring:
            await asyncio.to_thread(other.hold, world.seats(2))
            return await sees(here, world.performance, world.seats(2), 2)
        async with ringing(other.desk, there, there.doubt):
            await asyncio.to_thread(other.hold, world.seats(2))
            return await sees(here, world.performance, world.seats(2), 2)


def test_control_without_a_bell_another_process_is_not_heard(world: Stage, other: Stage) -> None:
    assert not asyncio.run(hold_elsewhere(world, other, ring=False))


def test_what_one_process_sells_another_sees(world: Stage, other: Stage) -> None:
    assert asyncio.run(hold_elsewhere(world, other, ring=True))


async def hold_while_the_line_is_cut(world: Stage, other: Stage, doubt: bool) -> bool:
    board = Board(world.desk, SystemClock())
    async with ringing(world.desk, board, board.doubt if doubt else lambda *, told: None):
        assert await sees(board, world.performance, [])
        await asyncio.to_thread(other.hold, world.seats(1))
        assert databases.scalar(world.desk.url, KILL) == 1
        return await sees(board, world.performance, world.seats(1), 5)


@pytest.mark.parametrize("doubt", [False, True], ids=["control", "doubting"])
def test_after_the_line_was_cut_everything_is_read_again(
    world: Stage, other: Stage, doubt: bool
) -> None:
    assert asyncio.run(hold_while_the_line_is_cut(world, other, doubt)) is doubt


def test_the_bell_rings_again_after_the_line_was_cut(world: Stage, other: Stage) -> None:
    async def cut_and_hold() -> bool:
        here, there = Board(world.desk, SystemClock()), Board(other.desk, SystemClock())
        cut = asyncio.Event()
        async with (
            ringing(world.desk, here, lambda *, told: cut.set() if told else cut.clear()),
            ringing(other.desk, there, there.doubt),
        ):
            assert databases.scalar(world.desk.url, KILL) == 2
            await asyncio.sleep(0.1)
            await asyncio.wait_for(cut.wait(), 10)
            await asyncio.sleep(2.5)  # the other's line, too
            await asyncio.to_thread(other.hold, world.seats(1))
            return await sees(here, world.performance, world.seats(1))

    assert asyncio.run(cut_and_hold())
