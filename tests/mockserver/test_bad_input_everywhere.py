"""Every operation answers whatever is sent to it with a status that it documents, in the API's shape, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import quote

import pytest

import specs
from specs import Operation
from tests.mockserver.test_bad_input import BODIES, JSON, Caller

CONTRACT = specs.load("supos")
SEGMENTS = ("-1", "0", "9" * 400, "1.5", "null", "请假", "🦊", "a\u0000b", "../../etc", "%", " ", "x" * 3000, "'\"")
WITH_BODY = [operation for operation in CONTRACT if operation.body is not None]
WITH_PATH = [operation for operation in CONTRACT if "{" in operation.path]
WITH_QUERY = [
    (operation, parameter.name)
    for operation in CONTRACT
    for parameter in operation.parameters
    if parameter.location == "query"
]


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.transport.close()
    assert made.mock.faults.count == 0


def answered(caller: Caller, operation: Operation, path: str, body: bytes = b"") -> None:
    answer = caller.send(operation.method, path, body, JSON)
    assert answer.status in operation.responses, (answer.status, answer.body[:200])
    assert answer.status < 500
    if answer.status >= 400:
        content = json.loads(answer.body)
        assert set(content) == {"code", "message"}
        assert len(content["message"]) < 500


def path_of(operation: Operation, segment: str = "1") -> str:
    path = operation.path
    for parameter in operation.parameters:
        path = path.replace(f"{{{parameter.name}}}", quote(segment, safe=""))
    return path


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.id)
def test_any_bytes_as_a_body(caller: Caller, operation: Operation) -> None:
    for body in BODIES.values():
        answered(caller, operation, path_of(operation), body)


@pytest.mark.parametrize("operation", WITH_PATH, ids=lambda operation: operation.id)
def test_any_text_in_a_path(caller: Caller, operation: Operation) -> None:
    for segment in SEGMENTS:
        body = b"" if operation.body is None else b'{"username": "test"}'
        answered(caller, operation, f"{path_of(operation, segment)}?username=test", body)


@pytest.mark.parametrize(("operation", "name"), WITH_QUERY, ids=lambda part: getattr(part, "id", part))
def test_any_text_in_a_query(caller: Caller, operation: Operation, name: str) -> None:
    for text in SEGMENTS:
        for query in (f"{name}={quote(text)}", f"{name}={quote(text)}&{name}=1", f"{name}", f"{name.upper()}=1"):
            answered(caller, operation, f"{path_of(operation)}?username=test&{query}")


@pytest.mark.parametrize("operation", WITH_BODY, ids=lambda operation: operation.id)
def test_any_text_in_every_field(caller: Caller, operation: Operation) -> None:
    nodes = ("username", "taskId", "processKey", "mandatary", "formData", "comment", "source")
    for text in (*SEGMENTS, 5, None, [], {}, True):
        item = dict.fromkeys(nodes, text)
        for body in (item, [item]):
            answered(caller, operation, path_of(operation), json.dumps(body).encode())
