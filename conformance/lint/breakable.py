"""The rule that each rule of a node can be broken alone; what cannot be broken cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.call import Call
from conformance.laws.violations import violations
from conformance.lint.problem import Found
from conformance.lint.subject import Subject
from specs.model import Contract, Json, Operation, Schema
from specs.nodes import flatten
from specs.requests import ABSENT

FORMATTED = {
    "calendar-time": "2020-09-22T07:38:13.893+0800",
    "date": "2020-09-22",
    "date-time": "2020-09-22T07:38:13Z",
    "email": "ann@example.org",
    "uri": "https://example.org/",
    "uuid": "6f1c3a52-8f0e-4d0e-9d3b-0d1f2a3b4c5d",
}
"""A value of a format, for fields without an example."""

DEPTH = 6
"""Levels below which no optional value is made up: schemas may contain themselves."""


def breakable(subject: Subject) -> Found:
    """For every derived clause of a node there is a request that breaks its rule and no other."""
    for operation in subject.contract:
        rules = subject.rules[operation.id]
        call = example_call(subject.contract, operation)
        findings = rules.findings(call.arguments())
        if findings:
            advice = "(give its parameters and its request body examples that are valid)"
            yield operation.id, f"no valid request can be made of the examples: {findings[0].message}", advice
            continue
        for clause in subject.derived:
            if clause.operation != operation.id or clause.node is None or clause.rule is None or clause.excluded:
                continue
            if next(violations(rules, call, rules.nodes[clause.node], clause.rule), None) is None:
                advice = "(widen the other rules of the node, or exclude this one with x-excluded)"
                yield clause.id, "no request is known that breaks this rule alone", advice


def example_call(contract: Contract, operation: Operation) -> Call:
    """A valid request with every field set, from the examples of the document."""
    places: dict[str, dict[str, Json]] = {"path": {}, "query": {}, "header": {}}
    for raw in operation.raw.get("parameters", ()):
        parameter = contract.resolve(raw)
        schema = flatten(contract, parameter["schema"])
        places[parameter["in"]][parameter["name"]] = parameter.get("example", example_of(contract, schema))
    body: Json = ABSENT
    if operation.body is not None:
        media = next(iter(contract.resolve(operation.raw["requestBody"])["content"].values()))
        shown = [contract.resolve(example).get("value") for example in media.get("examples", {}).values()]
        start = media.get("example", shown[0] if shown else ABSENT)
        body = example_of(contract, operation.body, start)
    return Call(operation.id, places["path"], places["query"], places["header"], body)


def example_of(contract: Contract, schema: Schema, start: Json = ABSENT, depth: int = 0) -> Json:
    """A value of a schema: ``start`` where it says something, made up from examples and bounds where it does not."""
    schema = flatten(contract, schema)
    if start is ABSENT:
        start = _shown(schema)
    kind = schema.get("type")
    if kind == "object" and (start is ABSENT or isinstance(start, Mapping)):
        value = {} if start is ABSENT else dict(start)
        for name, child in schema.get("properties", {}).items():
            if depth < DEPTH or name in schema.get("required", ()) or name in value:
                value[name] = example_of(contract, child, value.get(name, ABSENT), depth + 1)
        return value
    if kind == "array" and (start is ABSENT or isinstance(start, list)):
        count = max(1, schema.get("minItems", 1)) if depth < DEPTH else schema.get("minItems", 0)
        items = [ABSENT] * count if start is ABSENT else start
        return [example_of(contract, schema["items"], item, depth + 1) for item in items]
    return _scalar(schema) if start is ABSENT else start


def _shown(schema: Schema) -> Json:
    for name in ("example", "default"):
        if name in schema:
            return schema[name]
    return schema["enum"][0] if "enum" in schema else ABSENT


def _scalar(schema: Schema) -> Json:
    kind = schema.get("type")
    if kind in ("integer", "number"):
        return schema.get("minimum", min(1, schema.get("maximum", 1)))
    if kind == "boolean":
        return True
    return FORMATTED.get(schema.get("format", ""), "a" * max(1, schema.get("minLength", 1)))
