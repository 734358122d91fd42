"""The printed requests, sent to a fresh mock, bring answers of the printed names, types and nesting.

This test reads neither a spec nor a handler: what is sent and what comes back stands in ``tests/samples/<api>``.
``server.json`` says where the API is and how its requests are signed. ``calls.json`` names the calls; ``change`` is
what differs from the printed request to bring about a printed refusal, ``differs`` what is known to differ from the
printed answer: ``null`` where nothing has happened yet, or ``added``; an ``exact`` answer is the printed one itself.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conformance.wire.signing import SIGNERS
from conformance.wire.transport import Message
from mockserver import create_app
from tests.in_process import AsgiTransport

SAMPLES = Path(__file__).with_name("samples")
SERVERS = {path.parent.name: json.loads(path.read_bytes()) for path in sorted(SAMPLES.glob("*/server.json"))}
CALLS = [(api, call) for api in SERVERS for call in json.loads((SAMPLES / api / "calls.json").read_bytes())]


@pytest.fixture
def transports() -> Iterator[dict[str, AsgiTransport]]:
    """Fresh mocks by API, made when they are asked for."""

    class Made(dict[str, AsgiTransport]):
        def __missing__(self, api: str) -> AsgiTransport:
            self[api] = AsgiTransport(create_app(apis=(api,)))
            return self[api]

    made = Made()
    yield made
    for transport in made.values():
        transport.close()


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


def printed(api: str, name: str) -> Any:
    path = SAMPLES / api / f"{name}.json"
    return json.loads(path.read_bytes()) if path.exists() else None


def body_of(api: str, call: dict[str, Any]) -> bytes:
    request = printed(api, f"{call['operation']}.request")
    if request is None:
        return b""
    return json.dumps({**request, **call["change"]} if "change" in call else request).encode()


@pytest.mark.parametrize(
    ("api", "call"), CALLS, ids=[f"{api}-{call['operation']}-{call['status']}" for api, call in CALLS]
)
def test_a_printed_request_brings_the_printed_shape(
    transports: dict[str, AsgiTransport], api: str, call: dict[str, Any]
) -> None:
    server = SERVERS[api]
    url = f"http://mock.example{server['base']}{call['path']}"
    message = Message(call["method"], url, (("Content-Type", "application/json"),), body_of(api, call))
    answer = transports[api].send(SIGNERS[server["signature"]](message, server["credentials"]), 5)
    assert answer.status == call["status"], answer.body
    expected = printed(api, f"{call['operation']}.{call['status']}")
    if expected is None:
        assert answer.body == b""
        return
    seen = json.loads(answer.body)
    assert dict(leaves(seen)) == {**dict(leaves(expected)), **known_differences(call)}
    if call["status"] >= 400:
        assert seen["code"] == expected["code"]
    if call.get("exact"):
        assert seen == expected


@pytest.mark.parametrize("api", SERVERS)
def test_every_printed_answer_is_replayed_but_failures_that_nothing_brings_about(api: str) -> None:
    replayed = {f"{call['operation']}.{call['status']}" for named, call in CALLS if named == api}
    answers = {path.stem for path in (SAMPLES / api).glob("*.[0-9]*.json")}
    assert {name for name in answers - replayed if not name.endswith(".500")} == set()


def test_every_api_with_samples_is_replayed() -> None:
    assert set(SERVERS) == {path.name for path in SAMPLES.iterdir() if path.is_dir()}
