"""Rules of our own fields: their names, where they stand, what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

import jsonschema_rs

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from conformance.lint.walk import walk
from specs.load import ROOT
from specs.model import Json
from specs.nodes import EMPTY, Node


@cache
def vocabulary() -> dict[str, Json]:
    """The published schema of all x- fields."""
    schema: dict[str, Json] = json.loads((ROOT / "x-fields.schema.json").read_bytes())
    return schema


@cache
def definition(pointer: str) -> jsonschema_rs.Draft202012Validator:
    """The validator of one definition of the vocabulary."""
    return jsonschema_rs.Draft202012Validator({"$defs": vocabulary()["$defs"], "$ref": f"#/$defs/{pointer}"})


def allowed(kind: str) -> frozenset[str]:
    """The x- fields that may stand on a kind of object."""
    return frozenset(vocabulary()["$defs"].get(kind, {}).get("properties", {}))


def fields(subject: Subject) -> Found:
    """x- fields are known, stand where they may, and hold what they should."""
    for place in walk(subject.document):
        for name in place.value:
            if not name.startswith("x-"):
                continue
            if name not in allowed(place.kind):
                yield place.pointer, f"{name} is no field of a {place.kind}", _where(name)
                continue
            checker = definition(f"{place.kind}/properties/{name}")
            for error in checker.iter_errors(place.value[name]):
                inside = "".join(f"/{part}" for part in error.instance_path)
                yield f"{place.pointer}/{name}{inside}", error.message[:200], ""


def _where(name: str) -> str:
    kinds = sorted(kind for kind in vocabulary()["$defs"] if name in allowed(kind))
    if kinds:
        return f"(it stands on: {', '.join(kinds)})"
    return near(name, {known for kind in vocabulary()["$defs"] for known in allowed(kind)})


def error_rules(subject: Subject) -> Found:
    """``x-error`` and ``x-excluded`` name rules that their node has; a code for another rule would never be sent."""
    for operation, nodes in subject.nodes.items():
        for node in nodes.values():
            rules = set(node.rules())
            for rule in node.schema.get("x-error", {}):
                if rule not in rules and not (rule == "empty" and rules & EMPTY):
                    yield f"{operation}: {node.id}", f"x-error names {rule}, a rule that is not there", ""
            for rule in node.schema.get("x-excluded", {}).get("rules", ()):
                if rule not in rules:
                    yield f"{operation}: {node.id}", f"x-excluded names {rule}, a rule that is not there", ""


def capabilities(subject: Subject) -> Found:
    """Capabilities are those that the root lists."""
    known = subject.document.get("x-capabilities", {})
    used = [(place.pointer, place.value.get("x-capability")) for place in walk(subject.document)]
    used += [(clause.id, clause.capability) for clause in subject.clauses]
    for place, name in used:
        if name is not None and name not in known:
            yield place, f"there is no capability {name!r}", near(name, known)


def required_if(subject: Subject) -> Found:
    """``x-required-if`` names fields beside it, and values that these can have."""
    for operation, nodes in subject.nodes.items():
        for node in nodes.values():
            for problem in _conditions(node, nodes):
                yield f"{operation}: {node.id}", *problem


def _conditions(node: Node, nodes: Mapping[str, Node]) -> Iterator[tuple[str, str]]:
    parent = node.id.rpartition(".")[0]
    siblings = {name.rpartition(".")[2]: other for name, other in nodes.items() if name.rpartition(".")[0] == parent}
    for key, wanted in node.schema.get("x-required-if", {}).items():
        by_presence = key in ("present", "absent")
        name = wanted if by_presence else key
        if name not in siblings or siblings[name].id == node.id:
            yield f"x-required-if asks for {name!r}, which is no other field here", near(name, siblings)
            continue
        values: Sequence[Json] = siblings[name].schema.get("enum", ())
        for value in wanted if values and not by_presence else ():
            if value not in values:
                yield f"{name} is never {value!r}", near(str(value), map(str, values))
