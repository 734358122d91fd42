"""One difference is one red: what is booked where, and what is blocked by what."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

import specs
from conformance.check import Case, Check, Item, run
from conformance.client import Client
from conformance.errors import Prevented, TargetUnreachable, TransportError
from conformance.given import Given
from conformance.laws.repeat import second_time
from conformance.outcome import Blocker, Outcome, Status
from conformance.target import Target
from conformance.wire.call import Call
from conformance.wire.transport import Message, RawAnswer
from specs import Contract, Expectation

ROW = {
    "initiator": "zhangsan",
    "processId": "1",
    "processName": "leave",
    "startTime": "2020-09-22T07:38:13.893+0800",
    "status": 88,
    "taskId": "2",
    "taskName": "edit",
    "url": "Page",
    "type": 0,
    "modifyTime": "2020-09-22T07:38:13.893+0800",
    "userName": "test",
    "personCode": "test",
}
PAGE = {"list": [ROW], "pagination": {"current": 1, "pageSize": 10, "total": 1}}
PENDING = Call("queryPending", query={"username": "test"})
SCHEMA = "supos.queryPending.200.schema"


class Canned:
    """A transport with one answer."""

    def __init__(self, status: int, content: Any, media: str = "application/json") -> None:
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        self.answer = RawAnswer(status, {"content-type": media}, body)

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return self.answer


class Sequence:
    """A transport with one answer after the other."""

    def __init__(self, contents: Iterator[Any]) -> None:
        self.contents = contents

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return RawAnswer(200, {"content-type": "application/json"}, json.dumps(next(self.contents)).encode())


class Dead:
    def send(self, message: Message, deadline: float) -> RawAnswer:
        raise TransportError("connection refused")


def outcome_of(contract: Contract, target: Target, transport: Any, function: Any, *clauses: str) -> Outcome:
    client = Client(contract, target, transport)
    return run(Item(Check("here.check", function, clauses=clauses)), client, Given(client, "tag"))


def reads(pointer: str) -> Any:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).fields(pointer)

    return check


def test_an_answer_as_documented_is_booked_as_a_pass(contract: Contract, target: Target) -> None:
    outcome = outcome_of(contract, target, Canned(200, PAGE), reads("/list/*/taskId"))
    assert outcome.status is Status.PASS
    assert [(b.clause, b.findings) for b in outcome.bookings] == [(SCHEMA, ())]


def test_a_check_that_reads_a_flawed_place_is_blocked_by_the_schema_clause(contract: Contract, target: Target) -> None:
    flawed = {**PAGE, "list": [{**ROW, "taskId": 5}]}
    outcome = outcome_of(contract, target, Canned(200, flawed), reads("/list/*/taskId"))
    assert (outcome.status, outcome.blocker) == (Status.BLOCKED, Blocker("clause", SCHEMA))
    assert outcome.bookings[0].findings == ('/list/0/taskId breaks type: 5 is not of type "string"',)


def test_a_check_that_reads_another_place_is_not_blocked(contract: Contract, target: Target) -> None:
    flawed = {**PAGE, "list": [{**ROW, "taskId": 5}]}
    assert outcome_of(contract, target, Canned(200, flawed), reads("/list/*/processId")).status is Status.PASS


def test_a_missing_field_blocks_who_reads_it(contract: Contract, target: Target) -> None:
    flawed = {"list": [], "pagination": {"current": 1, "pageSize": 10}}
    outcome = outcome_of(contract, target, Canned(200, flawed), reads("/pagination/total"))
    assert outcome.blocker == Blocker("clause", SCHEMA)


def test_the_wrong_media_type_blocks_every_read(contract: Contract, target: Target) -> None:
    outcome = outcome_of(contract, target, Canned(200, PAGE, "text/plain"), reads("/list"))
    assert outcome.status is Status.BLOCKED
    assert outcome.bookings[0].findings == ("the answer has the media type text/plain, documented is application/json",)


def test_flaws_of_a_refusal_are_booked_on_the_one_error_clause(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).refuses()

    outcome = outcome_of(contract, target, Canned(400, {"code": 100108502}), check)
    assert outcome.status is Status.PASS
    assert [(b.clause, b.findings) for b in outcome.bookings] == [("supos.error-body", ("/message is missing",))]


def test_a_status_that_the_check_refutes_is_not_booked_again(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).succeeds()

    outcome = outcome_of(contract, target, Canned(404, {"code": 1, "message": "no"}), check)
    assert (outcome.status, outcome.expected, outcome.seen) == (Status.FAIL, "200", "404")
    assert outcome.bookings[0].findings == ()


def test_an_undocumented_status_that_nobody_refutes_is_booked(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).refuses()

    outcome = outcome_of(contract, target, Canned(404, {"code": 1, "message": "no"}), check)
    assert outcome.bookings[0].findings == ("the answer has the status 404, documented are 200, 400, 401, 500",)


def test_another_code_than_documented_fails(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).expect(given.documented)

    outcome = outcome_of(
        contract, target, Canned(400, {"code": 100108500, "message": "no"}), check, "supos.queryPending.unknown-user"
    )
    assert (outcome.expected, outcome.seen) == ("400 with code 100108230", "400 with code 100108500")


def test_a_preparation_that_fails_blocks_by_the_operations_accepts(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.must(PENDING)

    outcome = outcome_of(contract, target, Canned(400, {"code": 100108500, "message": "no"}), check)
    assert outcome.blocker == Blocker("clause", "supos.queryPending.accepts")


def test_a_role_that_the_target_lacks_blocks_by_its_name(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        given.role("user.nonexistent")

    outcome = outcome_of(contract, target, Canned(200, PAGE), check)
    assert (outcome.status, str(outcome.blocker)) == (Status.BLOCKED, "role user.nonexistent")


def test_a_bug_of_the_suite_is_an_error_not_a_failure(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.call(PENDING).field("/list/7/taskId")

    outcome = outcome_of(contract, target, Canned(200, PAGE), check)
    assert outcome.status is Status.ERROR
    assert outcome.seen.startswith("LookupError: queryPending: /list/7/taskId is not in an answer")


def test_no_answer_fails_the_check_and_twenty_in_a_row_end_the_run(contract: Contract, target: Target) -> None:
    client = Client(contract, target, Dead())
    given = Given(client, "tag")
    item = Item(Check("here.check", reads("/list"), clauses=("supos.queryPending.accepts",)))
    outcomes = [run(item, client, given) for _ in range(19)]
    assert {outcome.status for outcome in outcomes} == {Status.FAIL}
    with pytest.raises(TargetUnreachable, match="20 requests in a row"):
        run(item, client, given)


def test_more_flaws_than_are_listed_block_what_cannot_be_read(contract: Contract, target: Target) -> None:
    rows = [{name: value for name, value in ROW.items() if name != "taskId"}] * 30
    outcome = outcome_of(contract, target, Canned(200, {**PAGE, "list": rows}), lambda client, given: _read(client))
    assert (outcome.status, outcome.blocker) == (Status.BLOCKED, Blocker("clause", SCHEMA))


def _read(client: Client) -> None:
    client.call(PENDING).field("/list/29/taskId")


def test_shared_ground_names_the_operations_that_made_it(contract: Contract, target: Target) -> None:
    client = Client(contract, target, Canned(200, PAGE))
    for _ in range(2):
        client.begin()
        assert client.once("ground", lambda: client.call(PENDING).status) == 200
        assert client.operations == ("queryPending",)
    client.begin()
    assert client.operations == ()


def test_a_check_that_endangers_others_needs_a_target_with_full_writes(contract: Contract, target: Target) -> None:
    def check(client: Client, given: Given) -> None:
        client.endangers_others()

    blocked = outcome_of(contract, replace(target, writes="own"), Dead(), check)
    assert (blocked.status, str(blocked.blocker)) == (Status.BLOCKED, "capability full-writes")
    assert outcome_of(contract, replace(target, writes="full"), Dead(), check).status is Status.PASS


def test_a_check_can_ask_what_another_clause_expects(contract: Contract, target: Target) -> None:
    given = Given(Client(contract, target, Dead()), "tag")
    assert str(given.documented_by("updateProcessPut.stored-twice")) == "500 with code 100108602"
    with pytest.raises(LookupError, match="expects no status"):
        given.documented_by("updateProcessPut.found-by-id")


@pytest.mark.parametrize(("key", "status"), [("/code", Status.PASS), ("", Status.FAIL)])
def test_a_repetition_may_promise_a_part_of_the_answer_only(
    contract: Contract, target: Target, key: str, status: Status
) -> None:
    answers = iter(({"code": 100000000, "message": "2 deleted"}, {"code": 100000000, "message": "0 deleted"}))
    deletion = Call("thirdPartyProcessesDel", query={"ids": [1]})
    given = Given(client := Client(contract, target, Sequence(answers)), "tag")
    given.request = lambda operation: deletion  # type: ignore[method-assign]
    promise = {"repeat": "same", **({"key": key} if key else {})}
    case = Case("supos.thirdPartyProcessesDel.repeat", "thirdPartyProcessesDel", promise)
    assert run(Item(Check("here.check", second_time), case), client, given).status is status


def test_a_documented_500_is_a_refusal_like_any_other(contract: Contract, target: Target) -> None:
    clause = "supos.updateProcessPut.stored-twice"

    def check(client: Client, given: Given) -> None:
        client.call(Call("updateProcessPut", body=[])).expect(given.documented)

    refusal = {"code": 100108602, "message": "twice"}
    outcome = outcome_of(contract, target, Canned(500, refusal), check, clause)
    assert outcome.status is Status.PASS
    assert [(b.clause, b.findings) for b in outcome.bookings] == [("supos.error-body", ())]
    outcome = outcome_of(contract, target, Canned(500, {"code": 100108602}), check, clause)
    assert [(b.clause, b.findings) for b in outcome.bookings] == [("supos.error-body", ("/message is missing",))]
    outcome = outcome_of(contract, target, Canned(500, {"code": 100000001, "message": "no"}), check, clause)
    assert (outcome.status, outcome.seen) == (Status.FAIL, "500 with code 100000001")


def test_a_target_that_forbids_writes_is_sent_none(contract: Contract, target: Target) -> None:
    reader = Target(api="supos", base_url="http://x", identities=target.identities, writes="none")
    with pytest.raises(Prevented, match="capability writes"):
        Client(contract, reader, Dead()).call(Call("startProcess", body={}))


@pytest.mark.parametrize(
    ("content", "expected", "meets"),
    [
        ({"code": 100108230, "message": "no"}, Expectation(400, "100108230"), True),
        ({"code": 100108230, "message": "no"}, Expectation(400), True),
        ({"code": 100108230, "message": "no"}, Expectation(400, "100108002"), False),
        ({"code": 100108230, "message": "no"}, Expectation(429), False),
    ],
)
def test_an_answer_may_be_compared_without_judging_it(
    contract: Contract, target: Target, content: Any, expected: Expectation, meets: bool
) -> None:
    answer = Client(contract, target, Canned(400, content)).call(PENDING)
    assert answer.meets(expected) is meets


@pytest.mark.parametrize("media", ["application/json; charset=utf-8", "APPLICATION/JSON"])
def test_parameters_of_a_media_type_are_no_flaw(contract: Contract, target: Target, media: str) -> None:
    assert Client(contract, target, Canned(200, PAGE, media)).call(PENDING).flaws == ()


def test_a_media_type_that_is_documented_with_parameters_is_met_without(target: Target) -> None:
    jodoo = specs.load("jodoo")
    target = replace(target, api="jodoo", identities={"main": {"token": "a-key"}})
    refused = {"code": 17017, "msg": "no"}
    for media in ("application/json", "application/json;charset=utf-8"):
        answer = Client(jodoo, target, Canned(400, refused, media)).call(Call("getInstance", body={}))
        assert answer.flaws == ()
    assert Client(jodoo, target, Canned(400, refused, "text/json")).call(Call("getInstance", body={})).flaws != ()


def test_a_field_is_set_in_a_body_that_there_was_not_yet() -> None:
    assert Call("getInstance").set("body.a.b", 1).body == {"a": {"b": 1}}
    assert Call("getInstance", body={"a": {"c": 2}}).set("body.a.b", 1).body == {"a": {"c": 2, "b": 1}}


def test_outcomes_travel_as_json(contract: Contract, target: Target) -> None:
    outcome = outcome_of(contract, target, Canned(404, {"code": 1, "message": "no"}), reads("/list"), "a.b")
    assert Outcome.from_json(json.loads(json.dumps(outcome.as_json()))) == outcome


def test_secrets_are_masked_in_what_a_report_shows(contract: Contract, target: Target) -> None:
    echo = Canned(400, {"code": 1, "message": f"the key {target.identities['main']['sk']} is wrong"})
    answer = Client(contract, target, echo).call(PENDING)
    shown = answer.exchange.curl + answer.exchange.answer
    assert "a-secret-key" not in shown
    assert "testak" not in shown
    assert "Authorization: ***" in shown
