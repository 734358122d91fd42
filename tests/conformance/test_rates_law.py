"""The law of limits on servers that count in other ways than our mock, or answer too slowly to be judged."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from types import SimpleNamespace

import pytest

import specs
from conformance import Target
from conformance.check import Item, items_of, run
from conformance.client import Client
from conformance.given import Given
from conformance.laws import rates
from conformance.outcome import Outcome, Status
from conformance.wire.pace import Pace
from conformance.wire.transport import Message, RawAnswer

Judged = Callable[..., dict[str, Outcome]]

CONTRACT = specs.load("jodoo")
SHOWN = CONTRACT.operations["getInstance"].raw["responses"]["200"]["content"]["application/json;charset=utf-8"]
SERVED = RawAnswer(200, {"content-type": "application/json"}, json.dumps(SHOWN["examples"]["sample"]["value"]).encode())


def refused(code: int) -> RawAnswer:
    return RawAnswer(400, {"content-type": "application/json"}, json.dumps({"code": code, "msg": "no"}).encode())


class Watch:
    """A clock that waiting and answering move."""

    def __init__(self) -> None:
        self.time = 0.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


class Server:
    """Counts in some way; answers take a while."""

    def __init__(self, watch: Watch, admits: Callable[[float], bool], taking: float = 0.001) -> None:
        self.watch = watch
        self.admits = admits
        self.taking = taking

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.watch.time += self.taking
        if not any(name == "Authorization" for name, _ in message.headers):
            return refused(8301)
        if not self.admits(self.watch.time):
            return refused(8303)
        return SERVED if b"tasks_type" in message.body and b"instance_id" in message.body else refused(17017)


def fixed(calls: int, phase: float) -> Callable[[float], bool]:
    """So many calls in each second of a clock that is not ours."""
    counted: dict[int, int] = {}

    def admits(now: float) -> bool:
        second = int(now + phase)
        counted[second] = counted.get(second, 0) + 1
        return counted[second] <= calls

    return admits


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> Judged:
    """Rule -> outcome of each law of the limit on a server."""

    def judged(admits: Callable[[float], bool], taking: float = 0.001) -> dict[str, Outcome]:
        watch = Watch()
        monkeypatch.setattr(rates, "time", SimpleNamespace(monotonic=watch.now))
        target = Target(
            api="jodoo",
            base_url="http://target.example",
            identities={"main": {"token": "a-key"}},
            roles={"instance.main": "63ff32d918fbc20007a4a082"},
        )
        pace = Pace(25, now=watch.now, sleep=watch.sleep)
        client = Client(CONTRACT, target, Server(watch, admits, taking), pace=pace)
        given = Given(client, "test")
        return {str(item.case.data[1]): run(item, client, given) for item in _laws() if item.case is not None}

    return judged


def _laws() -> list[Item]:
    return [item for item in items_of(CONTRACT) if ".rate." in item.clauses[0]]


@pytest.mark.parametrize("phase", [0.0, 0.25, 0.5, 0.97, 0.99])
def test_a_server_that_counts_in_seconds_of_its_own_clock_keeps_its_promises(judged: Judged, phase: float) -> None:
    outcomes = judged(fixed(30, phase))
    assert {rule: outcome.status for rule, outcome in outcomes.items()} == dict.fromkeys(outcomes, Status.PASS)


def test_a_server_that_never_refuses_breaks_one_promise(judged: Judged) -> None:
    outcomes = judged(lambda _: True)
    assert {rule for rule, outcome in outcomes.items() if outcome.status is Status.FAIL} == {"refused"}
    blocked = {rule: str(o.blocker) for rule, o in outcomes.items() if o.status is Status.BLOCKED}
    assert blocked == dict.fromkeys(
        ("recovers", "refused-uncounted", "invalid-counted"), "clause jodoo.getInstance.rate.refused"
    )


def test_a_stricter_server_breaks_the_promise_to_serve(judged: Judged) -> None:
    outcomes = judged(fixed(12, 0.0))
    assert {rule for rule, outcome in outcomes.items() if outcome.status is not Status.PASS} == {"served"}


def test_a_server_that_is_too_slow_is_not_judged_where_speed_is_needed(judged: Judged) -> None:
    outcomes = judged(fixed(30, 0.0), taking=0.05)
    unjudged = {rule: str(o.blocker) for rule, o in outcomes.items() if o.status is Status.BLOCKED}
    assert unjudged == dict.fromkeys(
        ("refused", "recovers", "refused-uncounted", "invalid-counted"), "capability burst"
    )
    assert outcomes["served"].status is Status.PASS


def test_the_law_waits_for_silence_around_each_burst(judged: Judged) -> None:
    moments: list[float] = []

    def admits(now: float) -> bool:
        moments.append(now)
        return fixed(30, 0.0)(now)

    judged(admits)
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    assert sum(gap > 1.0 for gap in gaps) >= 4


def test_laws_of_limits_come_last_and_alone() -> None:
    items = items_of(CONTRACT)
    assert [item.check.serial for item in items] == sorted(item.check.serial for item in items)
    assert {item.clauses[0] for item in items if item.check.serial} == {
        clause.id for clause in CONTRACT.clauses.values() if clause.kind == "limit"
    }
