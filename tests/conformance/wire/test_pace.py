"""When requests go out. Time is made by the test."""

from __future__ import annotations

import pytest

import specs
from conformance import Target
from conformance.client import Client
from conformance.target import Limits
from conformance.wire.call import Call
from conformance.wire.pace import Pace, pace_of
from conformance.wire.transport import Message, RawAnswer


class Watch:
    """A clock that only waiting moves."""

    def __init__(self) -> None:
        self.time = 100.0

    def now(self) -> float:
        return self.time

    def sleep(self, seconds: float) -> None:
        self.time += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


def paced(watch: Watch, rate: float | None, asked: float | None = None) -> Pace:
    return Pace(rate, asked=asked, now=watch.now, sleep=watch.sleep)


def sent(pace: Pace, watch: Watch, count: int, taking: float = 0.0) -> list[float]:
    """When that many requests go out, in seconds from 100, each taking some time."""
    times = []
    for _ in range(count):
        with pace.turn():
            times.append(round(watch.time - 100, 6))
            watch.time += taking
    return times


def test_requests_go_out_evenly(watch: Watch) -> None:
    assert sent(paced(watch, 4), watch, 4) == [0.0, 0.25, 0.5, 0.75]


def test_time_that_a_request_takes_counts(watch: Watch) -> None:
    assert sent(paced(watch, 4), watch, 3, taking=0.2) == [0.0, 0.25, 0.5]
    assert sent(paced(watch, 4), watch, 3, taking=0.3) == [0.7, 1.0, 1.3]


def test_a_pause_is_not_made_up_for(watch: Watch) -> None:
    pace = paced(watch, 4)
    sent(pace, watch, 1)
    watch.time += 10
    assert sent(pace, watch, 3) == [10.0, 10.25, 10.5]


def test_without_a_rate_nothing_waits(watch: Watch) -> None:
    assert sent(paced(watch, None), watch, 3) == [0.0, 0.0, 0.0]


def test_a_burst_has_silence_around_it(watch: Watch) -> None:
    pace = paced(watch, 4)
    sent(pace, watch, 2)
    with pace.lifted(1.0):
        assert sent(pace, watch, 3) == [1.25, 1.25, 1.25]
    assert sent(pace, watch, 2) == [2.25, 2.5]


def test_silence_begins_when_the_last_answer_has_come(watch: Watch) -> None:
    pace = paced(watch, 4)
    sent(pace, watch, 1, taking=0.1)
    with pace.lifted(1.0):
        assert sent(pace, watch, 2, taking=0.1) == [1.1, 1.2]
    assert sent(pace, watch, 1) == [2.3]


def test_the_first_burst_waits_only_if_somebody_may_have_asked_before(watch: Watch) -> None:
    pace = paced(watch, 4)
    with pace.lifted(1.0):
        assert sent(pace, watch, 1) == [0.0]
    pace = paced(watch, 4, asked=100.5)
    with pace.lifted(1.0):
        assert sent(pace, watch, 1) == [1.5]


def test_a_burst_may_have_a_rate_of_its_own_and_gives_the_old_one_back(watch: Watch) -> None:
    pace = paced(watch, 4)
    with pytest.raises(KeyError), pace.lifted(1.0, rate=10):
        assert sent(pace, watch, 3) == [0.0, 0.1, 0.2]
        raise KeyError
    assert sent(pace, watch, 2) == [1.2, 1.45]


@pytest.mark.parametrize(
    ("api", "rate", "workers", "expected"),
    [
        ("jodoo", 10.0, 0, 10.0),
        ("jodoo", 10.0, 4, 2.5),
        ("jodoo", None, 0, 25.0),
        ("jodoo", None, 2, 12.5),
        ("supos", 5.0, 1, 5.0),
    ],
)
def test_the_rate_is_the_targets_or_what_the_document_allows(
    api: str, rate: float | None, workers: int, expected: float
) -> None:
    target = Target(api=api, base_url="http://target.example", limits=Limits(rate=rate))
    assert pace_of(specs.load(api), target, workers=workers)._interval == pytest.approx(1 / expected)


def test_an_api_without_a_limit_is_not_paced_unless_the_target_asks_for_it() -> None:
    assert pace_of(specs.load("supos"), Target(api="supos", base_url="http://target.example"))._interval == 0


class Slow:
    """A target that notes when it was asked."""

    def __init__(self, watch: Watch) -> None:
        self.watch = watch
        self.asked: list[float] = []

    def send(self, message: Message, deadline: float) -> RawAnswer:
        self.asked.append(round(self.watch.time - 100, 6))
        return RawAnswer(200, {"content-type": "application/json"}, b"{}")


def test_a_client_keeps_its_pace_but_for_a_volley(watch: Watch) -> None:
    target = Target(api="jodoo", base_url="http://target.example", identities={"main": {"token": "a-key"}})
    slow = Slow(watch)
    client = Client(specs.load("jodoo"), target, slow, pace=paced(watch, 4))
    call = Call("getInstance", body={"instance_id": "1"})
    client.call(call)
    client.call(call)
    with client.unpaced(1.0):
        answers = client.volley(call, 3)
    client.call(call)
    assert slow.asked == [0.0, 0.25, 1.25, 1.25, 1.25, 2.25]
    assert [answer.status for answer in answers] == [200, 200, 200]
    assert len(client.bookings(None)) == 6
