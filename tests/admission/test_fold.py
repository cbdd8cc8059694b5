"""Scans are a set that only grows: in whatever order and however often it is told, it says the same."""

from hypothesis import given
from hypothesis import strategies as st

from ticketing.admission.fold import Past, Seen, Twice, fold, merge, people_inside

DEVICES = ("east", "west", "desk")
SCANS = st.builds(
    Seen, device=st.sampled_from(DEVICES), sequence=st.integers(0, 3), at=st.integers(0, 5),
    gate=st.sampled_from(("a", "b")),
    verdict=st.sampled_from(("admitted", "left", "already_admitted", "void")),
    told=st.booleans(), overruled=st.booleans(), undone=st.booleans(),
)  # fmt: skip
SETS = st.lists(SCANS, max_size=8)


def scan(device: str, at: int, verdict: str = "admitted", **more: bool) -> Seen:
    return Seen(device, at, at, "a", verdict, **more)


@given(SETS, SETS)
def test_merging_is_commutative(one: list[Seen], other: list[Seen]) -> None:
    assert merge(one, other) == merge(other, one)


@given(SETS, SETS, SETS)
def test_merging_is_associative(one: list[Seen], two: list[Seen], three: list[Seen]) -> None:
    left = merge(merge(one, two).values(), three)
    assert left == merge(one, merge(two, three).values())


@given(SETS)
def test_merging_is_idempotent(one: list[Seen]) -> None:
    once = merge(one)
    assert merge(once.values(), once.values(), one) == once


@given(st.data(), SETS)
def test_the_fold_asks_for_no_order(data: st.DataObject, scans: list[Seen]) -> None:
    merged = list(merge(scans).values())
    assert fold(data.draw(st.permutations(merged))) == fold(merged)


@given(SETS)
def test_every_entry_but_the_ones_after_an_exit_is_a_conflict(scans: list[Seen]) -> None:
    past = fold(merge(scans).values())
    stood = [each for each in merge(scans).values() if not each.undone]
    entries = [each for each in stood if each.verdict == "admitted"]
    assert past.entries == len(entries)
    exits = sum(each.verdict == "left" for each in stood)
    overruled = sum(each.overruled for each in entries)
    assert len(past.twice) >= len(entries) - 1 - exits - overruled
    assert (past.entered is None) <= (exits > 0 or not entries)


def test_who_enters_twice_is_named_with_both_entries() -> None:
    first, second = scan("east", 1), scan("west", 2)
    assert fold([second, first]) == Past(first, 2, (Twice(first, second),))
    assert people_inside([first, second, scan("east", 3, "left")]) == 1


def test_who_left_comes_back_without_a_conflict() -> None:
    scans = [scan("east", 1), scan("east", 2, "left"), scan("west", 3)]
    assert fold(scans) == Past(scans[2], 2, ())


def test_what_was_undone_or_overruled_is_no_conflict() -> None:
    first = scan("east", 1, undone=True)
    second = scan("west", 2)
    assert fold([first, second]) == Past(second, 1, ())
    assert fold([second, scan("west", 3, overruled=True)]) == Past(second, 2, ())


def test_what_was_told_at_the_gate_stands_against_what_was_answered() -> None:
    answered, told = scan("east", 1, "admitted", told=False), scan("east", 1, "already_admitted")
    assert list(merge([told], [answered]).values()) == [told]
