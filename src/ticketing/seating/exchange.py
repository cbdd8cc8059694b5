"""Plans as files: ours in YAML, pretix's in JSON with a side file for what it cannot say."""

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import sqlalchemy as sa
import yaml

from ticketing.desk.db import Tx
from ticketing.foundation.errors import Refused
from ticketing.foundation.fixture_file import load
from ticketing.seating.file import PlanFile, expand
from ticketing.seating.hall import hall_for
from ticketing.seating.models import SeatingPlan
from ticketing.seating.plan import Plan
from ticketing.seating.pretix.check import findings
from ticketing.seating.pretix.entries import PretixPlan, Side
from ticketing.seating.pretix.export_plan import pretix_plan, side_file
from ticketing.seating.pretix.import_plan import converted
from ticketing.seating.queries import plan as read_stored
from ticketing.seating.store import draw_plan

PRETIX = "pretix"  # in a plan's source: the document it was drawn from


class NoSuchPlan(Refused):
    status = 404
    type = "no-such-plan"
    zh = "没有名为 {name} 的座位图；已有：{known}。"
    en = "There is no plan of the name {name}; there are: {known}."


class NoFile(Refused):
    type = "no-plan-file"
    zh = "座位图 {name} 是在保存原文件之前画的，请再导入一次它的文件。"
    en = "The plan {name} was drawn before files were kept: import its file again."


def read_ours(path: Path) -> Plan:
    """Raises FixtureError, which names the file, line and field."""
    return load(path, PlanFile, use=expand)


def read_pretix(path: Path, side_path: Path | None = None) -> Plan:
    """Raises FixtureError, which names the file, line and field."""
    side = load(side_path, Side, as_json=True) if side_path else {}
    return load(
        path,
        PretixPlan,
        partial(findings, side=side),
        use=partial(from_pretix, side=side),
        as_json=True,
    )


def from_pretix(document: PretixPlan, side: Side) -> Plan:
    """Return the plan, and keep the document: so it goes out as it came. Raises WrongField."""
    plan = converted(document, side)
    return replace(plan, source=plan.source | {PRETIX: msgspec.to_builtins(document)})


def take_in(tx: Tx, plan: Plan, hall: str, *, by: str, now: int) -> int:
    """Store a plan that was read from a file; return the version. See ``hall_for``."""
    title = plan.source.get(PRETIX, {}).get("name", "").strip() or plan.name
    hall_id = hall_for(tx, plan.name, hall, title=title, by=by, now=now)
    plan_id = draw_plan(tx, hall_id, plan, by=by, now=now)
    query = sa.select(SeatingPlan.version).where(SeatingPlan.id == plan_id)
    return int(tx.execute(query).scalar_one())


def stored(tx: Tx, name: str) -> Plan:
    """Return the newest version of a plan, with its file; raises NoSuchPlan."""
    query = sa.select(SeatingPlan.id).order_by(SeatingPlan.version.desc())
    plan_id = tx.execute(query.where(SeatingPlan.name == name)).scalars().first()
    if plan_id is None:
        names = tx.execute(sa.select(SeatingPlan.name).distinct().order_by(SeatingPlan.name))
        raise NoSuchPlan(name=name, known=", ".join(names.scalars()) or "-")
    return read_stored(tx, plan_id)


def write_ours(tx: Tx, name: str) -> str:
    """Return the file the newest version was drawn from; its comments are not kept."""
    source = _source(tx, stored(tx, name))
    if not source:
        raise NoFile(name=name)
    ours = {field: value for field, value in source.items() if field != PRETIX}
    return yaml.safe_dump(
        ours, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120
    )


def write_pretix(tx: Tx, name: str) -> tuple[str, str]:
    """Return pretix's file and the side file: the very document where the plan came as one."""
    plan = stored(tx, name)
    document = _source(tx, plan).get(PRETIX) or pretix_plan(plan)
    return _pretty(document), _pretty(side_file(plan))


def _source(tx: Tx, plan: Plan) -> dict[str, Any]:
    query = sa.select(SeatingPlan.source).where(SeatingPlan.id == plan.id)
    return dict(tx.execute(query).scalar_one())


def _pretty(document: Any) -> str:
    return msgspec.json.format(msgspec.json.encode(document), indent=1).decode() + "\n"
