"""Values at the edges: those that schemas draw, and those that programmers forget."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from specs.model import Schema
from specs.nodes import Node

LONG = 20_000
"""Characters of a very long text in a body."""
LONG_LINE = 2_000
"""The same in URL or header."""
DEEP = 50
"""Levels of a deeply nested value; every JSON reader manages as many."""


def _nested(levels: int) -> list[Any]:
    value: list[Any] = []
    for _ in range(levels):
        value = [value]
    return value


TEXTS: Mapping[str, str] = {
    "empty": "",
    "blank": " ",
    "tab": "\t",
    "cjk": "流程管理系统",
    "emoji": "👩‍👩‍👧‍👦🇨🇳",
    "right-to-left": "\u202eabc\u202c",
    "combining": "e\u0301\u0323" * 20,
    "nul": "a\0b",
    "control": "\x01\x1f\x7f\x85",
    "line-breaks": "a\r\nb\nc\u2028d",
    "surrogate": "\ud800",
    "surrogates-swapped": "\udc00\ud800",
    "noncharacter": "\uffff\ufdd0",
    "byte-order-mark": "\ufefftext",
    "percent": "%00%zz%",
    "markup": "<a href='x'>&amp;]]>\"",
    "sql": "' OR '1'='1' --",
    "template": "${7*7}{{7*7}}#{7*7}",
    "traversal": "..%2f..%2fetc",
    "number": "0",
    "number-negative": "-1",
    "number-full-width": "\uff11\uff12",
    "number-arabic": "\u0661\u0662",
    "number-long": "9" * 30,
    "number-exponent": "1e5",
    "number-underscore": "1_000",
    "number-blank": " 1 ",
    "not-a-number": "NaN",
    "null": "null",
    "true": "true",
    "date-impossible": "2020-02-30T25:61:61Z",
    "comma": "a,b,,c,",
}
"""Texts by name."""

NUMBERS: Mapping[str, int | float] = {
    "zero": 0,
    "minus-one": -1,
    "int32": 2**31,
    "int53": 2**53 + 1,
    "int64": 2**63 - 1,
    "int64-least": -(2**63),
    "beyond-int64": 2**63,
    "beyond-uint64": 2**64,
    "beyond-all": 10**40,
    "fraction": 0.5,
    "whole-fraction": 1.0,
    "tiny": 5e-324,
    "huge": 1.7976931348623157e308,
}
"""Numbers by name."""

OTHERS: Mapping[str, Any] = {
    "null": None,
    "false": False,
    "list-empty": [],
    "object-empty": {},
    "list-of-null": [None],
    "object-nameless": {"": ""},
    "nested": _nested(DEEP),
    "list-mixed": [1, "a", None, {}, []],
}
"""What a body can hold beside texts and numbers."""

ITEMS: Mapping[str | None, Any] = {"integer": 1, "number": 1, "string": "a", "boolean": True, "object": {}, "array": []}
"""An item for long lists, by its type."""


def extremes(node: Node) -> Iterator[tuple[str, Any]]:
    """Name and value of everything that is worth trying at a node."""
    in_body = node.location == "body"
    yield from _bounds(node.schema)
    yield from TEXTS.items()
    yield "long", "x" * (LONG if in_body else LONG_LINE)
    yield "long-cjk", "流" * ((LONG if in_body else LONG_LINE) // 9)
    yield from NUMBERS.items()
    if in_body:
        yield from OTHERS.items()
    elif node.schema.get("type") == "array":
        yield "list-of-empty", ["", ""]


def _bounds(schema: Schema) -> Iterator[tuple[str, Any]]:
    """At each documented bound, and just beyond it."""
    for rule, step in (("minimum", -1), ("maximum", 1)):
        if rule in schema:
            yield f"at-{rule}", schema[rule]
            yield f"beyond-{rule}", schema[rule] + step
    for rule, step in (("minLength", -1), ("maxLength", 1)):
        if rule in schema:
            yield f"at-{rule}", "a" * schema[rule]
            yield f"beyond-{rule}", "a" * (schema[rule] + step)
    if "maxItems" in schema:
        item = ITEMS.get(schema.get("items", {}).get("type"))
        yield "at-maxItems", [item] * schema["maxItems"]
        yield "beyond-maxItems", [item] * (schema["maxItems"] + 1)
    for number, value in enumerate(schema.get("enum", ())):
        yield f"enum-{number}", value
        if isinstance(value, str):
            yield f"enum-{number}-other-case", value.swapcase()
