"""What seeding a file would do, in sentences for whoever runs the command."""

from collections.abc import Iterator
from typing import Any

from ticketing.foundation.clock import local
from ticketing.world.compare import WHEN, Difference, SeedPlan, Step, Why

LONG = 60  # signs of a text that are shown
DOES = {
    Why.OFFICE: "the house has it otherwise, and it stays: {old}. The file says {new}. Set it in the office, "
    "or make the file say the same.",
    Why.SOLD: "{people} hold tickets for this date, so it stays: {old}. The file says {new}. To move it say "
    "--moved {key}, then tell them with Change or cancel.",
    Why.APPROVED: "{people} have tickets, so it stays: {old}. The file says {new}.",
    Why.DRAWN: "its seats are drawn, so it stays: {old}. The file says {new}: put that on under another slug.",
    Why.UNPRICED: "the file's prices leave out a section of the drawing it is sold with: its prices stay.",
}  # fmt: skip


def told(plan: SeedPlan, zone: str) -> Iterator[str]:
    """Yield the lines; none where nothing would change. ``zone``: in which times are shown."""
    counts: dict[str, int] = {}
    for step in plan.additions:
        counts[step.entry.kind] = counts.get(step.entry.kind, 0) + 1
    if plan.first:
        yield from (f"+ {count} x {kind}" for kind, count in counts.items())
    else:
        yield from (f"+ {name(step)}" for step in plan.additions)
    for step in plan.changes:
        for field, to in step.changes.items():
            yield f"~ {name(step)}: {words(field)}: {change(field, to, zone)}"
        if step.tickets and {"starts_at", "doors_at", "ends_at", "cast"} & step.changes.keys():
            yield f"  {people(step.tickets)} hold tickets for it: tell them with Change or cancel."
    for step in plan.steps:
        for field, (to, why) in step.stays.items():
            yield f"! {name(step)}: {words(field)}: {stays(step, field, to, why, zone)}"
    for kind, key in plan.left_out:
        more = ", and on sale: end that with Change or cancel" if kind == "performance" else ""
        yield f"! {kind} {key}: no longer in the file; it stays in the house{more}."


def name(step: Step) -> str:
    return f"{step.entry.kind} {step.entry.key}".strip()


def people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


def stays(step: Step, field: str, to: Difference, why: Why, zone: str) -> str:
    return DOES[why].format(
        old=value(field, to.old, zone), new=value(field, to.new, zone), key=step.entry.key,
        people=people(step.tickets),
    )  # fmt: skip


def words(field: str) -> str:
    """Return the field as the file calls it, or nearly."""
    if field.startswith("price_"):
        return f"price {field.removeprefix('price_')}"
    return field.removesuffix("_at").replace("_", " ")


def change(field: str, to: Difference, zone: str) -> str:
    old, new = value(field, to.old, zone), value(field, to.new, zone)
    return f"{old} -> {new}" if old != new else "changed"


def value(field: str, it: Any, zone: str) -> str:
    """Return a value as people write it: 2026-05-23 15:00, 24.00, or the beginning of a text."""
    if it is None or it == "":
        return "nothing"
    if field == "drawing":
        return f"drawing {it[:8]}"
    if field in WHEN:
        return f"{local(it, zone):%Y-%m-%d %H:%M}"
    if field.startswith("price_"):
        return price(it, zone)
    if field in {"fen", "cap", "budget"}:
        return money(it)
    if isinstance(it, dict):
        it = " / ".join(str(text) for text in it.values() if text != "")
    elif isinstance(it, list):
        it = ", ".join(value("", each, zone) for each in it)
    text = str(it)
    return text if len(text) <= LONG else f"{text[:LONG]}..."


def price(it: dict[str, Any], zone: str) -> str:
    parts = [f"{name} {money(it[name])}" for name in ("discount", "funded") if it[name]]
    if it["early"]:
        until, paid = it["early"]
        parts.append(f"{money(paid)} until {local(until, zone):%Y-%m-%d %H:%M}")
    return " ".join([money(it["paid"]), *([f"({', '.join(parts)})"] if parts else [])])


def money(hundredths: int) -> str:
    return f"{hundredths // 100}.{hundredths % 100:02}"
