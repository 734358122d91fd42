"""A document as people write it, made one that can be read without asking at every step what may be missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specs.model import Json
from specs.operations import METHODS, operation_name

Object = Mapping[str, Json]


def normal(document: Object) -> Object:
    """The document with an operationId for every operation and a schema for every media type; nothing else is new."""
    names = dict(_names(document["paths"]))
    paths = {
        path: {
            key: _operation(value, names[path, key]) if (path, key) in names else value for key, value in item.items()
        }
        for path, item in document["paths"].items()
    }
    components = {
        kind: {name: _described(entry) for name, entry in entries.items()}
        if kind in ("requestBodies", "responses")
        else entries
        for kind, entries in document.get("components", {}).items()
    }
    return {**document, "paths": paths, "components": components}


def _names(paths: Object) -> Iterator[tuple[tuple[str, str], str]]:
    """Path and method of every operation, and its name. Two that would be called alike are numbered."""
    places = [(path, method) for path, item in paths.items() for method in METHODS if method in item]
    taken = {paths[path][method].get("operationId") for path, method in places}
    for path, method in places:
        name = paths[path][method].get("operationId")
        if not name:
            stem, number = operation_name(method, path), 1
            name = stem
            while name in taken:
                number += 1
                name = f"{stem}-{number}"
            taken.add(name)
        yield (path, method), name


def _operation(raw: Object, name: str) -> Object:
    made = {**raw, "operationId": name}
    if "requestBody" in raw:
        made["requestBody"] = _described(raw["requestBody"])
    made["responses"] = {
        status: answer if status.startswith("x-") else _described(answer) for status, answer in raw["responses"].items()
    }
    return made


def _described(holder: Object) -> Object:
    """A request body or an answer, each of its media types with a schema."""
    content = holder.get("content")
    if not content or all("schema" in media for media in content.values()):
        return holder
    return {**holder, "content": {name: {"schema": {}, **media} for name, media in content.items()}}
