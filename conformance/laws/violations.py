"""Requests that break exactly one rule, made from a valid one.

A candidate counts only if the rules of the contract themselves find the wanted rule first and nothing elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from conformance.wire.call import Call
from specs.nodes import Node
from specs.places import token
from specs.requests import RequestRules

UNSENDABLE = ("", ".", "..", None)
"""Values of a path parameter that make another path."""


def violations(rules: RequestRules, call: Call, node: Node, rule: str) -> Iterator[Call]:
    """Calls that break this rule of this node and nothing else; one for each condition of ``required-if``."""
    for candidate in _candidates(call, node, rule):
        if node.location == "path" and candidate.get(node.id) in UNSENDABLE:
            continue
        findings = rules.findings(candidate.arguments())
        if findings and findings[0].rule == rule and {finding.node for finding in findings} == {node.id}:
            yield candidate
            if rule != "required-if":
                return


def _candidates(call: Call, node: Node, rule: str) -> Iterator[Call]:
    if rule == "required":
        yield call.drop(node.id)
    elif rule == "required-if":
        yield from _conditions(call, node)
    elif rule == "null":
        yield call.set(node.id, None)
    else:
        for value in _values(node.schema, rule, call.get(node.id)):
            yield call.set(node.id, value)


def _conditions(call: Call, node: Node) -> Iterator[Call]:
    """The node dropped under each condition that asks for it."""
    parent = node.id.rpartition(".")[0]
    for name, wanted in node.schema["x-required-if"].items():
        if name == "absent":
            yield call.drop(f"{parent}.{token(wanted)}").drop(node.id)
        elif name == "present":
            yield call.drop(node.id)
        else:
            for value in wanted:
                yield call.set(f"{parent}.{token(name)}", value).drop(node.id)


FORMLESS = ("!", "no such form", "~~~", "2020-09-22T07:38:13Z", "-", "0", "A")
MEANINGLESS = ("2020-02-30T07:38:13.893+0800", "2020-02-30", "2020-02-30T00:00:00Z", "not@", "::", "no format")
MISTYPED = ("no-number", 5, True, ["a"], {"a": 1}, 1.5)


def _values(schema: Mapping[str, Any], rule: str, valid: Any) -> Iterator[Any]:
    """Values that may break a rule of a node, given its schema and the valid value."""
    bound: Any = schema.get(rule)
    match rule:
        case "type":
            yield from MISTYPED
        case "pattern":
            yield from FORMLESS
        case "format":
            yield from MEANINGLESS
        case "blank":
            yield " "
        case "enum":
            yield from ("no-such-value", -1)
        case "minimum":
            yield from (bound, bound - 1)
        case "maximum":
            yield from (bound, bound + 1)
        case "multipleOf":
            yield bound * 1.5
        case "minLength":
            yield "a" * (bound - 1)
        case "maxLength":
            yield _longer(valid, bound)
            yield "a" * (bound + 1)
        case "minItems":
            yield _items(valid)[: bound - 1]
        case "maxItems":
            yield _items(valid)[:1] * (bound + 1)
            yield list(range(1, bound + 2))
        case "uniqueItems":
            yield _items(valid)[:1] * 2


def _longer(valid: Any, limit: int) -> str:
    """The valid text, its last character repeated beyond the limit."""
    start = valid if isinstance(valid, str) and valid else "a"
    return start + start[-1] * (limit + 1 - len(start))


def _items(valid: Any) -> list[Any]:
    return list(valid) if isinstance(valid, list) else []
