"""What is left of the seats is kept in memory, and never shown when it is known to be over."""

import asyncio
from collections.abc import Callable, Set
from typing import Any

import pytest
from typing_extensions import override

import ticketing.foyer.doors.board
from stage import Stage, stage
from ticketing.desk.desk import Desk, open_desk
from ticketing.foundation.clock import SetClock, SystemClock
from ticketing.foundation.errors import NotFound
from ticketing.foyer.doors.availability import SeatStates
from ticketing.foyer.doors.board import Board


class Lingering:
    """A desk whose next answer is found at once but comes when it may: the race, on demand."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.may = desk, asyncio.Event()
        self.found = asyncio.Event()

    def watch(self, told: Callable[[Set[str]], None]) -> None:
        self.desk.watch(told)

    async def look(self, question: Any, *args: Any) -> Any:
        answer = await self.desk.look(question, *args)
        self.found.set()
        await self.may.wait()
        return answer


async def ask_across_a_sale(world: Stage, board_type: type[Board]) -> SeatStates:
    """Ask; a hold is stored while that is read; ask again as the one who holds; return that."""
    slow = Lingering(world.desk)
    board = board_type(slow, SystemClock())  # type: ignore[arg-type]
    first = asyncio.create_task(board.get(world.performance))
    await slow.found.wait()
    await asyncio.to_thread(world.hold, world.seats(1))
    mine = asyncio.create_task(board.get(world.performance))
    await asyncio.sleep(0)
    slow.may.set()
    await first
    return await mine


class Unguarded(Board):
    @override
    def touched(self, performances: Set[str]) -> None:
        """Do not number the changes."""


def test_control_without_numbers_a_read_under_way_hides_ones_own_hold(world: Stage) -> None:
    assert asyncio.run(ask_across_a_sale(world, Unguarded)).now.held == []


def test_who_saw_his_hold_answered_sees_it_in_the_house(world: Stage) -> None:
    assert asyncio.run(ask_across_a_sale(world, Board)).now.held == world.seats(1)


def test_nothing_is_read_again_while_nothing_changes(world: Stage) -> None:
    async def ask_twice() -> None:
        board = Board(world.desk, SystemClock())
        first, second = await board.get(world.performance), await board.get(world.performance)
        assert first is second
        await asyncio.to_thread(world.hold, world.seats(1))
        assert (await board.get(world.performance)).ids.tag != first.ids.tag

    asyncio.run(ask_twice())


def test_a_hold_that_runs_out_is_seen_though_nobody_writes(world_url: str) -> None:
    clock = SetClock(SystemClock().now())
    desk = open_desk(world_url, clock)
    world = stage(desk)

    async def wait_for_the_end() -> None:
        board = Board(desk, clock)
        held = await asyncio.to_thread(world.hold, world.seats(2))
        assert len((await board.get(world.performance)).now.held) == 2
        clock.at = held.held_until
        assert (await board.get(world.performance)).now.held == []

    asyncio.run(wait_for_the_end())
    desk.close()


def test_what_nobody_told_us_is_seen_when_the_answer_is_old(
    world: Stage, world_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ticketing.foyer.doors.board, "UNTOLD", 0.1)
    other = open_desk(world_url)

    async def wait_a_little() -> None:
        board = Board(world.desk, SystemClock())
        assert (await board.get(world.performance)).now.held == []
        await asyncio.to_thread(stage(other).hold, world.seats(1))
        await asyncio.sleep(0.15)
        assert (await board.get(world.performance)).now.held == world.seats(1)

    asyncio.run(wait_a_little())
    other.close()


def test_an_id_that_does_not_exist_is_not_remembered(world: Stage) -> None:
    async def ask_for_nothing() -> None:
        board = Board(world.desk, SystemClock())
        for _ in range(2):
            with pytest.raises(NotFound):
                await board.get("nothing")
        assert not board._readings

    asyncio.run(ask_for_nothing())
