"""Texts of a target's arguments, and values that nothing else on a server has."""

from __future__ import annotations

import re
import uuid
import zlib
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from specs.model import Schema

PLACE = re.compile(r"\{(?:role:([A-Za-z0-9._-]+)|(tag))\}")


class Names(Protocol):
    """Who knows roles and makes names of the run's own."""

    def role(self, name: str) -> Any: ...

    def tag(self) -> str: ...


def filled(value: Any, names: Names) -> Any:
    """An argument with its ``{role:NAME}`` and ``{tag}`` filled in.

    A text that is nothing but a role stands for the role's value, whatever its type.
    """
    if isinstance(value, Mapping):
        return {name: filled(held, names) for name, held in value.items()}
    if isinstance(value, list):
        return [filled(item, names) for item in value]
    if not isinstance(value, str):
        return value
    whole = PLACE.fullmatch(value)
    if whole is not None and whole[1]:
        return names.role(whole[1])
    return PLACE.sub(lambda found: str(names.role(found[1])) if found[1] else names.tag(), value)


def candidates(schema: Schema, tag: str) -> Iterator[Any]:
    """Values of a schema that contain a name of the run's own, or are made of it; the caller sees which are valid."""
    number = zlib.crc32(tag.encode())
    kind = schema.get("type", "string")
    if kind in ("integer", "number"):
        least = int(schema.get("minimum", 1))
        span = int(schema.get("maximum", 2**31 - 1)) - least
        yield least + number % max(span, 1)
    elif kind == "string":
        most = schema.get("maxLength", len(tag))
        yield tag[-most:]
        yield f"{tag}@example.org"
        yield str(uuid.uuid5(uuid.NAMESPACE_URL, f"urn:{tag}"))
        yield re.sub(r"[^a-z0-9]", "", tag)[-most:]
        yield f"{number:010}"[-most:]
