"""Count the house: rooms, imports between them, circles, what is long, what repeats itself.

python tools/shape.py [a checkout's src/ticketing]: one figure a line, to be compared with those of another day.
"""

import ast
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "src/ticketing"
FILE, FUNCTION, PARAMETERS = 150, 25, 5  # lines, lines, names: longer ones are thought about again


def main(top: Path) -> None:
    files = {path: path.read_text(encoding="utf-8") for path in sorted(top.rglob("*.py"))}
    trees = {path: ast.parse(text) for path, text in files.items()}
    rooms = Counter(room(path, top) for path in files if path.name != "__init__.py")
    arrows = imports(trees, top)
    functions = [
        node
        for tree in trees.values()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    rows, schema = (
        sum(text.count(words) for text in files.values())
        for words in ("sa.Row[Any]", "include_in_schema=False")
    )
    print(f"files                       {len(files)}")
    print(f"rooms                       {len(rooms)}")
    print(f"arrows between rooms        {sum(map(len, arrows.values()))}")
    print(f"circles                     {len(circles(arrows))}")
    print(
        f"files over {FILE} lines        {sum(len(text.splitlines()) > FILE for text in files.values())}"
    )
    print(
        f"functions over {FUNCTION} lines     {sum(length(each) > FUNCTION for each in functions)}"
    )
    print(
        f"parameters over {PARAMETERS}           {sum(len(wanted(each)) > PARAMETERS for each in functions)}"
    )
    print(f"sa.Row[Any]                 {rows}")
    print(f"include_in_schema=False     {schema}")
    print(f"public names twice or more  {len(twice(trees))}")
    for name, count in rooms.most_common():
        print(f"  {name:<12} {count:>3} files  -> {' '.join(sorted(arrows[name]))}")


def room(path: Path, top: Path) -> str:
    return path.relative_to(top).parts[0].removesuffix(".py")


def imports(trees: dict[Path, ast.Module], top: Path) -> dict[str, set[str]]:
    """Return the rooms that each room imports."""
    found: dict[str, set[str]] = defaultdict(set)
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("ticketing."):
                other = str(node.module).split(".")[1]
                if other != room(path, top):
                    found[room(path, top)].add(other)
    return found


def circles(arrows: dict[str, set[str]]) -> set[str]:
    """Return the rooms from which one comes back to them."""

    def reached(start: str) -> set[str]:
        seen: set[str] = set()
        waiting = list(arrows.get(start, ()))
        while waiting:
            if (each := waiting.pop()) not in seen:
                seen.add(each)
                waiting += arrows.get(each, ())
        return seen

    return {each for each in list(arrows) if each in reached(each)}


def length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring."""
    said = ast.get_docstring(node, clean=False)
    return (
        (node.end_lineno or node.lineno) - node.lineno + 1 - (len(said.splitlines()) if said else 0)
    )


def wanted(node: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    names = [each.arg for each in (*node.args.args, *node.args.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls", "tx", "by", "now")]


def twice(trees: dict[Path, ast.Module]) -> set[str]:
    """Return public classes of one name in two files."""
    names: Counter[str] = Counter(
        node.name
        for tree in trees.values()
        for node in tree.body
        if isinstance(node, ast.ClassDef) and not re.match("_", node.name)
    )
    return {name for name, count in names.items() if count > 1}


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
