"""Walks an OpenAPI 3.0 document object by object, knowing what kind of object each is.

Example values, defaults and enumerations are data, not document, and are not entered; nor are references.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from specs.model import Json
from specs.operations import METHODS, escape
from specs.schemas import Flavour

CHILDREN: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    "root": (
        ("info", "one", "info"),
        ("servers", "list", "server"),
        ("tags", "list", "tag"),
        ("paths", "one", "paths"),
        ("components", "one", "components"),
    ),
    "paths": (("*", "map", "pathItem"),),
    "components": (
        ("schemas", "map", "schema"),
        ("responses", "map", "response"),
        ("parameters", "map", "parameter"),
        ("examples", "map", "example"),
        ("requestBodies", "map", "requestBody"),
        ("headers", "map", "header"),
        ("securitySchemes", "map", "securityScheme"),
        ("links", "map", "link"),
    ),
    "pathItem": (("parameters", "list", "parameter"), *((method, "one", "operation") for method in METHODS)),
    "operation": (
        ("parameters", "list", "parameter"),
        ("requestBody", "one", "requestBody"),
        ("responses", "one", "responses"),
    ),
    "parameter": (("schema", "one", "schema"), ("content", "map", "mediaType"), ("examples", "map", "example")),
    "requestBody": (("content", "map", "mediaType"),),
    "responses": (("*", "map", "response"),),
    "response": (("headers", "map", "header"), ("content", "map", "mediaType"), ("links", "map", "link")),
    "header": (("schema", "one", "schema"), ("examples", "map", "example")),
    "mediaType": (("schema", "one", "schema"), ("examples", "map", "example")),
    "schema": (
        ("properties", "map", "schema"),
        ("items", "one", "schema"),
        ("additionalProperties", "one", "schema"),
        ("allOf", "list", "schema"),
        ("anyOf", "list", "schema"),
        ("oneOf", "list", "schema"),
        ("not", "one", "schema"),
    ),
}
"""Kind -> its fields that hold objects: name (``*``: every name), one, list or map, kind of the child."""


@dataclass(frozen=True, slots=True)
class Place:
    """One object of the document."""

    kind: str
    pointer: str
    value: Mapping[str, Json] = field(repr=False)
    flavour: Flavour
    """``response`` for what belongs to an answer, else ``request``."""

    @property
    def is_reference(self) -> bool:
        return isinstance(self.value.get("$ref"), str)


def walk(document: Mapping[str, Json]) -> Iterator[Place]:
    """Every object of the document, parents first, the root included."""
    yield from _walk(Place("root", "", document, "request"))


def of_kind(document: Mapping[str, Json], *kinds: str) -> Iterator[Place]:
    """The objects of these kinds that stand in place (no references)."""
    return (place for place in walk(document) if place.kind in kinds and not place.is_reference)


def _walk(place: Place) -> Iterator[Place]:
    yield place
    if place.is_reference:
        return
    for name, shape, kind in CHILDREN.get(place.kind, ()):
        flavour: Flavour = "response" if kind == "responses" or kind == "response" else place.flavour
        for pointer, child in _children(place, name, shape):
            if isinstance(child, Mapping):
                yield from _walk(Place(kind, pointer, child, flavour))


def _children(place: Place, name: str, shape: str) -> Iterator[tuple[str, Json]]:
    if name == "*":
        for key, child in place.value.items():
            if not key.startswith("x-"):
                yield f"{place.pointer}/{escape(key)}", child
        return
    value = place.value.get(name)
    pointer = f"{place.pointer}/{name}"
    if shape == "one" and value is not None:
        yield pointer, value
    elif shape == "list" and isinstance(value, list):
        for index, child in enumerate(value):
            yield f"{pointer}/{index}", child
    elif shape == "map" and isinstance(value, Mapping):
        for key, child in value.items():
            yield f"{pointer}/{escape(key)}", child
