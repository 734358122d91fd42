"""The mock's own API."""

from __future__ import annotations

import random
from importlib.metadata import version
from typing import Any

import pytest

import mockserver.control
from mockserver import Options, create_app
from mockserver.adapter import Adapter
from mockserver.control import Control, kit_version
from mockserver.http.app import Mock
from tests.mockserver.http.conftest import Shop, World, Worlds, call


def _bulk(world: World, count: int, rng: random.Random) -> None:
    world.names += [f"bulk{number}" for number in range(count)]


ADAPTER = Adapter(
    name="shop",
    modules={},
    seed=lambda world, seed: None,
    bulk=_bulk,
    roles=lambda world: {"item.first": world.names[0]},
    verifier=lambda scheme: lambda scope: None,
)


def _mock(shop: Shop, worlds: Worlds) -> Mock:
    control = Control([ADAPTER], worlds, 1, token=None)
    mock = Mock([shop, control], worlds, Options())
    control.faults = mock.faults
    return mock


def _ask(mock: Mock, method: str, path: str, **rest: Any) -> Any:
    return call(mock, method, f"/_mock{path}", **rest)


def test_health_counts_faults_and_worlds(shop: Shop, worlds: Worlds, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockserver.control.time.monotonic", lambda: 1000.75)
    mock = _mock(shop, worlds)
    mock.operation("shop", "total").handler = lambda world: None
    call(mock, "GET", "/shop/v1/items/total", headers={"X-Mock-World": "w1"})
    monkeypatch.setattr("mockserver.control.time.monotonic", lambda: 1003.5)
    assert _ask(mock, "GET", "/health").json() == {
        "status": "ok",
        "version": version("workflow-contract-kit"),
        "seed": 1,
        "uptime": 2,
        "faults": 1,
        "worlds": 2,
        "apis": ["shop"],
    }


def test_a_kit_that_is_not_installed_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mockserver.control.DISTRIBUTION", "no-such-distribution")
    assert kit_version.__wrapped__() == "unknown"


def test_seed_adds_tasks_to_one_world(shop: Shop, worlds: Worlds) -> None:
    mock = _mock(shop, worlds)
    answer = _ask(mock, "POST", "/seed", data={"tasks": 2}, headers={"X-Mock-World": "w1"})
    assert answer.json() == {"added": {"shop": 2}}
    assert (worlds.of(b"w1").names, worlds.of(None).names) == (["nut", "bulk0", "bulk1"], ["nut"])


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"tasks": 0}, "body.tasks: is less than the minimum of 1"),
        ({"tasks": 100_001}, "body.tasks: is greater than the maximum of 100000"),
        ({}, "body.tasks: is required"),
        ({"tasks": 1, "api": "shoe"}, "body.api: is none of shop"),
    ],
)
def test_seed_says_what_it_cannot_take(shop: Shop, worlds: Worlds, body: Any, message: str) -> None:
    answer = _ask(_mock(shop, worlds), "POST", "/seed", data=body)
    assert (answer.status, answer.json()) == (400, {"code": "refused", "message": message})


def test_reset_puts_the_named_world_back_and_no_other(shop: Shop, worlds: Worlds) -> None:
    mock = _mock(shop, worlds)
    worlds.of(b"w1").names, worlds.of(None).names = ["a"], ["b"]
    answer = _ask(mock, "POST", "/reset", headers={"X-Mock-World": "w1"})
    assert (answer.status, answer.body) == (204, b"")
    assert (worlds.of(b"w1").names, worlds.of(None).names) == (["nut"], ["b"])
    _ask(mock, "POST", "/reset")
    assert worlds.of(None).names == ["nut"]


def test_fixtures_are_the_roles_of_each_api(shop: Shop, worlds: Worlds) -> None:
    assert _ask(_mock(shop, worlds), "GET", "/fixtures").json() == {"shop": {"item.first": "nut"}}


@pytest.mark.parametrize(("method", "path"), [("GET", "/fixtures"), ("POST", "/reset")])
def test_a_world_has_a_name(shop: Shop, worlds: Worlds, method: str, path: str) -> None:
    answer = _ask(_mock(shop, worlds), method, path, headers={"X-Mock-World": ""})
    assert (answer.status, answer.json()["code"]) == (400, "refused")


def test_the_tasks_of_seed_can_be_executed_in_a_world_that_started_empty() -> None:
    mock = create_app(("supos",), options=Options(empty=True, auth=False))
    base, anybody = "/open-api/p/workflow/v2/tasks/pending", {"Content-Type": "application/json"}
    assert _ask(mock, "POST", "/seed", data={"tasks": 4}, headers={}).json() == {"added": {"supos": 4}}
    listed = call(mock, "GET", f"{base}/all-users?current=1&pageSize=9", headers={})
    assert listed is not None
    holders = {task["taskId"]: task["userName"] for task in listed.json()["list"]}
    assert len(holders) == 4
    assert "pager" in holders.values()
    for task, user in holders.items():
        answer = call(mock, "POST", base, headers=anybody, data={"taskId": task, "username": user})
        assert answer is not None
        assert answer.status == 200
    assert mock.faults.count == 0


def test_an_unknown_path_below_the_mocks_own_api_is_a_404_in_its_shape(shop: Shop, worlds: Worlds) -> None:
    answer = _ask(_mock(shop, worlds), "GET", "/nope")
    assert answer.json() == {"code": "refused", "message": "there is no operation at /_mock/nope"}


def test_seed_stops_where_a_world_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mockserver.control, "MOST", 20)
    mock = create_app(apis=("supos",), options=Options(empty=True))
    assert _seeded(mock, 12) == (200, "")
    full = "body.tasks: a world holds at most 20 tasks of supos; POST /_mock/reset takes them away"
    assert _seeded(mock, 12) == (400, full)
    assert _seeded(mock, 8) == (200, "")
    assert len(mock.worlds.of(None).part("supos").table("tasks")) == 20


def _seeded(mock: Mock, tasks: int) -> tuple[int, str]:
    answer = _ask(mock, "POST", "/seed", data={"tasks": tasks}, headers={})
    return answer.status, answer.json().get("message", "")
