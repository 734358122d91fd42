"""Breadth: what is made up, how it is judged, and what it leaves behind."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

import pytest

import specs
from conformance.client import Client
from conformance.errors import TargetUnreachable, TransportError
from conformance.fuzz import DEPTHS, Depth, Session, explore
from conformance.given import Given
from conformance.target import Target, Writes
from conformance.verdict import Treatment, Verdict, judge_clauses
from conformance.wire.transport import Message, RawAnswer, Transport
from mockserver import create_app
from mockserver.defects import find
from specs.links import links_of
from tests.conformance.fuzz.runs import NOTHING, SUPOS, Found, run
from tests.in_process import AsgiTransport

GENERATED = Depth(generated=12, extremes=0, raw=0, walks=0, steps=0)
EXTREMES = Depth(generated=0, extremes=700, raw=0, walks=0, steps=0)
RAW = Depth(generated=0, extremes=0, raw=1, walks=0, steps=0)
WALKS = Depth(generated=0, extremes=0, raw=0, walks=12, steps=6)
LITTLE = Depth(generated=4, extremes=3, raw=1, walks=4, steps=3)


@pytest.fixture(scope="module")
def mock() -> Any:
    return create_app(apis=("supos",))


@pytest.fixture(scope="module")
def whole(mock: Any) -> Found:
    """Everything that a quick run does."""
    return run(mock, SUPOS.operations, DEPTHS["quick"])


def test_the_mock_gives_no_reason_for_a_word(mock: Any, whole: Found) -> None:
    assert whole.findings == []
    assert [piece for one in whole.coverage.values() for piece in one.advice] == []
    assert mock.faults.count == 0


def test_every_operation_is_fuzzed_and_gets_past_its_refusals(whole: Found) -> None:
    assert set(whole.coverage) == set(SUPOS.operations)
    assert [one.operation for one in whole.coverage.values() if not one.succeeded] == []
    assert [one.operation for one in whole.coverage.values() if one.unreached != (500,)] == []


def test_every_kind_of_request_is_counted_and_every_request_answered(whole: Found) -> None:
    assert [one.operation for one in whole.coverage.values() if not (one.valid and one.wrong and one.raw)] == []
    assert [one.operation for one in whole.coverage.values() if sum(one.statuses.values()) != one.sent] == []


def test_every_link_is_followed_and_most_of_them_to_a_success(whole: Found) -> None:
    came = {name: statuses for one in whole.coverage.values() for name, statuses in one.links.items()}
    assert set(came) == {link.id for link in links_of(SUPOS)}
    assert [name for name, statuses in came.items() if not statuses] == []
    assert sum(200 in statuses for statuses in came.values()) >= len(came) - 3
    assert {name for name, one in whole.coverage.items() if not one.links} == {
        "queryAllPending",
        "getStartInfo",
        "save",
        "thirdPartyProcessesPost",
        "thirdPartyTasksCompletivePost",
    }


def test_the_same_seed_sends_the_same_requests_and_another_seed_others(mock: Any) -> None:
    operations = ("startProcess", "cancel", "getDetail", "queryLog")
    sent = [run(mock, operations, LITTLE, seed=seed, world=f"same-{n}").sent for n, seed in enumerate((1, 1, 2))]
    assert sent[0] == sent[1]
    assert sent[0] != sent[2]


def defective(mock: Any, defect: str, operations: Collection[str], depth: Depth) -> Found:
    """A run on the mock with a defect, in a world of its own."""
    (found,) = find([SUPOS], [defect])
    undo = found.install(mock)
    try:
        return run(mock, operations, depth, world=f"defect-{defect}")
    finally:
        undo()


@pytest.mark.parametrize(
    ("defect", "operations", "depth", "kind", "message"),
    [
        ("queryTotal.200.schema:retype-body", ["queryTotal"], GENERATED, "overlaid", "the answer breaks type"),
        ("error-body:queryTotal-drop-message", ["queryTotal"], GENERATED, "positive", "/message is missing"),
        ("error-body:startProcess-drop-code", ["startProcess"], EXTREMES, "extreme body", "/code is missing"),
        ("error-body:startProcess-media-type", ["startProcess"], RAW, "raw body-truncated", "the answer has the media"),
        (
            "getDetail.200.schema:drop-tasks-*-username",
            ["startProcess", "getDetail"],
            WALKS,
            "walk",
            "/tasks/0/username is missing",
        ),
    ],
)
def test_each_kind_of_request_finds_a_defect(
    mock: Any, defect: str, operations: list[str], depth: Depth, kind: str, message: str
) -> None:
    found = defective(mock, f"supos.{defect}", operations, depth)
    clause, text = found.findings[0]
    assert clause == f"supos.{defect.partition(':')[0]}"
    assert text.startswith(message)
    assert f"(fuzz test, seed 1, request {text.partition('request ')[2].partition(':')[0]}: {kind}" in text


@dataclass
class Tripping:
    """A server that trips over some requests, with an answer that no document has."""

    inner: Transport
    trips: Callable[[Message], bool]

    def send(self, message: Message, deadline: float) -> RawAnswer:
        if self.trips(message):
            return RawAnswer(502, {"content-type": "text/html"}, b"bad gateway")
        return self.inner.send(message, deadline)


def body_of(message: Message) -> Any:
    try:
        return json.loads(message.body)
    except ValueError:
        return None


def at(message: Message, name: str) -> Any:
    """A field of the body."""
    content = body_of(message)
    return content.get(name) if isinstance(content, dict) else None


def over_the_log_of_what_was_canceled() -> Callable[[Message], bool]:
    """Trips once a process was canceled and its log is asked for."""
    canceled: set[str] = set()

    def trips(message: Message) -> bool:
        process, _, last = message.url.rpartition("/")
        if last == "cancellation":
            canceled.add(process)
        return last == "logs" and process in canceled

    return trips


@pytest.mark.parametrize(
    ("trips", "operations", "depth", "kind"),
    [
        (lambda m: "username=" not in m.url, ["queryTotal"], GENERATED, "negative"),
        (lambda m: isinstance(body_of(m), dict) and "" in body_of(m), ["startProcess"], GENERATED, "positive"),
        (lambda m: at(m, "formData") == "流程管理系统", ["startProcess"], EXTREMES, "extreme body.formData cjk"),
        (lambda m: m.body.startswith(b"\xef\xbb\xbf"), ["startProcess"], RAW, "raw body-with-bom"),
        (lambda m: m.body.count(b"[") > 10_000, ["startProcess"], RAW, "raw body-nested"),
        (over_the_log_of_what_was_canceled(), ["startProcess", "cancel", "queryLog"], WALKS, "walk"),
    ],
    ids=["negative", "positive", "extreme", "raw", "nested", "walk"],
)
def test_each_kind_of_request_finds_what_only_it_can_find(
    mock: Any, trips: Callable[[Message], bool], operations: list[str], depth: Depth, kind: str
) -> None:
    found = run(mock, operations, depth, through=lambda inner: Tripping(inner, trips), world=f"trips-{kind}")
    clause, text = found.findings[0]
    assert clause == "supos.error-body"
    assert text.startswith(
        "the answer has the status 502, documented are 200, 400, 401, 500 (fuzz test, seed 1, request"
    )
    assert f": {kind}" in text


def test_a_finding_comes_with_its_request_and_comes_again(mock: Any) -> None:
    tripping = [
        run(
            mock,
            ("startProcess",),
            RAW,
            world=f"again-{number}",
            through=lambda inner: Tripping(inner, lambda message: message.body.startswith(b"\xef\xbb\xbf")),
        )
        for number in range(2)
    ]
    first, second = (one.outcomes[0].bookings[-1] for one in tripping)
    assert first == second
    assert first.exchange is not None
    assert first.exchange.curl.startswith(
        "curl -sS -X POST -H 'Content-Type: application/json' -H 'Authorization: ***'"
    )
    assert first.exchange.curl.endswith("http://mock.example/open-api/p/workflow/v2/processes")


@pytest.mark.parametrize(
    ("defect", "kind", "text"),
    [
        (
            "supos.queryTotal.query.username.required:unchecked",
            "negative_data_rejection",
            "a request that the contract does not allow is accepted with 200: query.username: is required",
        ),
        (
            "supos.queryTotal.accepts:refuses",
            "positive_data_acceptance",
            "a request that the contract allows is called malformed: 400 with code 100108500",
        ),
    ],
)
def test_advice_tells_of_a_defect_and_fails_nothing(mock: Any, defect: str, kind: str, text: str) -> None:
    found = defective(mock, defect, ("queryTotal",), GENERATED)
    coverage = found.coverage["queryTotal"]
    assert found.findings == []
    assert coverage.advised >= len(coverage.advice) > 0
    assert (kind, text) in [(piece.kind, piece.text) for piece in coverage.advice]
    assert coverage.advice[0].place.startswith("fuzz test, seed 1, request ")
    assert coverage.advice[0].exchange.operation == "queryTotal"
    judged = judge_clauses(SUPOS, found.outcomes)
    assert [j.clause.id for j in judged if j.treatment is Treatment.GATING and j.verdict is Verdict.FAIL] == []


class Failing:
    """A server that fails, undocumented, whatever it is asked."""

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return RawAnswer(502, {"content-type": "text/html"}, b"bad gateway")


def test_an_undocumented_failure_is_a_finding_for_every_operation(target: Target) -> None:
    client = Client(SUPOS, target, Failing())
    outcomes, coverage = explore(Session(client, Given(client, "dead"), LITTLE, 1, "dead"))
    assert {one.check for one in outcomes if any(booking.findings for booking in one.bookings)} == {
        f"fuzz.{operation.id}" for operation in SUPOS
    }
    assert not any(one.succeeded for one in coverage)
    blocked = {one.operation: one.blocked for one in coverage}
    assert blocked["cancel"] == "clause supos.startProcess.accepts"
    assert blocked["startProcess"] == ""


def test_a_target_without_credentials_is_sent_what_needs_none(mock: Any, target: Target) -> None:
    inner = AsgiTransport(mock, "nobody")
    client = Client(SUPOS, replace(target, identities={}), inner)
    only = Session(client, Given(client, "nobody"), LITTLE, 1, "nobody", lambda clause: "getStartInfo" in clause)
    _, (coverage,) = explore(only)
    inner.close()
    assert coverage.blocked == "role identity.main"
    assert coverage.statuses == {401: coverage.sent} == {401: 2}


class Deaf:
    """A server that lets some requests wait for ever."""

    def __init__(self, inner: Transport, hears: Callable[[int], bool]) -> None:
        self.inner = inner
        self.hears = hears
        self.number = 0

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.number += 1
        if self.hears(self.number):
            return self.inner.send(message, deadline)
        raise TransportError("timed out")


def test_a_request_without_an_answer_is_a_finding(mock: Any) -> None:
    found = run(
        mock, ("startProcess",), RAW, world="deaf", through=lambda inner: Deaf(inner, lambda number: number != 3)
    )
    text = "no answer: timed out (fuzz test, seed 1, request 3: raw body-utf16)"
    assert found.findings == [("supos.error-body", text)]
    exchange = found.outcomes[0].bookings[-1].exchange
    assert exchange is not None
    assert (exchange.status, exchange.answer) == (0, "")
    assert exchange.curl.startswith("printf '\\377\\376")
    coverage = found.coverage["startProcess"]
    assert sum(coverage.statuses.values()) == coverage.sent - 1


def test_a_server_that_never_answers_ends_the_run(mock: Any) -> None:
    with pytest.raises(TargetUnreachable, match="20 requests in a row got no answer"):
        run(mock, ("startProcess",), RAW, through=lambda inner: Deaf(inner, lambda _: False))


@pytest.mark.parametrize(
    ("writes", "fuzzed"),
    [
        ("none", {"getStartInfo"}),
        ("own", {"getStartInfo", "getDetail", "queryLog"}),
        ("full", {"getStartInfo", "getDetail", "queryLog", "startProcess", "cancel"}),
    ],
)
def test_only_a_target_that_allows_all_writes_gets_made_up_ones(mock: Any, writes: Writes, fuzzed: set[str]) -> None:
    """With ``own`` the givens write what the reads need; with ``none`` nothing writes."""
    operations = ("getStartInfo", "getDetail", "queryLog", "startProcess", "cancel")
    found = run(mock, operations, LITTLE, writes=writes, world=f"writes-{writes}")
    assert {name for name, one in found.coverage.items() if one.succeeded} == fuzzed
    assert {one.operation for one in found.coverage.values()} == {
        name for name in operations if writes == "full" or SUPOS.operations[name].safe
    }
    if writes == "none":
        assert {message.method for message in found.sent} == {"GET"}
        assert found.coverage["getDetail"].blocked == "capability writes"


def test_a_query_sent_by_post_is_a_read() -> None:
    raw = {**SUPOS.document["paths"]["/processes"]["post"], "x-safe": True}
    contract = specs.Contract("supos", {**SUPOS.document, "paths": {"/processes": {"post": raw}}})
    found = run(create_app(apis=("supos",)), ("startProcess",), GENERATED, writes="none", contract=contract)
    assert found.coverage["startProcess"].succeeded


def test_nothing_is_sent_where_nothing_is_asked_for(mock: Any) -> None:
    assert run(mock, ("queryTotal",), NOTHING).coverage["queryTotal"].sent == 0
