"""Every operation answers whatever is sent to it with a status that it documents, in the API's shape, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

import specs
from conformance.wire.signing import SIGNERS
from conformance.wire.transport import Message
from mockserver import create_app
from specs import Contract, Operation
from tests.in_process import AsgiTransport
from tests.mockserver.test_bad_input import BODIES, JSON

SAMPLES = Path(__file__).parents[1] / "samples"
SEGMENTS = ("-1", "0", "9" * 400, "1.5", "null", "请假", "🦊", "a\u0000b", "../../etc", "%", " ", "x" * 3000, "'\"")
EVERY = [(specs.load(api), operation) for api in specs.names() for operation in specs.load(api)]
WITH_BODY = [pair for pair in EVERY if pair[1].body is not None]
WITH_PATH = [pair for pair in EVERY if "{" in pair[1].path]
WITH_QUERY = [
    (contract, operation, parameter.name)
    for contract, operation in EVERY
    for parameter in operation.parameters
    if parameter.location == "query"
]


class Caller:
    """Signs and sends to a mock of every API, whose limits are lifted."""

    def __init__(self) -> None:
        self.mock = create_app()
        options = self.mock.worlds.of(None).options
        options.update({name: 0 for name in options if name.endswith(".rate-limit")})
        self.transport = AsgiTransport(self.mock)
        self.servers = {api: json.loads((SAMPLES / api / "server.json").read_bytes()) for api in specs.names()}

    def answered(self, contract: Contract, operation: Operation, path: str, body: bytes = b"") -> None:
        """A documented answer to a request with this path and body."""
        server = self.servers[contract.api]
        message = Message(operation.method, f"http://mock.example{contract.base_path}{path}", JSON, body)
        answer = self.transport.send(SIGNERS[server["signature"]](message, server["credentials"]), 5)
        assert answer.status in operation.responses, (answer.status, answer.body[:200])
        assert answer.status < 500
        if answer.status >= 400:
            content = json.loads(answer.body)
            code, text = (contract.document["x-outcome"][name][1:] for name in ("code", "message"))
            assert set(content) == {code, text}
            assert len(content[text]) < 500


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.transport.close()
    assert made.mock.faults.count == 0


def name_of(part: Any) -> str:
    return str(getattr(part, "id", None) or getattr(part, "api", part))


def path_of(operation: Operation, segment: str = "1") -> str:
    path = operation.path
    for parameter in operation.parameters:
        path = path.replace(f"{{{parameter.name}}}", quote(segment, safe=""))
    return path


@pytest.mark.parametrize(("contract", "operation"), WITH_BODY, ids=name_of)
def test_any_bytes_as_a_body(caller: Caller, contract: Contract, operation: Operation) -> None:
    for body in BODIES.values():
        caller.answered(contract, operation, path_of(operation), body)


@pytest.mark.parametrize(("contract", "operation"), WITH_PATH, ids=name_of)
def test_any_text_in_a_path(caller: Caller, contract: Contract, operation: Operation) -> None:
    for segment in SEGMENTS:
        body = b"" if operation.body is None else b'{"username": "test"}'
        caller.answered(contract, operation, f"{path_of(operation, segment)}?username=test", body)


@pytest.mark.parametrize(("contract", "operation", "name"), WITH_QUERY, ids=name_of)
def test_any_text_in_a_query(caller: Caller, contract: Contract, operation: Operation, name: str) -> None:
    for text in SEGMENTS:
        for query in (f"{name}={quote(text)}", f"{name}={quote(text)}&{name}=1", f"{name}", f"{name.upper()}=1"):
            caller.answered(contract, operation, f"{path_of(operation)}?username=test&{query}")


@pytest.mark.parametrize(("contract", "operation"), WITH_BODY, ids=name_of)
def test_any_text_in_every_field(caller: Caller, contract: Contract, operation: Operation) -> None:
    supos = ("username", "taskId", "processKey", "mandatary", "formData", "comment", "source")
    for text in (*SEGMENTS, 5, None, [], {}, True):
        item = dict.fromkeys((*supos, "instance_id"), text)
        for body in (item, [item]):
            caller.answered(contract, operation, path_of(operation), json.dumps(body).encode())
