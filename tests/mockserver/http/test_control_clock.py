"""The clock of a world over the control API, seen through supOS."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from mockserver import Options, create_app
from mockserver.engine import timeline
from mockserver.http.app import Mock
from mockserver.times import milliseconds
from tests.mockserver.http.conftest import call

API = "/open-api/p/workflow/v2"
START = {
    "processKey": "K2002018123456789",
    "username": "test",
    "assigns": [{"taskDefKey": "userTask_123", "users": ["test1"]}],
}
NOON = {"time": "2024-05-01T12:00:00+08:00"}
NOON_UTC = {"time": "2024-05-01T04:00:00.000Z", "fixed": True}


@pytest.fixture
def mock() -> Mock:
    return create_app(("supos",), options=Options(auth=False))


def _ask(mock: Mock, method: str, path: str, data: Any = None, world: str | None = None) -> Any:
    headers = {} if world is None else {"X-Mock-World": world}
    answer = call(mock, method, path, headers=headers, data=data)
    assert answer is not None
    assert mock.faults.count == 0
    return answer


def _clock(mock: Mock, data: Any = None, world: str | None = None) -> Any:
    return _ask(mock, "GET" if data is None else "POST", "/_mock/clock", data, world).json()


def _list(mock: Mock, path: str, **query: str) -> Any:
    return _ask(mock, "GET", f"{API}{path}?{urlencode(query)}").json()["list"]


def _machine(text: str) -> bool:
    """Whether a time is about that of the machine."""
    return abs(datetime.fromisoformat(text).timestamp() - time.time()) < 60


def test_a_clock_follows_the_machine_until_it_is_moved(mock: Mock) -> None:
    told = _clock(mock)
    assert (_machine(told["time"]), told["fixed"]) == (True, False)


def test_a_clock_stands_where_it_is_put_and_moves_on_from_there(mock: Mock) -> None:
    assert _clock(mock, NOON) == NOON_UTC
    assert _clock(mock) == NOON_UTC
    assert _clock(mock, {"advance": 1}) == {"time": "2024-05-01T04:00:00.001Z", "fixed": True}
    assert _clock(mock, {"advance": 0}) == {"time": "2024-05-01T04:00:00.001Z", "fixed": True}
    assert _clock(mock, {"time": "2024-05-02T00:00:00.5Z"}) == {"time": "2024-05-02T00:00:00.500Z", "fixed": True}


def test_a_clock_that_follows_the_machine_stands_still_once_it_is_moved_on(mock: Mock) -> None:
    before = time.time()
    told = _clock(mock, {"advance": 3_600_000})
    ahead = datetime.fromisoformat(told["time"]).timestamp() - before
    assert 3_599.99 < ahead < 3_660
    assert told["fixed"] is True
    assert _clock(mock) == told


def test_a_clock_follows_the_machine_again(mock: Mock) -> None:
    _clock(mock, NOON)
    told = _clock(mock, {"real": True})
    assert (_machine(told["time"]), told["fixed"]) == (True, False)


def test_what_the_api_writes_down_has_the_time_of_the_clock(mock: Mock) -> None:
    _clock(mock, NOON)
    process = _ask(mock, "POST", f"{API}/processes", START).json()["processId"]
    _clock(mock, {"advance": 90_000})
    (task,) = (row for row in _list(mock, "/tasks/pending", username="test1") if row["processId"] == process)
    assert task["startTime"] == "2024-05-01T12:00:00.000+0800"
    _ask(mock, "POST", f"{API}/tasks/pending", {"taskId": task["taskId"], "username": "test1"})
    _clock(mock, {"time": "2024-05-03T12:00:00+08:00"})
    assert _ask(mock, "POST", f"{API}/processes/{process}/cancellation", {"username": "test"}).status == 200
    detail = _ask(mock, "GET", f"{API}/processes/{process}?username=test").json()
    assert (detail["startTime"], detail["endTime"]) == (
        "2024-05-01T12:00:00.000+0800",
        "2024-05-03T12:00:00.000+0800",
    )
    log = _ask(mock, "GET", f"{API}/processes/{process}/logs?username=test").json()
    assert sorted(entry["createTime"] for entry in log) == [
        "2024-05-01T12:00:00.000+0800",
        "2024-05-01T12:01:30.000+0800",
        "2024-05-03T12:00:00.000+0800",
    ]


@pytest.mark.parametrize("back", [{"time": "2024-05-01T03:59:59.999Z"}, {"real": True}])
def test_a_clock_does_not_go_back_behind_what_was_written_down(mock: Mock, back: Any) -> None:
    there = {"time": "2400-01-01T00:00:00Z"} if "real" in back else NOON
    told = _clock(mock, there)
    _ask(mock, "POST", f"{API}/processes", START)
    answer = _ask(mock, "POST", "/_mock/clock", back)
    assert answer.status == 400
    assert answer.json()["code"] == "refused"
    assert answer.json()["message"].endswith(
        f"lies before {told['time']}, the latest time that this world has written down; POST /_mock/reset takes that "
        "away"
    )
    assert _clock(mock) == told
    assert _clock(mock, {"time": told["time"]}) == told  # the very moment is no step back


def test_a_clock_goes_back_where_nothing_was_written_down_since(mock: Mock) -> None:
    _clock(mock, NOON)
    assert _clock(mock, {"time": "2021-01-01T00:00:00Z"})["time"] == "2021-01-01T00:00:00.000Z"


def test_reset_lets_a_clock_go_back(mock: Mock) -> None:
    _clock(mock, NOON)
    _ask(mock, "POST", f"{API}/processes", START)
    assert _ask(mock, "POST", "/_mock/reset").status == 204
    assert _clock(mock)["fixed"] is False
    assert _clock(mock, {"time": "2021-01-01T00:00:00Z"})["time"] == "2021-01-01T00:00:00.000Z"


def test_worlds_have_clocks_of_their_own_and_reset_puts_them_back() -> None:
    mock = create_app(("supos",), options=Options(auth=False, clock="2024-05-01T04:00:00Z"))
    _clock(mock, {"advance": 1000}, "a")
    assert [_clock(mock, world=world)["time"][-7:] for world in (None, "a", "b")] == ["00.000Z", "01.000Z", "00.000Z"]
    assert mock.worlds.of(b"a").fork().clock == mock.worlds.of(b"a").clock
    _ask(mock, "POST", "/_mock/reset", world="a")
    assert _clock(mock, world="a") == NOON_UTC


def test_what_any_api_has_written_down_counts() -> None:
    mock = create_app(("jodoo", "supos"))
    _clock(mock, {"time": "2400-01-01T00:00:00Z"})
    _ask(mock, "POST", "/_mock/seed", {"api": "jodoo", "tasks": 1})
    answer = _ask(mock, "POST", "/_mock/clock", {"time": "2390-01-01T00:00:00Z"})
    assert answer.status == 400
    assert answer.json()["message"].startswith("body.time: 2390-01-01T00:00:00.000Z lies before 2399-")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "body: gives nothing; give exactly one of time, advance, real"),
        (
            {"time": "2024-05-01T04:00:00Z", "advance": 1},
            "body: gives time and advance; give exactly one of time, advance, real",
        ),
        ({"real": False}, "body.real: may only be true; give a time at which the clock is to stand"),
        ({"real": 1}, 'body.real: is not of type "boolean"'),
        ({"time": "noon"}, 'body.time: is not a "date-time"'),
        ({"time": "2024-05-01T04:00:00"}, 'body.time: is not a "date-time"'),
        ({"time": "2024-02-30T04:00:00Z"}, 'body.time: is not a "date-time"'),
        ({"time": "2016-12-31T23:59:60Z"}, "body.time: is no time"),
        ({"time": "1969-12-31T23:59:59Z"}, "body.time: lies outside of the years 1970 to 9998"),
        ({"time": "9999-01-01T00:00:00Z"}, "body.time: lies outside of the years 1970 to 9998"),
        ({"time": None}, "body.time: may not be null"),
        ({"advance": -1}, "body.advance: is less than the minimum of 0"),
        ({"advance": 3_155_760_000_001}, "body.advance: is greater than the maximum of 3155760000000"),
        ({"advance": 1.5}, 'body.advance: is not of type "integer"'),
        ({"advance": "1"}, 'body.advance: is not of type "integer"'),
    ],
)
def test_a_request_that_is_not_understood_moves_nothing(mock: Mock, body: Any, message: str) -> None:
    _clock(mock, NOON)
    answer = _ask(mock, "POST", "/_mock/clock", body)
    assert (answer.status, answer.json()) == (400, {"code": "refused", "message": message})
    assert _clock(mock) == NOON_UTC


def test_a_clock_is_not_moved_on_beyond_what_can_be_written(mock: Mock) -> None:
    last = _clock(mock, {"time": "9998-12-31T23:59:59.999Z"})
    answer = _ask(mock, "POST", "/_mock/clock", {"advance": 1})
    assert answer.json()["message"] == "body.advance: lies outside of the years 1970 to 9998"
    assert _clock(mock) == last
    process = _ask(mock, "POST", f"{API}/processes", START).json()["processId"]
    detail = _ask(mock, "GET", f"{API}/processes/{process}?username=test").json()
    assert detail["startTime"] == "9999-01-01T07:59:59.999+0800"


def test_a_time_of_many_digits_is_cut_to_milliseconds(mock: Mock) -> None:
    told = _clock(mock, {"time": "2024-05-01t04:00:00." + "0" * 10_000 + "z"})
    assert told == NOON_UTC


def test_no_time_that_the_engine_writes_down_is_forgotten(mock: Mock) -> None:
    told = _clock(mock, NOON)
    now = milliseconds(told["time"])
    process, _ = (_ask(mock, "POST", f"{API}/processes", START).json()["processId"] for _ in range(2))
    (task,) = (row for row in _list(mock, "/tasks/pending", username="test1") if row["processId"] == process)
    _ask(mock, "POST", f"{API}/tasks/pending", {"taskId": task["taskId"], "username": "test1"})
    _ask(mock, "POST", f"{API}/processes/{process}/cancellation", {"username": "test"})
    world = mock.worlds.of(None).part("supos")
    written = {
        (name, row.__class__.__name__, field)
        for name, table in world._tables.items()
        for row in table.values()
        for field in getattr(row, "__slots__", ())
        if getattr(row, field) == now
    }
    assert {name for name, *_ in written} == set(timeline.STAMPS)
    for name, table in world._tables.items():
        for row in table.values():
            times = {getattr(row, field) for kind, _, field in written if kind == name}
            assert times - {None} <= set(timeline.STAMPS[name](row) if name in timeline.STAMPS else ())
