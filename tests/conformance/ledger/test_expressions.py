"""Runtime expressions over a request and its answer."""

from __future__ import annotations

from typing import Any

import pytest

import specs
from conformance.ledger.expressions import known, needs_answer, said
from conformance.wire.transport import Message
from specs.requests import ABSENT, Arguments

SENT = Arguments({"id": "7"}, {"name": "anna"}, {}, [{"key": "a"}, {"key": "b"}, {}])


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$request.path.id", "7"),
        ("$request.path.no", ABSENT),
        ("$request.query.name", "anna"),
        ("$request.body#/0/key", "a"),
        ("$request.body#/*/key", ["a", "b"]),
        ("$request.body#/*/no", ABSENT),
        ("$request.body#/9/key", ABSENT),
        ("$request.body", SENT.body),
        ("$response.body#/made/id", 3),
        ("$response.body#/made/no", ABSENT),
        ("$response.body", {"made": {"id": 3}}),
        ("plain", "plain"),
        (500, 500),
    ],
)
def test_an_expression_has_the_value_of_its_place(expression: Any, value: Any) -> None:
    wanted = {} if value is ABSENT else {"query.x": value}
    assert known({"query.x": expression}, SENT, {"made": {"id": 3}}) == wanted


def test_without_an_answer_there_is_nothing_in_it() -> None:
    assert known({"query.x": "$response.body#/made", "query.y": "$request.path.id"}, SENT) == {"query.y": "7"}
    assert [needs_answer(text) for text in ("$response.body#/x", "$request.body#/x", "x", 1)] == [
        True,
        False,
        False,
        False,
    ]


def test_a_message_says_what_its_path_its_query_and_its_body_say() -> None:
    operation = specs.load("supos").operations["cancel"]
    url = "http://x.example/front/open-api/p/workflow/v2/processes/a%2Fb/cancellation?a=1&a=2&b="
    assert said(operation, Message("POST", url, (), b'{"username": "anna"}')) == Arguments(
        {"processId": "a/b"}, {"a": "1", "b": ""}, {}, {"username": "anna"}
    )


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"[" * 100_000])
def test_a_body_that_cannot_be_read_says_nothing(body: bytes) -> None:
    operation = specs.load("supos").operations["startProcess"]
    assert said(operation, Message("POST", "http://x.example/processes", (), body)).body is ABSENT
