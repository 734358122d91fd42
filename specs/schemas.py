"""OpenAPI 3.0 schemas as plain JSON Schema (draft 4), compiled by jsonschema-rs.

The two dialects differ in few places: ``nullable``, ``readOnly``, ``writeOnly``, and keywords that only document.
A request and a response read the same schema differently, so there are two translations of one document.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal
from weakref import WeakKeyDictionary

import jsonschema_rs

from specs.formats import FORMATS
from specs.model import Contract, Json
from specs.operations import escape

Flavour = Literal["request", "response"]

ANNOTATIONS = frozenset(
    ("default", "example", "examples", "xml", "deprecated", "externalDocs", "discriminator", "title", "description")
)
"""Keywords that judge nothing."""

_registries: WeakKeyDictionary[Contract, dict[str, jsonschema_rs.Registry]] = WeakKeyDictionary()
_validators: WeakKeyDictionary[Contract, dict[tuple[str, str], jsonschema_rs.Draft4Validator]] = WeakKeyDictionary()


def validator(contract: Contract, pointer: str, flavour: Flavour) -> jsonschema_rs.Draft4Validator:
    """The compiled validator of the schema at a JSON pointer of the document; made once per contract."""
    made = _validators.setdefault(contract, {})
    key = (pointer, flavour)
    if key not in made:
        made[key] = compile_schema(contract, translate(contract.at(pointer), flavour), flavour)
    return made[key]


def compile_schema(contract: Contract, schema: Mapping[str, Json], flavour: Flavour) -> jsonschema_rs.Draft4Validator:
    """A validator of a translated schema whose references point into the contract's components."""
    registries = _registries.setdefault(contract, {})
    if flavour not in registries:
        components = contract.document.get("components", {}).get("schemas", {})
        resource = {"components": {"schemas": {name: translate(value, flavour) for name, value in components.items()}}}
        registries[flavour] = jsonschema_rs.Registry([(_uri(flavour), resource)], draft=jsonschema_rs.Draft4)
    return jsonschema_rs.Draft4Validator(
        dict(schema), registry=registries[flavour], formats=FORMATS, validate_formats=True, ignore_unknown_formats=True
    )


def translate(schema: Json, flavour: Flavour) -> Json:
    """One OpenAPI schema as draft 4. References to components become references into the registry."""
    if isinstance(schema, list):
        return [translate(item, flavour) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    if "$ref" in schema:
        return {"$ref": _uri(flavour) + "#" + schema["$ref"].removeprefix("#")}
    plain: dict[str, Json] = {}
    for keyword, value in schema.items():
        if keyword.startswith("x-") or keyword in ANNOTATIONS or keyword in ("nullable", "readOnly", "writeOnly"):
            continue
        if keyword == "properties":
            plain[keyword] = {name: translate(child, flavour) for name, child in value.items()}
        elif keyword in ("enum", "required", "pattern", "format", "type"):
            plain[keyword] = value
        else:
            plain[keyword] = translate(value, flavour)
    if "required" in plain:
        _forget(plain, schema, "readOnly" if flavour == "request" else "writeOnly")
    if schema.get("nullable"):
        plain = _admit_null(plain)
    if flavour == "response" and schema.get("writeOnly"):
        plain = {"not": {}}
    return plain


def _admit_null(plain: dict[str, Json]) -> dict[str, Json]:
    """``nullable`` widens the type beside it. Without one, OpenAPI has it say nothing; what is meant is clear."""
    if "type" not in plain:
        return {"anyOf": [plain, {"type": "null"}]}
    if isinstance(plain["type"], str):
        plain["type"] = [plain["type"], "null"]
    if "enum" in plain and None not in plain["enum"]:
        plain["enum"] = [*plain["enum"], None]
    return plain


def _forget(plain: dict[str, Json], schema: Mapping[str, Json], mark: str) -> None:
    """OpenAPI: what is ``readOnly`` is required of answers only, what is ``writeOnly`` of requests only."""
    properties = schema.get("properties", {})
    needed = [name for name in plain["required"] if not properties.get(name, {}).get(mark)]
    if needed:
        plain["required"] = needed
    else:
        del plain["required"]


def _uri(flavour: str) -> str:
    return f"urn:contract:{flavour}"


def pointer_of(*tokens: str) -> str:
    """A JSON pointer from its raw tokens."""
    return "".join(f"/{escape(token)}" for token in tokens)
