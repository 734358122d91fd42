"""Rules of ``x-creates``: what it calls and what it points to is there."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from conformance.lint.paging import success_of
from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from specs.model import Operation, Schema
from specs.nodes import flatten


def creates(subject: Subject) -> Found:
    """``x-creates`` names operations, nodes of their requests, and places of request and answer that exist."""
    for operation in subject.contract:
        raw = operation.raw.get("x-creates", {})
        answer = success_of(subject, operation)
        for kind in ("undo", "find"):
            if kind in raw:
                place = f"{operation.pointer}/x-creates/{kind}"
                yield from _asked(subject, operation, raw[kind], place)
        if "find" in raw and raw["find"]["operation"] in subject.contract.operations:
            found = subject.contract.operations[raw["find"]["operation"]]
            listed = schema_at(subject, success_of(subject, found), f"{raw['find']['items']}/*")
            if listed is None:
                yield f"{operation.pointer}/x-creates/find/items", f"{found.id} answers no list there", ""
        for node, expression in raw.get("undo", {}).get("arguments", {}).items():
            if _points_nowhere(subject, expression, "$response.body", answer):
                yield f"{operation.pointer}/x-creates/undo/arguments/{node}", f"the answer has no {expression}", ""


def _asked(subject: Subject, operation: Operation, asked: Mapping[str, Any], place: str) -> Found:
    nodes = subject.nodes.get(asked["operation"])
    if nodes is None:
        yield (
            f"{place}/operation",
            f"there is no operation {asked['operation']!r}",
            near(asked["operation"], subject.nodes),
        )
        return
    given = {**asked["arguments"], **asked.get("each", {})}
    for node in given:
        if node not in nodes:
            yield f"{place}/arguments", f"{asked['operation']} has no {node!r}", near(node, nodes)
    for node in nodes.values():
        if node.required and node.location != "body" and node.id not in given:
            yield f"{place}/arguments", f"{node.id} is required", ""
    for node, expression in asked["arguments"].items():
        if _points_nowhere(subject, expression, "$request.body", operation.body):
            yield f"{place}/arguments/{node}", f"the request has no {expression}", ""


def _points_nowhere(subject: Subject, expression: Any, root: str, schema: Schema | None) -> bool:
    if not isinstance(expression, str) or not expression.startswith(root):
        return False
    return schema_at(subject, schema, expression.removeprefix(root).removeprefix("#")) is None


def schema_at(subject: Subject, schema: Schema | None, pointer: str) -> Schema | None:
    """The schema at a pointer; a step that is ``*`` or a number goes into the items of a list."""
    for step in pointer.split("/")[1:]:
        if schema is None:
            return None
        schema = flatten(subject.contract, schema)
        schema = schema.get("items") if step == "*" or step.isdecimal() else schema.get("properties", {}).get(step)
    return schema
