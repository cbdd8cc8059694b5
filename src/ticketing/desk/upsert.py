"""Rows kept as they should be: added where missing, changed where different, else left alone."""

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from ticketing.desk.db import Base, Tx
from ticketing.desk.diary import note
from ticketing.foundation.codes import new_id

Values = Mapping[str, Any]


def keep_row(
    tx: Tx, model: type[Base], key: Values, values: Values, *, by: str, now: int, **first: Any
) -> str:
    """Return the primary key (text) of the row with this unique key; a change goes into the diary.

    ``first`` are values only for a new row.
    """
    found = row_of(tx, model, key)
    if found is None:
        return _add(tx, model, {**key, **values, **first}, by=by, now=now)
    subject = str(found[_primary(model)])
    if changed := sorted(name for name, value in values.items() if found[name] != value):
        tx.execute(sa.update(model).where(*_is(model, key)).values(values))
        note(tx, f"{model.__tablename__}.changed", subject, by=by, now=now, fields=changed)
    return subject


def keep_rows(tx: Tx, model: type[Base], owner: Values, rows: Sequence[Values]) -> bool:
    """Make these the owner's only rows; return whether anything changed."""
    wanted = [{**owner, **row} for row in rows]
    if same_rows(tx, model, owner, wanted):
        return False
    tx.execute(sa.delete(model).where(*_is(model, owner)))
    if wanted:
        tx.execute(sa.insert(model), wanted)
    return True


def same_rows(tx: Tx, model: type[Base], owner: Values, wanted: Sequence[Values]) -> bool:
    """Say whether the owner's rows are these, whatever their order."""
    found = tx.execute(sa.select(*sa.inspect(model).columns).where(*_is(model, owner))).mappings()
    kept = [dict(row) for row in found]
    return len(kept) == len(wanted) and all(dict(row) in kept for row in wanted)


def row_of(tx: Tx, model: type[Base], key: Values) -> Values | None:
    columns = sa.inspect(model).columns
    found = tx.execute(sa.select(*columns).where(*_is(model, key))).mappings().first()
    return dict(found) if found else None


def _add(tx: Tx, model: type[Base], values: Values, *, by: str, now: int) -> str:
    name = _primary(model)
    row = {name: new_id(now), **values}
    tx.execute(sa.insert(model).values(row))
    note(tx, f"{model.__tablename__}.added", str(row[name]), by=by, now=now)
    return str(row[name])


def _primary(model: type[Base]) -> str:
    (column,) = sa.inspect(model).primary_key
    return str(column.name)


def _is(model: type[Base], key: Values) -> list[sa.ColumnElement[bool]]:
    return [getattr(model, name) == value for name, value in key.items()]
