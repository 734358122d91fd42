"""Cleanup: what the ledger lists goes, the youngest first; what cannot go is said."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import specs
from conformance.client import Client
from conformance.given import Given
from conformance.ledger.cleanup import Cleanup, Leftover, clean
from conformance.ledger.file import Ledger, read_ledger
from conformance.suite.supos import givens
from conformance.wire.transport import Message, RawAnswer
from mockserver import create_app
from tests.in_process import AsgiTransport
from tests.kill.harness import target_for

CONTRACT = specs.load("supos")
LEFT = CONTRACT.operations["save"].raw["x-creates"]["left"]


@pytest.fixture
def transport() -> Iterator[AsgiTransport]:
    made = AsgiTransport(create_app(apis=("supos",)))
    yield made
    made.close()


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "ledger.jsonl"
    Ledger.begin(path, api="supos", run_tag="t1", base_url="", target=None, spec=None, mock=False)
    made = Ledger(path, "main", "t1")
    yield made
    made.close()


@pytest.fixture
def given(transport: AsgiTransport, ledger: Ledger) -> Given:
    made = Given(Client(CONTRACT, target_for(CONTRACT, transport.app), transport, ledger), "t1")
    made.begin("a.check", ())
    return made


@pytest.fixture
def client(transport: AsgiTransport) -> Client:
    """One that writes nothing down."""
    return Client(CONTRACT, target_for(CONTRACT, transport.app), transport)


def running(client: Client, app: str) -> list[str]:
    """The running processes under an appId of the run's own."""
    user = client.target.roles["user.main"]
    answer = client.call(givens.pending(user, app))
    assert answer.status == 200
    return answer.fields("/list/*/processId")


def test_what_was_made_is_taken_away(given: Given, client: Client, ledger: Ledger) -> None:
    app = given.tag()
    given.client.must(givens.save(given, appId=app))
    assert len(running(client, app)) == 1
    assert clean(ledger.path, client) == Cleanup(removed=1, left={LEFT: 1})
    assert running(client, app) == []


def test_the_youngest_goes_first_and_nothing_goes_twice(given: Given, client: Client, ledger: Ledger) -> None:
    for _ in range(3):
        given.client.must(givens.save(given))
    clean(ledger.path, client)
    done = [json.loads(line)["entry"] for line in ledger.path.read_text().splitlines() if "done" in line]
    assert done == ["main-3", "main-2", "main-1"]
    assert clean(ledger.path, client) == Cleanup(left={LEFT: 3})


def test_what_a_check_has_taken_away_itself_is_gone(given: Given, client: Client, ledger: Ledger) -> None:
    process = given.client.must(givens.save(given)).field("/processId")
    given.client.must(givens.cancel(process, given.role("user.main")))
    assert clean(ledger.path, client) == Cleanup(gone=1, left={LEFT: 1})


def test_what_was_refused_was_not_made(given: Given, client: Client, ledger: Ledger) -> None:
    given.client.call(givens.save(given, username="nobody-here"))
    assert clean(ledger.path, client) == Cleanup()


def test_a_batch_goes_whole_whatever_the_states_of_its_items(given: Given, client: Client, ledger: Ledger) -> None:
    call = given.request("thirdPartyTasksCompletivePost")
    item = call.body[0]
    others = [
        {**item, "taskStatus": status, "thirdPartyInstanceNodeId": given.tag()}
        for status in ("entrust", "completive", "pending")
    ]
    given.client.must(call.set("body", others))
    assert clean(ledger.path, client) == Cleanup(removed=1)
    client.call(call.set("body", others)).succeeds()


class Deaf:
    """Lets requests through and loses the answers to some operations."""

    def __init__(self, inner: AsgiTransport) -> None:
        self.inner = inner

    def send(self, message: Message, deadline: float) -> RawAnswer:
        from conformance.errors import TransportError

        answer = self.inner.send(message, deadline)
        if message.method in ("PUT", "POST") and message.url.endswith("/processes"):
            raise TransportError("the answer got lost")
        return answer


def test_what_was_made_without_an_answer_is_found(transport: AsgiTransport, client: Client, ledger: Ledger) -> None:
    given = Given(Client(CONTRACT, client.target, Deaf(transport), ledger), "t1")
    given.begin("a.check", ())
    app = given.tag()
    for call in (givens.save(given, appId=app), given.request("thirdPartyProcessesPost")):
        with pytest.raises(Exception, match="the answer got lost"):
            given.client.call(call)
    assert len(running(client, app)) == 1
    assert clean(ledger.path, client) == Cleanup(removed=2)
    assert running(client, app) == []


def test_what_cannot_be_found_is_named_for_people(given: Given, client: Client, ledger: Ledger) -> None:
    message = given.client.message(givens.start(given).drop("body.appId"))
    ledger.before(CONTRACT.operations["startProcess"], message)
    seen = "no answer came, so whether it is there and under which id is not known"
    assert clean(ledger.path, client).failed == (
        Leftover("main-1", "startProcess", read_ledger(ledger.path).entries[0].marks, seen),
    )


class Refusing:
    """A server that answers whatever it is told to."""

    def __init__(self, status: int, body: Any) -> None:
        self.answer = RawAnswer(status, {"content-type": "application/json"}, json.dumps(body).encode())

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return self.answer


@pytest.mark.parametrize(
    ("status", "body", "seen"),
    [
        (500, {"code": 100000001, "message": "no"}, "cancel answered 500 100000001"),
        (400, {"code": 100108240, "message": "no"}, "cancel answered 400 100108240"),
        (200, {}, None),
        (400, {"code": 100108227, "message": "no"}, None),
    ],
)
def test_only_a_success_or_the_documented_refusal_counts(
    given: Given, ledger: Ledger, status: int, body: Any, seen: str | None
) -> None:
    given.client.must(givens.save(given))
    judged = clean(ledger.path, Client(CONTRACT, given.client.target, Refusing(status, body)))
    assert [one.seen for one in judged.failed] == ([] if seen is None else [seen])
    assert judged.clean is (seen is None)
    if seen is not None:  # it is tried again, and nothing is lost by it
        assert clean(ledger.path, Client(CONTRACT, given.client.target, Refusing(200, {}))).removed == 1
