"""Calls that are refused for their number: sent again after a rest, given up in the end. Time is made by the test."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

import specs
from conformance import Target
from conformance.client import Client
from conformance.errors import Prevented
from conformance.outcome import Blocker
from conformance.wire.call import Call
from conformance.wire.pace import Pace
from conformance.wire.transport import Message, RawAnswer
from tests.conformance.wire.test_pace import Watch

CALL = Call("getInstance", body={"instance_id": "1"})
CROWDED = RawAnswer(400, {"content-type": "application/json"}, json.dumps({"code": 8303, "msg": "no"}).encode())
WRONG = RawAnswer(400, {"content-type": "application/json"}, json.dumps({"code": 17017, "msg": "no"}).encode())


class Script:
    """Gives its answers one after the other, and the last one for ever; notes when it was asked."""

    def __init__(self, watch: Watch, answers: Iterable[RawAnswer]) -> None:
        self.watch = watch
        self.answers = list(answers)
        self.asked: list[float] = []

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.asked.append(round(self.watch.time - 100, 6))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


def client_of(*answers: RawAnswer) -> tuple[Client, Script]:
    watch = Watch()
    script = Script(watch, answers)
    target = Target(api="jodoo", base_url="http://target.example", identities={"main": {"token": "a-key"}})
    return Client(specs.load("jodoo"), target, script, pace=Pace(None, now=watch.now, sleep=watch.sleep)), script


def test_such_a_call_is_sent_again_after_a_rest() -> None:
    client, script = client_of(CROWDED, CROWDED, WRONG)
    assert client.call(CALL).exchange.code == "17017"
    assert script.asked == [0.0, 1.05, 2.1]
    assert [booking.clause for booking in client.bookings(None)] == ["jodoo.error-body"] * 3


def test_in_the_end_the_check_is_blocked_by_the_clause_that_promises_to_serve() -> None:
    client, script = client_of(CROWDED)
    with pytest.raises(Prevented) as caught:
        client.call(CALL)
    assert caught.value.blocker == Blocker("clause", "jodoo.getInstance.rate.served")
    assert script.asked == [0.0, 1.05, 2.1]
    with pytest.raises(Prevented):
        client.call(CALL)
    assert len(script.asked) == 4, "no time is lost on a target that serves nobody"


def test_a_call_that_is_served_gives_new_hope() -> None:
    client, script = client_of(CROWDED, CROWDED, WRONG, CROWDED, CROWDED, WRONG)
    client.call(CALL)
    client.call(CALL)
    assert len(script.asked) == 6


def test_a_burst_is_not_sent_again() -> None:
    client, script = client_of(CROWDED)
    with client.unpaced(1.0):
        assert client.call(CALL).exchange.code == "8303"
        assert [answer.exchange.code for answer in client.volley(CALL, 3)] == ["8303"] * 3
    assert len(script.asked) == 4


def test_another_refusal_with_the_same_status_is_an_answer_like_any() -> None:
    client, script = client_of(WRONG)
    assert client.call(CALL).status == 400
    assert len(script.asked) == 1
