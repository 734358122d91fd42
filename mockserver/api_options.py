"""Options of APIs: which there are, what values they take, and how a command line writes them.

An option's full name is ``API.NAME``; ``world.options`` holds the values of a world by full name.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import jsonschema_rs
import orjson

from mockserver.adapter import Adapter, Option
from mockserver.errors import UsageError
from specs.model import Json
from specs.requests import decode_text
from specs.schemas import translate

Known = Mapping[str, Option]
"""The options of the APIs that are served, by full name."""

SHOWN = 60
"""Characters of a name or value that an error repeats."""

PHRASED = frozenset(("type", "enum", "minimum", "maximum"))
"""Keywords of a schema that ``takes`` has words for."""

NOUNS = {"integer": "an integer", "number": "a number", "boolean": "true or false", "string": "a text"}


def options_of(adapters: Iterable[Adapter]) -> Known:
    """Full name -> option, API by API."""
    return {f"{adapter.name}.{option.name}": option for adapter in adapters for option in adapter.options}


def start_values(known: Known, given: Mapping[str, Json]) -> dict[str, Json]:
    """What a world starts with: the values given, defaults for the rest. Raises ``UsageError`` as ``checked`` does."""
    return {**{name: option.default for name, option in known.items()}, **checked(known, given)}


def checked(known: Known, values: Mapping[str, Json]) -> dict[str, Json]:
    """The values as JSON would carry them.

    Raises ``UsageError`` for the first name that is no option and the first value that an option does not take.
    """
    return {name: _checked(known, name, value) for name, value in values.items()}


def read(known: Known, text: str) -> tuple[str, Json]:
    """The name and the value of ``API.NAME=VALUE``, unchecked. Raises ``UsageError`` for another form or name."""
    name, equals, value = text.partition("=")
    if not equals:
        shape = next((f"{name}={json.dumps(option.default)}" for name, option in known.items()), "API.NAME=VALUE")
        raise UsageError(f"--option {_short(repr(text))} has no =; write it like {shape}")
    return name, _decoded(_option(known, name).schema, value)


def listed(known: Known, values: Mapping[str, Json]) -> list[dict[str, Json]]:
    """Every option with the value that it has."""
    return [
        {
            "name": name,
            "value": values[name],
            "default": option.default,
            "schema": dict(option.schema),
            "text": option.text,
        }
        for name, option in known.items()
    ]


def takes(schema: Mapping[str, Json]) -> str:
    """The values of a schema in words."""
    if schema.keys() <= PHRASED:
        if "enum" in schema:
            return f"one of {', '.join(json.dumps(value, ensure_ascii=False) for value in schema['enum'])}"
        if schema.get("type") in NOUNS:
            bounds = [f"{word} {schema[bound]}" for word, bound in _BOUNDS if bound in schema]
            return " ".join([NOUNS[schema["type"]], *(["of", " and ".join(bounds)] if bounds else [])])
    return f"what the JSON Schema {json.dumps(schema, ensure_ascii=False)} allows"


_BOUNDS = (("at least", "minimum"), ("at most", "maximum"))


def _option(known: Known, name: str) -> Option:
    option = known.get(name)
    if option is None:
        names = f"choose from: {', '.join(known)}" if known else "no API that is served has any"
        raise UsageError(f"there is no option {_short(repr(name))} ({names})")
    return option


def _checked(known: Known, name: str, value: Json) -> Json:
    option = _option(known, name)
    try:
        raw = orjson.dumps(value)
    except TypeError:  # nothing that JSON can hold
        raise _wrong(name, option, repr(value)) from None
    plain = orjson.loads(raw)
    if not jsonschema_rs.Draft4Validator(translate(option.schema, "request")).is_valid(plain):
        raise _wrong(name, option, raw.decode())
    return plain


def _wrong(name: str, option: Option, shown: str) -> UsageError:
    return UsageError(f"the option {name} takes {takes(option.schema)}, not {_short(shown)}")


def _decoded(schema: Mapping[str, Json], text: str) -> Json:
    """The text of a value: JSON for lists, objects and whatever names no type, else as a parameter is read."""
    if schema.get("type") in NOUNS:
        return decode_text(schema, text)
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        return text


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
