"""The figures as Markdown and as JSON. A target that was missed is marked with `!`."""

from typing import Any

from bench.figures import ALONE, CPU_TARGETS, HOUSE_TARGETS, MANY, RATIOS, Figures, Key


def markdown(figures: Figures) -> str:
    return "\n\n".join([cpu(figures), rates(figures), house(figures)])


def rows(head: list[str], body: list[list[str]]) -> str:
    lines = [head, ["---", *("---:" for _ in head[1:])], *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def cpu(figures: Figures) -> str:
    """One line for each step and server: alone and at 64."""
    head = ["CPU ms", "server", "alone", "target", "at 64", "target", "per s, alone", "per s, at 64",
            "generator ms, at 64"]  # fmt: skip
    body = []
    for step, site in dict.fromkeys((key.step, key.site) for key in figures.rounds):
        keys = Key(step, site, ALONE), Key(step, site, MANY)
        if not all(key in figures.rounds for key in keys):
            continue
        alone, many = (figures.typical(key) for key in keys)
        costs = [cell for key in keys for cell in against(figures, key)]
        rate = [f"{alone.rate:,.0f}", f"{many.rate:,.0f}"]
        body.append([step, site, *costs, *rate, f"{many.load:.2f}"])
    return rows(head, body)


def against(figures: Figures, key: Key) -> list[str]:
    found, target = figures.typical(key).cpu, CPU_TARGETS.get(key)
    return [f"{found:.3f}{mark(found, target)}", f"{target:.2f}" if target else ""]


def rates(figures: Figures) -> str:
    head = ["per second", "server", "connections", "server", "pgbench", "ratio", "target"]
    body = []
    for ratio in RATIOS:
        step, site, connections = ratio.what
        one, other = figures.typical(ratio.what).rate, figures.typical(ratio.of).rate
        found = figures.ratio(ratio)
        missed = mark(-found, -ratio.target)
        body.append([step, site, f"{connections}", f"{one:,.0f}", f"{other:,.0f}",
                     f"{found:.2f}{missed}", f"{ratio.target:.2f}"])  # fmt: skip
    return rows(head, body)


def house(figures: Figures) -> str:
    body = []
    for (what, site), found in figures.house.items():
        target = HOUSE_TARGETS[what]
        body.append([what, site, f"{found:.1f}{mark(found, target)}", f"{target:.1f}"])
    return rows(["in all", "server", "measured", "target"], body)


def mark(found: float, target: float | None) -> str:
    return " !" if target is not None and found > target else ""


def as_json(figures: Figures) -> dict[str, Any]:
    return {
        "steps": [
            {**key._asdict(), **figures.typical(key)._asdict(), "cpu_target": CPU_TARGETS.get(key),
             "rounds": [sample._asdict() for sample in rounds]}
            for key, rounds in figures.rounds.items()
        ],
        "ratios": [
            {**ratio.what._asdict(), "ratio": figures.ratio(ratio), "target": ratio.target}
            for ratio in RATIOS
        ],
        "house": [
            {"what": what, "site": site, "measured": found, "target": HOUSE_TARGETS[what]}
            for (what, site), found in figures.house.items()
        ],
    }  # fmt: skip
