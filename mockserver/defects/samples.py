"""Valid values out of a document: what a defect puts where a request has something wrong."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from typing import Any

from specs.model import Contract, Operation
from specs.nodes import Node, flatten
from specs.requests import ABSENT, Arguments

BY_TYPE: Mapping[str, Any] = {"string": "text", "integer": 1, "number": 1, "boolean": True, "array": [], "object": {}}


def repaired(contract: Contract, operation: Operation, node: Node, arguments: Arguments) -> Arguments:
    """The arguments with a valid value at every place of a node; too long lists are cut."""
    location, *path = node.id.split(".")
    value = sample(contract, operation, node)
    if location == "body":
        return replace(arguments, body=_put(deepcopy(arguments.body), path, value, node))
    place = {**getattr(arguments, location), path[0]: value}
    return replace(arguments, **{location: place})


def sample(contract: Contract, operation: Operation, node: Node) -> Any:
    """A valid value of a node: from the operation's request example, from its schema, or by its type."""
    location, *path = node.id.split(".")
    if location == "body":
        value = _walk(_request_example(contract, operation), path)
        if value not in (None, ABSENT):
            return value
    return _from_schema(contract, node.schema)


def _from_schema(contract: Contract, schema: Mapping[str, Any]) -> Any:
    flat = flatten(contract, schema)
    for keyword in ("example", "default"):
        if keyword in flat:
            return flat[keyword]
    if "enum" in flat:
        return flat["enum"][0]
    return BY_TYPE.get(flat.get("type", "string"))


def _request_example(contract: Contract, operation: Operation) -> Any:
    body = contract.resolve(operation.raw.get("requestBody", {}))
    for media in body.get("content", {}).values():
        for example in media.get("examples", {}).values():
            return contract.resolve(example)["value"]
        return media.get("example", ABSENT)
    return ABSENT


def _walk(value: Any, path: list[str]) -> Any:
    for name in path:
        if name == "each":
            value = value[0] if isinstance(value, list) and value else ABSENT
        else:
            value = value.get(name, ABSENT) if isinstance(value, dict) else ABSENT
    return value


def _put(value: Any, path: list[str], new: Any, node: Node) -> Any:
    """``value`` with ``new`` at the path where what stands there is not usable; lists are walked item by item."""
    if not path:
        limit = node.schema.get("maxItems")
        if isinstance(value, list) and limit is not None and len(value) > limit:
            return value[:limit]
        return new
    head, *rest = path
    if head == "each":
        return [_put(item, rest, new, node) for item in value] if isinstance(value, list) else value
    if not isinstance(value, dict):
        return value
    return {**value, head: _put(value.get(head), rest, new, node)}
