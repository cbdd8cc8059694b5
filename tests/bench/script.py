"""A script for pgbench out of two recordings of the same acts: it follows the code by itself.

A value that differs between the recordings becomes a variable, one that stays is a constant.
"""

import re
from typing import Any

from psycopg import sql

from bench.recording import Recording

SEAT = "lpad(({})::text, 36, '0')"  # the id of a numbered place
SEAT_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-5")  # a UUIDv5; all other ids are of version 7
HEAD = r"""
\set n :n + 1
\set pair :n * {clients} + :client_id
\set seat 2 * :pair
\set u 64 * :pair
"""


def script(one: Recording, other: Recording, clients: int) -> str:
    """``n``: how often this client did it before; ``u``: the first of 64 numbers of its own."""
    variables = Variables()
    lines = [HEAD.format(clients=clients)]
    for queries, others in zip(one, other, strict=True):
        for (text, values), (same, differing) in zip(queries, others, strict=True):
            assert text == same, "the two recordings tell of different acts"
            shown = {name: variables.shown(values[name], differing[name]) for name in values}
            lines.append(f"{' '.join(text.split()) % shown};")
        lines.append("COMMIT;")
    return "\n".join(lines)


class Variables:
    """The same two values are the same variable everywhere."""

    def __init__(self) -> None:
        self.seats: dict[tuple[Any, Any], int] = {}
        self.others: dict[tuple[Any, Any], int] = {}

    def shown(self, value: Any, differing: Any) -> str:
        """Return SQL: the value, or what stands for it and is as long."""
        if isinstance(value, list):
            pairs = zip(value, differing, strict=True)
            return f"ARRAY[{', '.join(self.shown(*pair) for pair in pairs)}]"
        literal = sql.Literal(value).as_string()
        if literal == sql.Literal(differing).as_string():
            return literal
        if SEAT_ID.match(str(value)):
            n = self.seats.setdefault((value, differing), len(self.seats))
            return SEAT.format(f":seat + {n}")
        n = self.others.setdefault((value, differing), len(self.others))
        return (
            f"(:u + {n})"
            if isinstance(value, int)
            else f"lpad(to_hex(:u + {n}), {len(value)}, '0')"
        )
