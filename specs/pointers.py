"""JSON pointers (RFC 6901) into values of JSON."""

from __future__ import annotations

from collections.abc import Mapping

from specs.model import Json


def at(value: Json, pointer: str) -> Json:
    """The value at a pointer. Raises ``LookupError`` if there is none."""
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, Mapping) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            raise LookupError(f"there is nothing at {pointer}")
    return value
