"""A page that many ask for at once is made once."""

import asyncio

import pytest

from ticketing.web.fast import page_cache as kept
from ticketing.web.fast.page_cache import MOST, PageCache
from ticketing.web.fast.precompressed import Packed, pack


class Maker:
    """Counts how often it made something."""

    def __init__(self, fails: int = 0) -> None:
        self.made = 0
        self.fails = fails

    async def __call__(self) -> Packed:
        self.made += 1
        await asyncio.sleep(0.01)
        if self.made <= self.fails:
            raise LookupError
        return pack(str(self.made).encode(), "text/plain")


def test_a_rush_makes_it_once() -> None:
    async def rush() -> set[bytes]:
        shelf = PageCache()
        found = await asyncio.gather(*(shelf.get("page", make) for _ in range(50)))
        return {page.body for page in found}

    make = Maker()
    assert asyncio.run(rush()) == {b"1"}
    assert make.made == 1


def test_each_address_has_its_own() -> None:
    async def ask() -> list[bytes]:
        shelf = PageCache()
        return [(await shelf.get(key, make)).body for key in ("zh", "en", "zh")]

    make = Maker()
    assert asyncio.run(ask()) == [b"1", b"2", b"1"]


def test_after_its_time_it_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    async def ask() -> list[bytes]:
        shelf = PageCache()
        first = await shelf.get("page", make)
        await asyncio.sleep(0.03)
        return [first.body, (await shelf.get("page", make)).body]

    monkeypatch.setattr(kept, "SECONDS", 0.02)
    make = Maker()
    assert asyncio.run(ask()) == [b"1", b"2"]


def test_a_failure_is_not_kept() -> None:
    async def ask() -> bytes:
        shelf = PageCache()
        with pytest.raises(LookupError):
            await shelf.get("page", make)
        return (await shelf.get("page", make)).body

    make = Maker(fails=1)
    assert asyncio.run(ask()) == b"2"


def test_who_leaves_does_not_end_it_for_the_others() -> None:
    async def ask() -> bytes:
        shelf = PageCache()
        hasty = asyncio.create_task(shelf.get("page", make))
        patient = asyncio.create_task(shelf.get("page", make))
        await asyncio.sleep(0)
        hasty.cancel()
        return (await patient).body

    make = Maker()
    assert asyncio.run(ask()) == b"1"


def test_endless_addresses_do_not_fill_the_memory() -> None:
    async def ask() -> int:
        shelf = PageCache()
        await asyncio.gather(*(shelf.get(number, make) for number in range(3 * MOST)))
        return len(shelf._made)

    make = Maker()
    assert asyncio.run(ask()) <= MOST
