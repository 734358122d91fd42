"""The control API's own document is held to the same rules as the others, and the mock keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import mockserver.control
from conformance.laws.violations import violations
from conformance.lint import lint
from conformance.wire.call import Call
from mockserver import Options, create_app
from mockserver.http.app import Mock
from specs.derive import derive
from specs.model import Contract
from specs.requests import RequestRules
from specs.schemas import validator
from tests.mockserver.http.conftest import Sent, call

DOCUMENT = Path(mockserver.control.__file__).with_name("openapi.json")
CONTRACT = Contract("control", json.loads(DOCUMENT.read_bytes()))
OPERATIONS = list(CONTRACT.operations)
WITH_BODY = [operation.id for operation in CONTRACT if operation.body is not None]

VALID = {
    "health": Call("health"),
    "reset": Call("reset", header={"X-Mock-World": "w"}),
    "seed": Call("seed", header={"X-Mock-World": "w"}, body={"api": "supos", "tasks": 3}),
    "fixtures": Call("fixtures", header={"X-Mock-World": "w"}),
    "listOptions": Call("listOptions", header={"X-Mock-World": "w"}),
    "setOptions": Call("setOptions", header={"X-Mock-World": "w"}, body={}),
    "readClock": Call("readClock", header={"X-Mock-World": "w"}),
    "moveClock": Call("moveClock", header={"X-Mock-World": "w"}, body={"advance": 5}),
}
"""A valid request of each operation, with every field that can stand beside the others."""

TOKEN = {"Authorization": "Bearer t0ken"}


@pytest.fixture
def mock() -> Iterator[Mock]:
    made = create_app(options=Options(control_token="t0ken"))
    yield made
    assert made.faults.count == 0


def _send(mock: Mock, wanted: Call, **rest: Any) -> Sent:
    operation = CONTRACT.operations[wanted.operation]
    message = wanted.message(CONTRACT, "", {})
    answer = call(mock, operation.method, f"/_mock{operation.path}", body=message.body, **rest)
    assert answer is not None
    return answer


def _headers(wanted: Call, **more: str) -> dict[str, str]:
    return {**TOKEN, **dict(wanted.message(CONTRACT, "", {}).headers), **more}


def _assert_documented(operation: str, answer: Sent) -> None:
    """The answer has a documented status, and its body keeps the schema."""
    response = CONTRACT.operations[operation].responses[answer.status]
    assert answer.headers.get("content-type") == next(iter(response.media), None)
    for pointer in response.media.values():
        validator(CONTRACT, pointer, "response").validate(answer.json())


def _assert_refused(answer: Sent, status: int, message: str = "") -> None:
    assert (answer.status, answer.headers["content-type"]) == (status, "application/json")
    assert answer.json()["code"] == "refused"
    assert message in answer.json()["message"]
    validator(CONTRACT, "/components/schemas/Error", "response").validate(answer.json())


def test_the_control_document_lints_clean() -> None:
    assert lint(DOCUMENT) == []


def test_the_document_is_published_as_it_is(mock: Mock) -> None:
    answer = call(mock, "GET", "/_mock/openapi.json")
    assert answer is not None
    assert answer.json() == CONTRACT.document
    page = call(mock, "GET", "/_mock/ui/")
    assert page is not None
    assert b"/_mock/openapi.json" in page.body


def test_every_body_is_shown_by_an_example() -> None:
    media = [
        media
        for operation in CONTRACT
        for holder in (operation.raw.get("requestBody", {}), *operation.raw["responses"].values())
        for media in CONTRACT.resolve(holder).get("content", {}).values()
    ]
    assert len(media) == 25
    assert [content for content in media if "example" not in content and not content.get("examples")] == []


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_valid_request_succeeds_on_a_fresh_mock(mock: Mock, operation: str) -> None:
    for wanted in (VALID[operation], Call(operation, body=VALID[operation].body)):
        answer = _send(mock, wanted, headers=_headers(wanted))
        assert answer.status == CONTRACT.operations[operation].success.status
        _assert_documented(operation, answer)


@pytest.mark.parametrize(
    ("operation", "name"),
    [
        (operation, name)
        for operation in WITH_BODY
        for name in CONTRACT.operations[operation].raw["requestBody"]["content"]["application/json"]["examples"]
    ],
)
def test_every_example_of_a_request_succeeds_on_a_fresh_mock(mock: Mock, operation: str, name: str) -> None:
    media = CONTRACT.operations[operation].raw["requestBody"]["content"]["application/json"]
    wanted = Call(operation, body=media["examples"][name]["value"])
    answer = _send(mock, wanted, headers=_headers(wanted))
    assert answer.status == 200
    _assert_documented(operation, answer)


@pytest.mark.parametrize("clause", [clause for clause in derive(CONTRACT) if clause.node], ids=lambda clause: clause.id)
def test_a_broken_rule_is_refused_as_documented(mock: Mock, clause: Any) -> None:
    rules = RequestRules(CONTRACT, CONTRACT.operations[clause.operation])
    broken = list(violations(rules, VALID[clause.operation], rules.nodes[clause.node], clause.rule))
    assert broken
    for wanted in broken:
        before = mock.worlds.of(b"w").state()
        answer = _send(mock, wanted, headers=_headers(wanted))
        place = clause.node.partition(".")[0]
        _assert_refused(answer, 400, place)
        assert mock.worlds.of(b"w").state() == before


@pytest.mark.parametrize("operation", OPERATIONS)
def test_without_the_token_no_operation_is_performed(mock: Mock, operation: str) -> None:
    answer = _send(mock, VALID[operation], headers={"Content-Type": "application/json"})
    assert answer.status == 401
    _assert_documented(operation, answer)


@pytest.mark.parametrize("operation", WITH_BODY)
@pytest.mark.parametrize(
    ("media", "body", "message"),
    [
        ("text/plain", b"{}", "Content-Type: must be application/json"),
        ("application/json", b"\xff\xfe{}", "body: is not UTF-8"),
        ("application/json", b'{"tasks": NaN}', "body: is not JSON"),
        ("application/json", b"{", "body: is not JSON"),
        ("application/json", b"", "body: is required"),
        ("application/json", b"[" * 2000, "body: is not JSON"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(
    mock: Mock, operation: str, media: str, body: bytes, message: str
) -> None:
    described = CONTRACT.operations[operation]
    headers = {**TOKEN, "Content-Type": media}
    answer = call(mock, described.method, f"/_mock{described.path}", headers=headers, body=body)
    assert answer is not None
    _assert_refused(answer, 400, message)


@pytest.mark.parametrize("path", list(CONTRACT.document["paths"]))
def test_other_methods_are_refused_and_head_is_a_get_without_its_body(mock: Mock, path: str) -> None:
    methods = {method.upper() for method in CONTRACT.document["paths"][path]}
    allowed = methods | ({"HEAD"} if "GET" in methods else set())
    for method in {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT", "TRACE"} - allowed:
        answer = call(mock, method, f"/_mock{path}", headers=TOKEN)
        assert answer is not None
        _assert_refused(answer, 405, f"{method} is not allowed here")
        assert answer.headers["allow"] == ", ".join(sorted(allowed))
    if "GET" in methods:
        head, get = (call(mock, method, f"/_mock{path}", headers=TOKEN) for method in ("HEAD", "GET"))
        assert head is not None
        assert get is not None
        assert (head.status, head.body, head.headers["content-type"]) == (200, b"", get.headers["content-type"])


@pytest.mark.parametrize("path", ["/nope", "/health/", "/health/x", "//health", "/Health", "/%F0%9F%98%80", ""])
def test_other_paths_are_refused(mock: Mock, path: str) -> None:
    answer = call(mock, "GET", f"/_mock{path}", headers=TOKEN)
    assert answer is not None
    _assert_refused(answer, 404, "there is no operation at /_mock")
