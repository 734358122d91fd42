"""The published vocabulary of x- fields."""

from __future__ import annotations

import json
import re
from typing import Any

import jsonschema_rs
import pytest

import specs
from specs.load import ROOT
from specs.nodes import RULES

VOCABULARY: dict[str, Any] = json.loads((ROOT / "x-fields.schema.json").read_bytes())
KINDS = (
    "root",
    "server",
    "operation",
    "parameter",
    "requestBody",
    "mediaType",
    "schema",
    "response",
    "header",
    "securityScheme",
)


def _accepts(definition: str, value: Any) -> bool:
    schema = {"$defs": VOCABULARY["$defs"], "$ref": f"#/$defs/{definition}"}
    return jsonschema_rs.Draft202012Validator(schema).is_valid(value)


def test_it_is_a_json_schema_with_id_title_and_descriptions() -> None:
    jsonschema_rs.meta.validate(VOCABULARY)
    assert VOCABULARY["$id"] == "urn:workflow-contract-kit:x-fields"
    assert VOCABULARY["title"]
    named = {name: entry for name, entry in VOCABULARY["$defs"].items() if name.startswith("x-")}
    assert [
        name for name, entry in named.items() if not (entry.get("title") == name and entry.get("description"))
    ] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_names_that_a_kind_admits_are_those_it_describes(kind: str) -> None:
    entry = VOCABULARY["$defs"][kind]
    assert entry["propertyNames"]["anyOf"][1]["enum"] == list(entry["properties"])


def test_every_field_stands_somewhere() -> None:
    fields = {name for name in VOCABULARY["$defs"] if name.startswith("x-")}
    assert {name for kind in KINDS for name in VOCABULARY["$defs"][kind]["properties"]} == fields


def test_every_field_that_the_code_reads_is_described() -> None:
    read = {
        name
        for package in ("specs", "conformance", "mockserver")
        for path in (ROOT.parent / package).rglob("*.py")
        for name in re.findall(r"""(?:get\(|\[)["'](x-[a-z]+(?:-[a-z]+)*)["']""", path.read_text(encoding="utf-8"))
        if not name.startswith(("x-mock-", "x-mc-", "x-request-"))
    }
    assert {"x-error", "x-pagination", "x-codes"} <= read
    assert read - VOCABULARY["$defs"].keys() == set()


def test_rules_are_those_that_nodes_know() -> None:
    assert VOCABULARY["$defs"]["rule"]["enum"] == list(RULES)


@pytest.mark.parametrize("api", specs.names())
def test_shipped_documents_and_their_clauses_keep_to_it(api: str) -> None:
    assert _accepts("root", dict(specs.load(api).document))


@pytest.mark.parametrize(
    ("definition", "value", "accepted"),
    [
        ("schema", {"x-error": {"empty": 1, "blank": "E2"}}, True),
        ("schema", {"x-error": {"blanc": 1}}, False),
        ("schema", {"x-error": {"required": None}}, False),
        ("schema", {"x-required-if": {"kind": ["a"], "absent": "id"}}, True),
        ("schema", {"x-required-if": {"kind": "a"}}, False),
        ("schema", {"x-excluded": {"reason": "not-observable", "why": "No."}}, True),
        ("schema", {"x-excluded": {"reason": "not-observable"}}, False),
        ("schema", {"x-json": {"$ref": "#/components/schemas/A"}}, True),
        ("schema", {"x-codes": {"1": ["a"]}}, False),
        ("root", {"x-api": "my-shop"}, True),
        ("root", {"x-api": "My shop"}, False),
        ("operation", {"x-excluded": {"reason": "no-documented-way", "why": "It wipes the disk."}}, True),
        ("operation", {"x-excluded": {"reason": "no-documented-way"}}, False),
        ("x-pagination/properties/own", {"operation": "make"}, True),
        ("x-pagination/properties/own", {"operation": "make", "filter": {"query.a": "body.b.c"}, "key": ["/id"]}, True),
        ("x-pagination/properties/own", {"operation": "make", "filter": {"a": "body.b"}}, False),
        ("x-pagination/properties/own", {"filter": {"query.a": "body.b"}}, False),
        ("expectation", {"status": 4}, True),
        ("expectation", {"status": 9}, False),
        ("refusal", {"status": 4}, False),
        ("node", "cookie.a", True),
        ("node", "form.a", False),
        ("parameter", {"x-filter": {"field": "assignee", "match": "like"}}, True),
        ("parameter", {"x-filter": {"field": "assignee", "match": "about"}}, False),
        ("parameter", {"x-error": {"type": 1}}, False),
        ("response", {"x-codes": {"1": ["a"]}}, True),
        ("response", {"x-codes": {"1": "a"}}, False),
        ("root", {"x-error-default": {"status": 400, "code": 1}, "x-error-first": [1, "E2"]}, True),
        ("root", {"x-error-default": 400}, False),
        ("root", {"x-outcome": {"code": "/code", "message": "/message", "error-when": {"/success": False}}}, True),
        ("root", {"x-outcome": {"code": "code", "message": "/message"}}, False),
        ("operation", {"x-idempotency": {"repeat": "error", "status": 409}}, True),
        ("operation", {"x-idempotency": {"repeat": "same", "status": 409}}, False),
        ("operation", {"x-idempotency": {"repeat": "another", "key": "/id"}}, True),
        (
            "operation",
            {"x-pagination": {"style": "offset", "page": "start", "size": "n", "items": "", "key": ["/id"]}},
            True,
        ),
        (
            "operation",
            {"x-pagination": {"style": "cursor", "page": "start", "size": "n", "items": "", "key": ["/id"]}},
            False,
        ),
        ("operation", {"x-rate-limit": {"calls": 3, "seconds": 0.5, "status": 429}}, True),
        (
            "operation",
            {"x-rate-limit": {"calls": 3, "seconds": 1, "status": 400, "code": 9, "counts": {"invalid": True}}},
            True,
        ),
        ("operation", {"x-rate-limit": {"calls": 0, "seconds": 1, "status": 429}}, False),
        ("operation", {"x-rate-limit": {"calls": 3, "seconds": 0, "status": 429}}, False),
        ("operation", {"x-rate-limit": {"calls": 3, "status": 429}}, False),
        (
            "operation",
            {"x-rate-limit": {"calls": 3, "seconds": 1, "status": 429, "counts": {"slow": True}}},
            False,
        ),
        (
            "operation",
            {"x-rate-limit": {"calls": 3, "seconds": 1, "status": 429, "counts": {"refused": True}}},
            False,
        ),
        ("root", {"x-error-unrouted": 1}, True),
        ("root", {"x-error-unrouted": {"code": 1}}, False),
        ("server", {"url": "/v2", "x-alias": True, "x-capability": "aliases", "x-assumption": "Why not."}, True),
        ("server", {"x-error": 1}, False),
        ("operation", {"x-source": {"lines": [1]}}, False),
        ("securityScheme", {"x-signature": "supos", "x-error": {"status": 401}}, True),
        ("securityScheme", {"x-error": {"empty": 1}}, False),
        ("plain", {"x-source": {"lines": [1, 2]}}, False),
        ("plain", {"title": "t"}, True),
    ],
)
def test_a_field_holds_what_its_definition_says(definition: str, value: Any, accepted: bool) -> None:
    assert _accepts(definition, value) is accepted


@pytest.mark.parametrize(
    ("change", "accepted"),
    [
        ({}, True),
        ({"lines": None, "why": "We assume it."}, True),
        ({"lines": None}, False),
        ({"excluded": "needs-real-time"}, False),
        ({"excluded": "needs-real-time", "why": "It takes a day."}, True),
        ({"derived": True}, False),
        ({"observed": [{"server": "flowable-7.2.0", "expect": {"status": 200}, "seen": "200"}]}, True),
        ({"observed": []}, False),
        ({"operation": None}, False),
        ({"level": "must"}, False),
        ({"id": "nodots"}, False),
    ],
)
def test_a_hand_written_clause_holds_what_its_definition_says(change: Any, accepted: bool) -> None:
    clause = {
        "id": "a.b.c",
        "level": "MUST",
        "kind": "error",
        "operation": "b",
        "text": "T.",
        "lines": [1, 1],
        **change,
    }
    clause = {key: value for key, value in clause.items() if value is not None}
    assert _accepts("handWrittenClause", clause) is accepted
    assert _accepts("clauseFile", [clause]) is accepted
    assert not _accepts("clauseFile", [clause] * 60)
