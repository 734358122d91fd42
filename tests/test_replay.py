"""The printed requests, sent to a fresh mock, bring answers of the printed names, types and nesting.

This test reads neither a spec nor a handler: what is sent and what comes back stands in ``tests/samples/<api>``.
``calls.json`` names the calls; ``change`` is what differs from the printed request to bring about a printed refusal,
``differs`` what is known to differ from the printed answer: ``null`` where nothing has happened yet, or ``added``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.signing import sign_supos
from conformance.transport import Message
from mockserver import create_app
from tests.in_process import AsgiTransport

SAMPLES = Path(__file__).with_name("samples")
KEYS = {"ak": "testak", "sk": "testsk"}
BASE = "http://mock.example/open-api/p/workflow/v2"
CALLS = json.loads((SAMPLES / "supos" / "calls.json").read_text())


@pytest.fixture
def transport() -> Iterator[AsgiTransport]:
    made = AsgiTransport(create_app(apis=("supos",)))
    yield made
    made.close()


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Pointer and type of every leaf; a list shows its first item, an empty one itself."""
    if isinstance(value, dict) and value:
        for name, child in value.items():
            yield from leaves(child, f"{place}/{name}")
    elif isinstance(value, list) and value:
        yield from leaves(value[0], f"{place}/0")
    else:
        yield place, type(value).__name__


def known_differences(call: dict[str, Any]) -> dict[str, str]:
    return {place: {"null": "NoneType", "added": "str"}[why] for place, why in call.get("differs", {}).items()}


def printed(name: str) -> Any:
    path = SAMPLES / "supos" / f"{name}.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def body_of(call: dict[str, Any]) -> bytes:
    request = printed(f"{call['operation']}.request")
    if request is None:
        return b""
    return json.dumps({**request, **call["change"]} if "change" in call else request).encode()


@pytest.mark.parametrize("call", CALLS, ids=[f"{call['operation']}-{call['status']}" for call in CALLS])
def test_a_printed_request_brings_the_printed_shape(transport: AsgiTransport, call: dict[str, Any]) -> None:
    message = Message(call["method"], BASE + call["path"], (("Content-Type", "application/json"),), body_of(call))
    answer = transport.send(sign_supos(message, KEYS), 5)
    assert answer.status == call["status"], answer.body
    expected = printed(f"{call['operation']}.{call['status']}")
    if expected is None:
        assert answer.body == b""
        return
    seen = json.loads(answer.body)
    assert dict(leaves(seen)) == {**dict(leaves(expected)), **known_differences(call)}
    if call["status"] >= 400:
        assert seen["code"] == expected["code"]


def test_every_printed_answer_is_replayed_but_failures_that_nothing_brings_about() -> None:
    replayed = {f"{call['operation']}.{call['status']}" for call in CALLS}
    answers = {path.stem for path in (SAMPLES / "supos").glob("*.[0-9]*.json")}
    assert {name for name in answers - replayed if not name.endswith(".500")} == set()
