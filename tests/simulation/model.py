"""The protocol of a sale, small enough to look at every state of it: `python -m simulation.model`.

Two seats, three orders, three payments, minutes that run out, a crash. One step is one transaction;
all that can happen next does, breadth first, so the first fault found is found by the shortest way.
"""

from collections import deque
from collections.abc import Iterator
from typing import NamedTuple, TypeVar

WANTED = ((0,), (1,), (0, 1))  # the seats of each order
ORDERS, SEATS, PAYMENTS = range(3), range(2), range(3)
NOBODY = -1
T = TypeVar("T")
FAULTS = (
    "the claim looks at nobody's hold",
    "a late payment takes its seats whoever has them",
    "an event is acted upon whenever it comes",
    "an order lapses that was paid since it was found overdue",
    "late money is kept",
    "cancelling pays back what went back before",
    "nobody acts on what was heard before a crash",
)


class State(NamedTuple):
    """``over``: a hold's or order's time has run out. Payments: whose, what the provider's word about
    it has come to (sent, heard, handled), how often it was booked and how often paid back.
    """

    status: tuple[str, ...] = ("new",) * len(ORDERS)
    over: tuple[bool, ...] = (False,) * len(ORDERS)
    holder: tuple[int, ...] = (NOBODY,) * len(SEATS)
    tickets: frozenset[tuple[int, int]] = frozenset()  # (seat, order)
    paid_for: tuple[int, ...] = (NOBODY,) * len(PAYMENTS)
    word: tuple[str, ...] = ("",) * len(PAYMENTS)
    booked: tuple[int, ...] = (0,) * len(PAYMENTS)
    returned: tuple[int, ...] = (0,) * len(PAYMENTS)
    in_hand: int = NOBODY  # the payment that a request heard of and goes on to act upon
    overdue: int = NOBODY  # the order that the caretaker found, and goes on to lapse


def put(values: tuple[T, ...], place: int, value: T) -> tuple[T, ...]:
    return (*values[:place], value, *values[place + 1 :])


def steps(s: State, fault: str) -> Iterator[tuple[str, State]]:
    """Yield everything that may happen next, with what it leaves."""
    for o in ORDERS:
        yield from steps_of(s, o, fault)
    for p in PAYMENTS:
        if s.word[p] == "sent" and s.in_hand == NOBODY:
            yield f"hear {p}", s._replace(word=put(s.word, p, "heard"), in_hand=p)
        acts = s.in_hand == p or fault != "nobody acts on what was heard before a crash"
        again = fault == "an event is acted upon whenever it comes" and s.booked[p] == 1
        if (s.word[p] == "heard" and acts) or again:
            yield f"settle {p}", settle(s, p, fault)
    if s.overdue != NOBODY:
        yield f"lapse {s.overdue}", lapse(s, s.overdue, fault)
    if (s.in_hand, s.overdue) != (NOBODY, NOBODY):
        yield "crash", s._replace(in_hand=NOBODY, overdue=NOBODY)


def steps_of(s: State, o: int, fault: str) -> Iterator[tuple[str, State]]:
    match s.status[o]:
        case "new" if all(free(s, seat, o, fault) for seat in WANTED[o]):
            yield f"hold {o}", move(give(s, o), o, "held")
        case "held" if not s.over[o]:
            yield f"place {o}", move(s, o, "placed")
            yield f"release {o}", move(take_back(s, o), o, "gone")
        case "placed":
            if NOBODY in s.paid_for:
                p = s.paid_for.index(NOBODY)
                there = put(s.paid_for, p, o)
                yield f"pay {o}", s._replace(paid_for=there, word=put(s.word, p, "sent"))
            if s.over[o] and s.overdue == NOBODY:
                yield f"find overdue {o}", s._replace(overdue=o)
        case "paid":
            yield f"cancel {o}", cancel(s, o, fault)
    if s.status[o] in ("held", "placed") and not s.over[o]:
        yield f"time runs out for {o}", s._replace(over=put(s.over, o, True))


def free(s: State, seat: int, o: int, fault: str) -> bool:
    """Say whether an order may take the seat: it is unsold, and nobody else's time runs on it."""
    other = s.holder[seat]
    if any(sold == seat for sold, _ in s.tickets):
        return False
    runs = s.status[other] in ("held", "placed") and not s.over[other]
    return other in (NOBODY, o) or not runs or fault == "the claim looks at nobody's hold"


def settle(s: State, p: int, fault: str) -> State:
    """Book the money; sell the seats if they are still, or again, to be had; else pay it back."""
    o = s.paid_for[p]
    hand = NOBODY if s.in_hand == p else s.in_hand
    s = s._replace(
        word=put(s.word, p, "handled"), booked=put(s.booked, p, s.booked[p] + 1), in_hand=hand
    )
    greedy = fault == "a late payment takes its seats whoever has them"
    there = greedy or all(free(s, seat, o, fault) for seat in WANTED[o])
    if s.status[o] in ("placed", "lapsed") and there:
        tickets = s.tickets | {(seat, o) for seat in WANTED[o]}
        return move(give(s, o)._replace(tickets=tickets), o, "paid")
    if fault != "late money is kept":
        s = s._replace(returned=put(s.returned, p, s.returned[p] + 1))
    return move(s, o, "lapsed") if s.status[o] == "placed" else s


def lapse(s: State, o: int, fault: str) -> State:
    s = s._replace(overdue=NOBODY)
    blind = fault == "an order lapses that was paid since it was found overdue"
    return move(take_back(s, o), o, "lapsed") if s.status[o] == "placed" or blind else s


def cancel(s: State, o: int, fault: str) -> State:
    again = fault == "cancelling pays back what went back before"
    back = tuple(
        n + (owner == o and booked > 0 and (n == 0 or again))
        for n, owner, booked in zip(s.returned, s.paid_for, s.booked, strict=True)
    )
    tickets = frozenset(each for each in s.tickets if each[1] != o)
    return move(take_back(s, o), o, "cancelled")._replace(tickets=tickets, returned=back)


def give(s: State, o: int) -> State:
    holder = s.holder
    for seat in WANTED[o]:
        holder = put(holder, seat, o)
    return s._replace(holder=holder)


def take_back(s: State, o: int) -> State:
    return s._replace(holder=tuple(NOBODY if each == o else each for each in s.holder))


def move(s: State, o: int, status: str) -> State:
    """Also forget whether its time is over where no time runs."""
    over = s.over[o] and status == "placed"
    return s._replace(status=put(s.status, o, status), over=put(s.over, o, over))


def wrong(s: State) -> str:
    """Say what must never be, or nothing."""
    if len({seat for seat, _ in s.tickets}) < len(s.tickets):
        return "a seat is sold twice"
    for o in ORDERS:
        paid, mine = s.status[o] == "paid", {seat for seat, owner in s.tickets if owner == o}
        if mine != (set(WANTED[o]) if paid else set()):
            return "an order is paid and has not its tickets, or has them and is not paid"
        money = zip(s.paid_for, s.booked, s.returned, strict=True)
        if sum(booked - back for owner, booked, back in money if owner == o) != paid:
            return "money is kept for nothing, or given back for a ticket"
        runs = s.status[o] in ("held", "placed") and not s.over[o]
        if runs and any(s.holder[seat] != o for seat in WANTED[o]):
            return "somebody lost seats while his time ran"
    return "money was booked twice" if max(s.booked) > 1 else ""


def explore(fault: str = "") -> tuple[int, list[str]]:
    """Return how many states there are, and the shortest way to a wrong one, if there is any."""
    came: dict[State, tuple[State, str] | None] = {State(): None}
    open_ = deque(came)
    while open_:
        s = open_.popleft()
        after = list(steps(s, fault))
        why = wrong(s) or (
            "" if after or "heard" not in s.word else "money was heard and forgotten"
        )
        if why:
            return len(came), [*way_to(s, came), why]
        for name, then in after:
            if then not in came:
                came[then] = (s, name)
                open_.append(then)
    return len(came), []


def way_to(s: State, came: dict[State, tuple[State, str] | None]) -> list[str]:
    way = []
    while step := came[s]:
        s, name = step
        way.append(name)
    return way[::-1]


if __name__ == "__main__":
    print(f"{explore()[0]} states and none of them wrong")
    for fault in FAULTS:
        print(f"{fault}: {' > '.join(explore(fault)[1])}")
