"""The mock's own API."""

from __future__ import annotations

import random
from typing import Any

import pytest

from mockserver.adapter import Adapter
from mockserver.control import Control
from mockserver.http.app import Mock
from mockserver.options import Options
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


def _mock(shop: Shop, worlds: Worlds, token: str | None = None) -> Mock:
    control = Control([ADAPTER], worlds, 1, token=token)
    mock = Mock([shop, control], worlds, Options())
    control.faults = mock.faults
    return mock


def _ask(mock: Mock, method: str, path: str, **rest: Any) -> Any:
    return call(mock, method, f"/_mock{path}", **rest)


def test_health_counts_faults_and_worlds(shop: Shop, worlds: Worlds) -> None:
    mock = _mock(shop, worlds)
    mock.operation("shop", "total").handler = lambda world: None
    call(mock, "GET", "/shop/v1/items/total", headers={"X-Mock-World": "w1"})
    assert _ask(mock, "GET", "/health").json() == {"status": "ok", "faults": 1, "worlds": 2, "apis": ["shop"]}


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


def test_with_a_token_only_its_bearers_are_let_in(shop: Shop, worlds: Worlds) -> None:
    mock = _mock(shop, worlds, token="t0ken")
    assert _ask(mock, "GET", "/health", headers={"Authorization": "Bearer t0ken"}).status == 200
    for headers in ({}, {"Authorization": "Bearer other"}):
        answer = _ask(mock, "GET", "/health", headers=headers)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.json() == {"code": "unauthorized", "message": "The token is missing or wrong."}


def test_an_unknown_path_below_the_mocks_own_api_is_a_404_in_its_shape(shop: Shop, worlds: Worlds) -> None:
    answer = _ask(_mock(shop, worlds), "GET", "/nope")
    assert answer.json() == {"code": "refused", "message": "there is no operation at /_mock/nope"}
