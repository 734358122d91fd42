"""Requests against their contract: typed arguments, and what is wrong with them in the documented order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import isfinite

from specs.model import Contract, Json, Operation, Parameter, Schema
from specs.nodes import EMPTY, LOCATIONS, RULES, Node, flatten, request_nodes
from specs.places import EACH, names_of, token
from specs.schemas import compile_schema, translate

_INTEGER = re.compile(r"[+-]?[0-9]+")
_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?")


class _Absent(Enum):
    """The one value of an argument that was not sent (``None`` is JSON's null)."""

    ABSENT = "absent"

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = _Absent.ABSENT


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a request says, decoded: texts of parameters are values of their type where they parse as such."""

    path: Mapping[str, Json] = field(default_factory=dict)
    query: Mapping[str, Json] = field(default_factory=dict)
    header: Mapping[str, Json] = field(default_factory=dict)
    body: Json = ABSENT
    cookie: Mapping[str, Json] = field(default_factory=dict)

    def as_json(self) -> dict[str, Json]:
        """The value that ``RequestRules`` validates; ``body`` is missing when there is none."""
        whole: dict[str, Json] = {
            "path": self.path,
            "query": self.query,
            "header": self.header,
            "cookie": self.cookie,
        }
        if self.body is not ABSENT:
            whole["body"] = self.body
        return whole


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule broken at one place of a request."""

    node: str
    rule: str
    place: str
    """The node with its indexes, as a person reads it: ``body[3].source``."""
    message: str
    code: str | None
    """The code that the node declares for the rule; ``None`` leaves it to ``x-error-default``."""


def decode_text(schema: Schema, text: str) -> Json:
    """The text of a parameter as a value of its type; a text that does not parse stays a text.

    Integers have 64 bits, here as in JSON bodies.
    """
    kind = schema.get("type")
    try:
        if kind == "integer":
            return int(text) if _INTEGER.fullmatch(text) and abs(int(text)) < 2**63 else text
        if kind == "number":
            return float(text) if _NUMBER.fullmatch(text) and isfinite(float(text)) else text
    except ValueError:
        return text
    if kind == "boolean" and text in ("true", "false"):
        return text == "true"
    return text


def decode_parameter(parameter: Parameter, schema: Schema, texts: Sequence[str]) -> Json:
    """A parameter from the texts it was sent with; ``ABSENT`` without any. ``schema`` is the flattened one.

    Of repeated scalars the first counts.
    """
    if not texts or (parameter.allow_empty and texts[0] == ""):
        return ABSENT
    if schema.get("type") != "array":
        return decode_text(schema, texts[0])
    parts = texts if parameter.explode else [part for part in texts[0].split(",") if texts[0] != ""]
    return [decode_text(schema.get("items", {}), part) for part in parts]


class RequestRules:
    """The rules of one operation's request, compiled at first use."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self.contract = contract
        self.operation = operation
        self.nodes = request_nodes(contract, operation)
        self._conditional = tuple(node for node in self.nodes.values() if "x-required-if" in node.schema)
        self._first = contract.codes_judged_first
        self._validator = compile_schema(contract, _request_schema(contract, operation), "request")

    def valid(self, arguments: Arguments) -> bool:
        """Whether a request breaks no rule."""
        whole = arguments.as_json()
        if not self._validator.is_valid(whole):
            return False
        return not self._conditional or next(self._missing(whole), None) is None

    def findings(self, arguments: Arguments) -> list[Finding]:
        """Every broken rule, in the documented order; the first one answers."""
        whole = arguments.as_json()
        found = [self._finding(path, rule, message) for path, rule, message in self._broken(whole)]
        found.extend(self._finding(path, "required-if", "is needed here") for path in self._missing(whole))
        found.sort(key=lambda pair: pair[0])
        return [finding for _, finding in found]

    def _broken(self, whole: Json) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
        for error in self._validator.iter_errors(whole):
            path = tuple(error.instance_path)
            rule = error.kind.name
            if rule == "required":
                yield (*path, error.kind.as_dict()["property"]), "required", "is required"
                continue
            if rule == "not":
                rule = "blank"
            elif rule == "type" and error.instance is None:
                rule = "null"
            yield path, rule, _explain(rule, error.message)

    def _missing(self, whole: Json) -> Iterator[tuple[str | int, ...]]:
        """Places where ``x-required-if`` asks for a value and there is none (absent, null, empty or blank text)."""
        for node in self._conditional:
            *parents, name = names_of(node.id)
            for path, holder in _holders(whole, parents, ()):
                if name is not None and _is_empty(holder.get(name)) and _applies(node.schema["x-required-if"], holder):
                    yield (*path, name)

    def _finding(self, path: tuple[str | int, ...], rule: str, message: str) -> tuple[tuple[Json, ...], Finding]:
        name = ".".join(EACH if isinstance(part, int) else token(part) for part in path)
        node = self.nodes.get(name) or self._nearest(name)
        code = node.code(rule) if node else None
        place = _place(path)
        finding = Finding(node.id if node else name, rule, place, f"{place}: {message}", code)
        return self._rank(path, node, rule, code), finding

    def _nearest(self, name: str) -> Node | None:
        """The node that holds a place which has none of its own."""
        while "." in name:
            name = name.rpartition(".")[0]
            if name in self.nodes:
                return self.nodes[name]
        return None

    def _rank(self, path: tuple[str | int, ...], node: Node | None, rule: str, code: str | None) -> tuple[Json, ...]:
        """Sort key: a batch item by item, then by field; anything else by class of rule, then by field."""
        order = node.order if node else ()
        within = RULES.index(rule) if rule in RULES else len(RULES)
        if node is not None and node.in_items:
            return (1, path[1], order, within, _comparable(path))
        return (0, _class(rule, code, self._first), order, within, _comparable(path))


def _comparable(path: tuple[str | int, ...]) -> tuple[tuple[int, str], ...]:
    """A path that sorts indexes as numbers, and beside names."""
    return tuple((part, "") if isinstance(part, int) else (-1, part) for part in path)


def _class(rule: str, code: str | None, first: frozenset[str]) -> int:
    if code is not None and code in first:
        return 0
    return 1 if rule in EMPTY or rule == "required-if" else 2


def _is_empty(value: Json) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _applies(condition: Mapping[str, Json], holder: Mapping[str, Json]) -> bool:
    """``{field: [values]}``, ``{present: NAME}`` or ``{absent: NAME}`` of ``x-required-if``."""
    for name, expected in condition.items():
        if name == "present":
            met = holder.get(expected) is not None
        elif name == "absent":
            met = holder.get(expected) is None
        else:
            met = holder.get(name) in expected
        if not met:
            return False
    return True


def _holders(
    value: Json, parents: Sequence[str | None], path: tuple[str | int, ...]
) -> Iterator[tuple[tuple[str | int, ...], Mapping[str, Json]]]:
    """The objects at a node path, arrays walked item by item."""
    if not parents:
        if isinstance(value, dict):
            yield path, value
        return
    head, *rest = parents
    if head is None and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _holders(item, rest, (*path, index))
    elif head is not None and isinstance(value, dict) and head in value:
        yield from _holders(value[head], rest, (*path, head))


def _place(path: tuple[str | int, ...]) -> str:
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text


def _explain(rule: str, message: str) -> str:
    """A short reason without the offending value, which may be large or secret."""
    reasons = {
        "null": "may not be null",
        "blank": "may not be blank",
        "pattern": "has a form that is not allowed",
        "enum": "is not one of the values allowed",
    }
    if rule in reasons:
        return reasons[rule]
    _, _, reason = message.rpartition(" is ")
    return f"is {reason}"[:120] if reason and reason != message else f"breaks the rule {rule}"


def _request_schema(contract: Contract, operation: Operation) -> Mapping[str, Json]:
    places: dict[str, Json] = {}
    for location in LOCATIONS[:-1]:
        mine = [parameter for parameter in operation.parameters if parameter.location == location]
        if mine:
            places[location] = {
                "type": "object",
                "properties": {p.name: translate(flatten(contract, p.schema), "request") for p in mine},
            }
            needed = [parameter.name for parameter in mine if parameter.required]
            if needed:
                places[location]["required"] = needed
    schema: dict[str, Json] = {"type": "object", "properties": places}
    if operation.body is not None:
        places["body"] = translate(operation.body, "request")
        if operation.body_required:
            schema["required"] = ["body"]
    return schema
