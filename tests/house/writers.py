"""Who writes what: read from the sources, where acts speak SQLAlchemy Core.

What cannot be read (a model or a column held in a variable that nothing here explains) is reported
as ``?``, so that nothing is written unseen.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from ticketing.desk.db import Base

TABLES = {m.class_.__name__: str(m.local_table.name) for m in Base.registry.mappers}  # type: ignore[attr-defined]
VERBS = {"insert", "update", "delete", "keep_row", "keep_rows"}
SETS = {"update": "values", "insert": "on_conflict_do_update"}


class Write(NamedTuple):
    """``verb``: insert, update or delete; ``column`` is "" unless it is an update's."""

    verb: str
    table: str
    column: str
    file: str


def writes(root: Path) -> set[Write]:
    """Return every write below a folder of sources."""
    return {
        Write(verb, table, column, path.relative_to(root).as_posix())
        for path in root.rglob("*.py")
        for verb, table, column in Source(path.read_text()).writes()
    }


class Source:
    """One file; ``parents`` leads from a node to the one that holds it."""

    def __init__(self, text: str) -> None:
        self.tree = ast.parse(text)
        self.nodes = list(ast.walk(self.tree))
        self.parents = {child: node for node in self.nodes for child in ast.iter_child_nodes(node)}

    def writes(self) -> Iterator[tuple[str, str, str]]:
        for call in self.nodes:
            if isinstance(call, ast.Call) and (verb := self.verb(call)) in VERBS:
                yield from self.written(verb, call)

    def verb(self, call: ast.Call) -> str:
        """Return insert for ``sa.insert(X)``, ``insert(X)``, ``INSERT[dialect](X)``, ``tx.add(X, ...)``."""
        func = call.func.value if isinstance(call.func, ast.Subscript) else call.func
        if not call.args or isinstance(call.args[0], ast.Constant):
            return ""  # @delete("/api/holds")
        match func:
            case ast.Name(id=name) | ast.Attribute(attr=name, value=ast.Name(id="sa" | "dialect")):
                return name.lower()
            case ast.Attribute(attr="add", value=ast.Name(id="tx")):
                return "insert"
        return ""  # a list's insert, a dict's update

    def written(self, verb: str, call: ast.Call) -> Iterator[tuple[str, str, str]]:
        if verb.startswith("keep_row"):
            yield from self.kept(verb, call)
            return
        table = self.table(call.args[0])
        if verb != "update":
            yield verb, table, ""
        sets = [part for part in self.chain(call) if method(part) == SETS.get(verb)]
        for column in set[str]().union(*map(self.set_by, sets)):
            yield "update", table, column
        if verb == "update" and not sets:
            yield "update", table, "?"

    def set_by(self, call: ast.Call) -> set[str]:
        """Return the columns of ``values(a=1)``, ``values({"a": 1})``, ``on_conflict_do_update(set_=...)``."""
        given = [*call.args, *(word.value for word in call.keywords if word.arg in (None, "set_"))]
        names = {word.arg for word in call.keywords if word.arg and method(call) == "values"}
        return names.union(*map(self.columns, given))

    def kept(self, verb: str, call: ast.Call) -> Iterator[tuple[str, str, str]]:
        """``keep_row(tx, Model, key, values)`` adds or changes, ``keep_rows`` replaces an owner's."""
        table = self.table(call.args[1])
        yield "insert", table, ""
        if verb == "keep_rows":
            yield "delete", table, ""
        else:
            for column in self.columns(call.args[3]):
                yield "update", table, column

    def chain(self, call: ast.expr) -> Iterator[ast.Call]:
        """Yield the calls that continue this one, also through the name it was given."""
        outer = self.parents[call]
        if isinstance(outer, ast.Attribute) and isinstance(self.parents[outer], ast.Call):
            whole = self.parents[outer]
            assert isinstance(whole, ast.Call)
            yield whole
            yield from self.chain(whole)
        elif isinstance(outer, ast.Assign) and isinstance(outer.targets[0], ast.Name):
            for node in self.uses(outer.targets[0].id, outer):
                yield from self.chain(node)

    def uses(self, name: str, near: ast.AST) -> Iterator[ast.Name]:
        """Yield the places in the same function, or module, that read a name."""
        for node in ast.walk(self.scope(near)):
            if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
                yield node

    def scope(self, node: ast.AST) -> ast.AST:
        while not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Module):
            node = self.parents[node]
        return node

    def table(self, model: ast.expr) -> str:
        if isinstance(model, ast.Attribute) and model.attr == "__table__":
            model = model.value
        name = model.id if isinstance(model, ast.Name) else getattr(model, "attr", "?")
        return TABLES.get(name) or TABLES.get(self.meaning(name), "?")

    def meaning(self, name: str) -> str:
        """Return what a name stands for: ``SEAT = PerformanceSeat``, ``import Order as Sold``."""
        for node in self.nodes:
            match node:
                case ast.alias(name=meant, asname=given) if given == name:
                    return meant
                case ast.Assign(targets=[target], value=ast.Name(id=meant)) if named(target, name):
                    return meant
        return name

    def columns(self, value: ast.expr) -> set[str]:
        """Return the names that a dict of values has, ``?`` where that cannot be read."""
        match value:
            case ast.Dict(keys=keys, values=inner):
                pairs = zip(keys, inner, strict=True)
                return set().union(*(self.key(k) if k else self.columns(v) for k, v in pairs))
            case ast.BinOp(left=left, right=right):
                return self.columns(left) | self.columns(right)
            case ast.DictComp(generators=[ast.comprehension(iter=ast.Tuple(elts=keys))]):
                return set().union(*map(self.key, keys))
            case ast.Call(func=ast.Name(id="asdict"), args=[ast.Name(id=name)]):
                return self.fields(name, value)
            case ast.Name(id=name):
                return self.assigned(name, value) or {"?"}
        return {"?"}

    def key(self, key: ast.expr) -> set[str]:
        match key:
            case ast.Constant(value=str(name)) | ast.Attribute(attr=name):
                return {name}
            case ast.Subscript(value=ast.Name(id=table)):  # STAMPS[to]: any of its values
                found = [v for v in self.values(table, self.tree) if isinstance(v, ast.Dict)]
                return set().union(*(self.key(v) for each in found for v in each.values)) or {"?"}
        return {"?"}

    def assigned(self, name: str, near: ast.AST) -> set[str]:
        """Return the columns in what was assigned to a name, or to ``name[column]``."""
        scope = self.scope(near)
        parts = [self.columns(value) for value in self.values(name, scope)]
        for node in ast.walk(scope):
            if (
                isinstance(node, ast.Subscript)
                and named(node.value, name)
                and isinstance(node.ctx, ast.Store)
            ):
                parts.append(self.key(node.slice))
        return set().union(*parts)

    def values(self, name: str, scope: ast.AST) -> Iterator[ast.expr]:
        for node in ast.walk(scope):
            match node:
                case ast.Assign(targets=[target], value=value) if named(target, name):
                    yield value
                case ast.AnnAssign(target=target, value=ast.expr() as value) if named(target, name):
                    yield value

    def fields(self, parameter: str, near: ast.AST) -> set[str]:
        """Return the fields of the dataclass, in this file, that a parameter is."""
        kinds = {
            getattr(node.annotation, "id", "")
            for node in ast.walk(self.scope(near))
            if isinstance(node, ast.arg) and node.arg == parameter
        }
        return {
            line.target.id
            for node in self.nodes
            if isinstance(node, ast.ClassDef) and node.name in kinds
            for line in node.body
            if isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name)
        } or {"?"}


def method(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else ""


def named(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name
