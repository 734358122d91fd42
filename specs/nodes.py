"""The nodes of a request: every parameter and every property of the body, with the rules that stand on it.

A node's id is its place in a request without the array indexes: ``query.username``, ``body.assigns.each.users``.
It comes from the instance, not from the schema, so moving a schema behind a ``$ref`` renames nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from specs.model import Contract, Json, Operation, Schema
from specs.places import token

RULES = (
    "required",
    "required-if",
    "null",
    "minLength",
    "blank",
    "type",
    "format",
    "pattern",
    "enum",
    "minimum",
    "maximum",
    "maxLength",
    "maxItems",
    "minItems",
    "uniqueItems",
    "multipleOf",
)
"""Every rule that a node can carry, in the order in which findings within one node are reported."""

BOUNDLESS = (("minLength", 0), ("minItems", 0))
"""Rules that nothing breaks."""

EMPTY = frozenset(("required", "null", "minLength", "blank"))
"""The rules that ``x-error: {empty: CODE}`` speaks for."""

LOCATIONS = ("path", "query", "header", "cookie", "body")


@dataclass(frozen=True, slots=True)
class Node:
    """One place of a request."""

    id: str
    schema: Schema = field(repr=False)
    """The flattened schema: no ``$ref``, no ``allOf`` on this level."""
    required: bool
    order: tuple[int, ...]
    """Where the node stands among its siblings, from the root on; what ``findings`` sorts by."""
    in_items: bool = False
    """Below an array body (the batch of a batch operation)."""

    @property
    def location(self) -> str:
        return self.id.partition(".")[0]

    def code(self, rule: str) -> str | None:
        """The error code that the node declares for a rule (``x-error``; ``empty`` stands for four of them)."""
        declared = self.schema.get("x-error", {})
        code = declared.get(rule, declared.get("empty") if rule in EMPTY else None)
        return None if code is None else str(code)

    @property
    def nullable(self) -> bool:
        return bool(self.schema.get("nullable", False))

    def rules(self) -> Iterator[str]:
        """The rules that a request can break here, in the order of ``RULES``."""
        schema = self.schema
        for rule in RULES:
            if rule == "required":
                present = self.required and self.location != "path"
            elif rule == "required-if":
                present = "x-required-if" in schema
            elif rule == "blank":
                present = "not" in schema
            elif rule == "null":
                present = self.location == "body" and not self.nullable and "type" in schema
            elif rule == "type":
                present = "type" in schema and (self.location == "body" or schema["type"] in ("integer", "number"))
            else:
                present = rule in schema and schema[rule] is not False and (rule, schema[rule]) not in BOUNDLESS
            if present:
                yield rule


def flatten(contract: Contract, schema: Schema) -> Schema:
    """A schema with ``$ref`` followed and ``allOf`` merged on its top level; outer keywords win."""
    schema = contract.resolve(schema)
    if "allOf" not in schema:
        return schema
    merged: dict[str, Json] = {}
    for part in (*schema["allOf"], {k: v for k, v in schema.items() if k != "allOf"}):
        for keyword, value in flatten(contract, part).items():
            if keyword in ("properties", "x-error") and keyword in merged:
                merged[keyword] = {**merged[keyword], **value}
            elif keyword == "required" and keyword in merged:
                merged[keyword] = [*merged[keyword], *value]
            else:
                merged[keyword] = value
    return merged


def request_nodes(contract: Contract, operation: Operation) -> Mapping[str, Node]:
    """Node id -> node of one operation, in the documented order."""
    nodes: dict[str, Node] = {}
    for index, parameter in enumerate(operation.parameters):
        schema = flatten(contract, parameter.schema)
        order = (LOCATIONS.index(parameter.location), index)
        node = Node(parameter.node, schema, parameter.required, order)
        nodes[node.id] = node
        if schema.get("type") == "array":
            items = Node(f"{node.id}.each", flatten(contract, schema.get("items", {})), False, (*order, 0))
            nodes[items.id] = items
    if operation.body is not None:
        for node in _below(contract, "body", operation.body, operation.body_required, (LOCATIONS.index("body"),), ()):
            nodes[node.id] = node
    return nodes


def _below(
    contract: Contract,
    name: str,
    schema: Schema,
    required: bool,
    order: tuple[int, ...],
    seen: tuple[int, ...],
    in_items: bool = False,
) -> Iterator[Node]:
    flat = flatten(contract, schema)
    yield Node(name, flat, required, order, in_items)
    identity = id(contract.resolve(schema))
    if identity in seen:
        return
    seen = (*seen, identity)
    for index, (field_name, child) in enumerate(flat.get("properties", {}).items()):
        needed = field_name in flat.get("required", ()) and not child.get("readOnly", False)
        yield from _below(contract, f"{name}.{token(field_name)}", child, needed, (*order, index), seen, in_items)
    if "items" in flat:
        inside = in_items or name == "body"
        yield from _below(contract, f"{name}.each", flat["items"], False, (*order, 0), seen, inside)
