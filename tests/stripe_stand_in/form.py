"""Stripe's form encoding: ``line_items[0][price_data][currency]=cny``, typed by the schema."""

import re
from typing import Any
from urllib.parse import parse_qsl

Schema = dict[str, Any]


def decode(body: str) -> dict[str, Any]:
    """Return nested dictionaries and lists of texts."""
    tree: dict[str, Any] = {}
    for name, value in parse_qsl(body, keep_blank_values=True):
        first, *rest = re.findall(r"[^\[\]]+|(?<=\[)(?=\])", name)
        node, key = tree, first
        for part in rest:
            node, key = node.setdefault(key, {}), part or str(len(node.get(key, {})))
        node[key] = value
    listed = as_lists(tree)
    assert isinstance(listed, dict)
    return listed


def as_lists(node: Any) -> Any:
    """Turn {"0": a, "1": b} into [a, b]."""
    if not isinstance(node, dict):
        return node
    if node and all(key.isdecimal() for key in node):
        return [as_lists(node[key]) for key in sorted(node, key=int)]
    return {key: as_lists(value) for key, value in node.items()}


def typed(value: Any, schema: Schema) -> Any:
    """Return numbers and truths where the schema wants them; what fits nothing stays as it is."""
    if "anyOf" in schema:
        kind = "object" if isinstance(value, dict) else "array" if isinstance(value, list) else None
        fits = [each for each in schema["anyOf"] if kind is None or each.get("type") == kind]
        return typed(value, fits[0]) if fits else value
    match schema.get("type"), value:
        case "object", dict():
            known, other = schema.get("properties", {}), schema.get("additionalProperties")
            fallback = other if isinstance(other, dict) else {}
            return {key: typed(each, known.get(key, fallback)) for key, each in value.items()}
        case "array", list():
            return [typed(each, schema["items"]) for each in value]
        case "integer", str() if re.fullmatch(r"-?\d+", value):
            return int(value)
        case "boolean", "true" | "false":
            return value == "true"
    return value
