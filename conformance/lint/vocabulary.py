"""Rules of our own fields: their names, where they stand, what they hold."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache

import jsonschema_rs

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from conformance.lint.walk import walk
from specs.load import ROOT
from specs.model import Json
from specs.nodes import EMPTY, Node
from specs.places import token

MISSPELT = 0.8
"""How alike one of our fields a name must be to be taken for it: others have x- fields, too."""


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
    """x- fields of ours stand where they may, and hold what they should. Those of others are nobody's business here."""
    for place in walk(subject.document):
        for name in place.value:
            if not name.startswith("x-"):
                continue
            if place.is_reference and name in _ours():
                yield place.pointer, f"{name} beside $ref is dropped", "(write allOf: [{$ref: ...}] beside it)"
            elif name in allowed(place.kind):
                for error in definition(f"{place.kind}/properties/{name}").iter_errors(place.value[name]):
                    inside = "".join(f"/{part}" for part in error.instance_path)
                    yield f"{place.pointer}/{name}{inside}", error.message[:200], ""
            elif advice := _where(name):
                yield place.pointer, f"{name} is no field of a {place.kind}", advice


@cache
def _ours() -> frozenset[str]:
    """Every x- field there is."""
    return frozenset(known for kind in vocabulary()["$defs"] for known in allowed(kind) if known.startswith("x-"))


def _where(name: str) -> str:
    """Where a field of ours may stand, or what a misspelt one is called; empty for the field of somebody else."""
    kinds = sorted(kind for kind in vocabulary()["$defs"] if name.startswith("x-") and name in allowed(kind))
    if kinds:
        return f"(it stands on: {', '.join(kinds)})"
    alike = get_close_matches(name, _ours(), n=1, cutoff=MISSPELT)
    return f"(did you mean {alike[0]!r}?)" if alike else ""


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
        name = token(wanted if by_presence else key)
        if name not in siblings or siblings[name].id == node.id:
            yield f"x-required-if asks for {name!r}, which is no other field here", near(name, siblings)
            continue
        values: Sequence[Json] = siblings[name].schema.get("enum", ())
        for value in wanted if values and not by_presence else ():
            if value not in values:
                yield f"{name} is never {value!r}", near(str(value), map(str, values))
