"""Stripe's OpenAPI description as a judge of requests and of our own objects."""

import json
import os
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry
from referencing.jsonschema import DRAFT202012

from stripe_stand_in.form import typed

ON = "Every request and object is validated against Stripe's description."
OFF = "STRIPE_OPENAPI is not set: nothing is validated against Stripe's description."


@cache
def description() -> dict[str, Any] | None:
    """Return the description, with OpenAPI 3.0's ``nullable`` said as JSON Schema says it."""
    path = os.environ.get("STRIPE_OPENAPI")
    if not path:
        return None
    found: dict[str, Any] = nullable(json.loads(Path(path).read_text()))
    return found


def nullable(node: Any) -> Any:
    if isinstance(node, list):
        return [nullable(each) for each in node]
    if not isinstance(node, dict):
        return node
    plain = {key: nullable(value) for key, value in node.items() if key != "nullable"}
    return {"anyOf": [plain, {"type": "null"}]} if node.get("nullable") is True else plain


@cache
def validator(pointer: str) -> Draft202012Validator | None:
    """``pointer`` into the description; None where there is none."""
    whole = description()
    if whole is None:
        return None
    resource = DRAFT202012.create_resource(whole)
    registry = Registry().with_resource("stripe:", resource)
    return Draft202012Validator({"$ref": f"stripe:#{pointer}"}, registry=registry)


def read(path: str, values: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """Return a request's values with their types, and what is wrong with them, "" if nothing.

    ``path`` is a template of the description's, such as ``/v1/checkout/sessions``.
    """
    whole = description()
    if whole is None:
        return values, ""
    content = "application/x-www-form-urlencoded"
    schema = whole["paths"][path]["post"]["requestBody"]["content"][content]["schema"]
    given = typed(values, schema)
    name = path.replace("~", "~0").replace("/", "~1")
    judge = validator(f"/paths/{name}/post/requestBody/content/{content.replace('/', '~1')}/schema")
    assert judge is not None
    return given, first_error(judge, given)


def wrong(thing: dict[str, Any]) -> str:
    """Return what is wrong with an object of ours, "" if nothing."""
    judge = validator(f"/components/schemas/{thing['object']}")
    return first_error(judge, thing) if judge else ""


def first_error(judge: Draft202012Validator, thing: Any) -> str:
    found = next(iter(judge.iter_errors(thing)), None)
    return f"{found.json_path}: {found.message[:300]}" if found else ""
