"""OpenAPI 3.0 schemas as plain JSON Schema, read as a request and as an answer."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest

from specs.formats import FORMATS
from specs.model import Contract
from specs.schemas import Flavour, compile_schema, pointer_of, translate, validator

SCHEMAS: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "required": ["id", "name", "secret"],
        "properties": {
            "id": {"type": "integer", "readOnly": True},
            "name": {"type": "string", "minLength": 1, "example": "Rex"},
            "secret": {"type": "string", "writeOnly": True},
            "kind": {"type": "string", "nullable": True, "enum": ["cat", "dog"]},
            "born": {"type": "string", "format": "calendar-time"},
            "friend": {"allOf": [{"$ref": "#/components/schemas/Friend"}]},
        },
    },
    "Friend": {"type": "object", "nullable": True, "properties": {"age": {"type": "integer", "minimum": 0}}},
}
CONTRACT = Contract("pets", {"components": {"schemas": SCHEMAS}})


def _accepts(value: Any, flavour: Flavour) -> bool:
    return validator(CONTRACT, "/components/schemas/Pet", flavour).is_valid(value)


@pytest.mark.parametrize(
    ("value", "as_request", "as_response"),
    [
        ({"name": "Rex", "secret": "s"}, True, False),
        ({"id": 1, "name": "Rex", "secret": "s"}, True, False),
        ({"id": 1, "name": "Rex"}, False, True),
        ({"id": 1, "name": "Rex", "kind": None}, False, True),
        ({"name": "Rex", "secret": "s", "kind": None}, True, False),
        ({"name": "Rex", "secret": "s", "kind": "cow"}, False, False),
        ({"name": None, "secret": "s"}, False, False),
        ({"name": "", "secret": "s"}, False, False),
        ({"name": "Rex", "secret": "s", "friend": None}, True, False),
        ({"name": "Rex", "secret": "s", "friend": {"age": -1}}, False, False),
        ({"name": "Rex", "secret": "s", "born": "2020-02-30T00:00:00.000+0000"}, False, False),
        ({"name": "Rex", "secret": "s", "born": "2020-02-29T00:00:00.000+0000"}, True, False),
    ],
)
def test_a_schema_is_read_differently_in_requests_and_answers(value: Any, as_request: bool, as_response: bool) -> None:
    assert (_accepts(value, "request"), _accepts(value, "response")) == (as_request, as_response)


@pytest.mark.parametrize("schema", [{"allOf": [{"type": "object"}]}, {"enum": ["a"]}, {}])
def test_nullable_without_a_type_means_what_it_says(schema: dict[str, Any]) -> None:
    made = translate({**schema, "nullable": True}, "response")
    assert jsonschema.Draft4Validator(made).is_valid(None)
    assert not jsonschema.Draft4Validator(translate({"enum": ["a"], "nullable": True}, "request")).is_valid("b")


def test_null_joins_type_and_enumeration() -> None:
    schema = {"type": "string", "nullable": True, "enum": ["a"]}
    assert translate(schema, "request") == {"type": ["string", "null"], "enum": ["a", None]}
    assert translate({**schema, "enum": ["a", None]}, "request")["enum"] == ["a", None]


def test_what_only_documents_is_left_out() -> None:
    schema = {"type": "string", "description": "d", "example": 1, "default": 1, "title": "t", "x-error": {"type": 1}}
    assert translate(schema, "request") == {"type": "string"}


def test_properties_may_be_called_like_keywords() -> None:
    schema = {"properties": {name: {"type": "string"} for name in ("example", "title", "nullable", "x-y", "required")}}
    assert translate(schema, "response") == schema


def test_values_of_enumerations_are_not_translated() -> None:
    schema = {"enum": [{"title": "x", "nullable": True}]}
    assert translate(schema, "response") == schema


def test_required_disappears_when_all_of_it_is_read_only() -> None:
    schema = {"required": ["id"], "properties": {"id": {"readOnly": True}}}
    assert "required" not in translate(schema, "request")
    assert translate(schema, "response")["required"] == ["id"]


def test_a_validator_is_made_once() -> None:
    pointer = "/components/schemas/Pet"
    assert validator(CONTRACT, pointer, "request") is validator(CONTRACT, pointer, "request")
    assert validator(CONTRACT, pointer, "request") is not validator(CONTRACT, pointer, "response")


def test_pointers_are_made_of_tokens() -> None:
    assert pointer_of("paths", "/a~b", "get") == "/paths/~1a~0b/get"


PAIRS: list[tuple[Any, list[Any]]] = [
    ({"type": "string", "nullable": True, "enum": ["a"]}, ["a", None, "b", 1]),
    ({"type": "integer", "minimum": 1, "maximum": 5}, [0, 1, 5, 6, 1.0, 1.5, True, "1"]),
    ({"type": "number", "minimum": 0, "exclusiveMinimum": True}, [0, 0.1, -1]),
    ({"type": "string", "pattern": r"^$|^[0-9]{2}[+-]$"}, ["", "12+", "12", "x12+"]),
    ({"type": "string", "not": {"type": "string", "pattern": r"^\s+$"}}, ["", " ", "\u3000", " a ", "a"]),
    (
        {"type": "string", "format": "calendar-time"},
        ["2020-02-30T00:00:00.000+0000", "2020-02-28T00:00:00.000+0000", "x"],
    ),
    (
        {"type": "array", "maxItems": 2, "uniqueItems": True, "items": {"type": "integer"}},
        [[], [1, 2], [1, 1], [1, 2, 3]],
    ),
    ({"type": "string", "maxLength": 2}, ["ab", "abc", "\U0001f600\U0001f600"]),
    ({"oneOf": [{"type": "string"}, {"type": "integer", "nullable": True}]}, ["a", 1, None, 1.5]),
    ({"type": "object", "additionalProperties": {"type": "integer"}}, [{}, {"a": 1}, {"a": "1"}]),
]


@pytest.mark.parametrize(("schema", "values"), PAIRS, ids=[str(schema) for schema, _ in PAIRS])
def test_both_engines_judge_alike(schema: Any, values: list[Any]) -> None:
    """jsonschema-rs, which mock and judge use, and jsonschema, which Connexion and openapi-spec-validator use."""
    checker = jsonschema.FormatChecker(formats=())
    for name, holds in FORMATS.items():
        checker.checks(name)(holds)
    plain = translate(schema, "response")
    other = jsonschema.Draft4Validator(plain, format_checker=checker)
    ours = compile_schema(CONTRACT, plain, "response")
    assert [(value, ours.is_valid(value)) for value in values] == [(value, other.is_valid(value)) for value in values]
