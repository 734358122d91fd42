"""Answers against documents of users: any media type, ranges of statuses, and bodies that nobody described."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.schema import judge_answer, schema_clause
from conformance.wire.transport import RawAnswer
from specs.clauses import write_clause
from specs.derive import derive
from specs.model import Contract

NUMBER = {"schema": {"type": "integer"}}
TEXT = {"schema": {"type": "string", "maxLength": 3}}


def contract(responses: dict[str, Any], method: str = "get", **root: Any) -> Contract:
    operation = {"operationId": "ask", "responses": responses}
    made = Contract("made", {"paths": {"/": {method: operation}}, **root})
    return Contract("made", {**made.document, "x-clauses": [write_clause(clause) for clause in derive(made)]})


def flaws(made: Contract, status: int, media: str, body: bytes) -> list[str]:
    headers = {"content-type": media} if media else {}
    return [flaw.message for flaw in judge_answer(made, made.operations["ask"], RawAnswer(status, headers, body))[1]]


@pytest.mark.parametrize(
    ("documented", "media", "body", "found"),
    [
        ({"application/json": NUMBER}, "application/json", b"5", []),
        ({"application/json; charset=utf-8": NUMBER}, "Application/JSON;charset=x", b"5", []),
        ({"application/json": NUMBER}, "application/json", b'"5"', ['breaks type: "5" is not of type "integer"']),
        ({"application/problem+json": NUMBER}, "application/problem+json", b"x", ["has a body that is not JSON"]),
        ({"application/*": NUMBER}, "application/json", b"5", []),
        ({"*/*": NUMBER}, "application/json", b"{}", ['breaks type: {} is not of type "integer"']),
        ({"text/plain": TEXT}, "text/plain", b"abc", []),
        ({"text/plain": TEXT}, "text/plain", b"abcd", ['breaks maxLength: "abcd" is longer than 3 characters']),
        ({"text/*": NUMBER}, "text/csv", b"a;b", []),
        ({"image/*": TEXT}, "image/png", b"\x89PNG", []),
        (
            {"application/json": NUMBER},
            "text/html",
            b"",
            ["has the media type text/html, documented is application/json"],
        ),
        ({"application/json": NUMBER}, "", b"5", ["has the media type none, documented is application/json"]),
        ({"*/*": NUMBER}, "", b"5", []),
    ],
)
def test_a_body_is_judged_by_its_media_type(documented: Any, media: str, body: bytes, found: list[str]) -> None:
    made = contract({"200": {"description": "", "content": documented}})
    assert flaws(made, 200, media, body) == found


def test_a_body_that_nobody_described_is_nobodys_to_judge_unless_the_document_describes_errors() -> None:
    silent = {"200": {"description": ""}, "404": {"description": ""}, "204": {"description": ""}}
    assert flaws(contract(silent), 404, "text/html", b"<html>") == []
    assert flaws(contract(silent), 204, "text/html", b"<html>") == ["has a body where none is documented"]
    outcome = {"x-outcome": {"code": "/code", "message": "/message"}}
    assert flaws(contract(silent, **outcome), 404, "text/html", b"<html>") == ["has a body where none is documented"]


def test_the_answer_to_head_has_no_body_whatever_is_documented() -> None:
    made = contract({"200": {"description": "", "content": {"application/json": NUMBER}}}, "head")
    assert flaws(made, 200, "application/json", b"") == []


def test_statuses_are_documented_by_range_and_by_default() -> None:
    made = contract({"200": {"description": ""}, "4XX": {"description": "", "content": {"application/json": NUMBER}}})
    assert flaws(made, 418, "application/json", b"{}") == ['breaks type: {} is not of type "integer"']
    assert flaws(made, 500, "application/json", b"{}") == ["has the status 500, documented are 200, 4XX"]
    assert flaws(contract({"default": {"description": ""}}), 500, "", b"") == []


@pytest.mark.parametrize(
    ("status", "clause"),
    [
        (200, "made.ask.200.schema"),
        (201, "made.ask.2XX.schema"),
        (304, "made.ask.200.schema"),
        (404, "made.error-body"),
    ],
)
def test_every_answer_has_a_clause_that_there_is(status: int, clause: str) -> None:
    made = contract({name: {"description": ""} for name in ("200", "2XX", "304", "404")})
    assert schema_clause(made, made.operations["ask"], status) == clause
    assert clause in made.clauses
