"""A limit of calls: whom it counts, when, and what lifts it. Time is made by the test."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from mockserver.engine.world import World as EngineWorld
from mockserver.errors import Refused
from mockserver.http.app import Mock
from mockserver.http.rates import Admission, admission_of
from mockserver.options import Options
from specs.model import Contract
from specs.rates import RateLimit
from tests.mockserver.http.conftest import BASE, KEY, Shop, Worlds, call

DOCUMENT = json.loads(Path(__file__).with_name("shop.json").read_bytes())
LIMIT = {"calls": 3, "seconds": 1, "status": 409, "code": 109}


@pytest.fixture
def contract() -> Contract:
    document = json.loads(json.dumps(DOCUMENT))
    operation = document["paths"]["/items"]["post"]
    operation["x-rate-limit"] = LIMIT
    operation["responses"]["401"] = {"$ref": "#/components/responses/Refused"}
    return Contract("shop", document)


class Watch:
    def __init__(self) -> None:
        self.time = 50.0

    def __call__(self) -> float:
        return self.time


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def admitted(contract: Contract, watch: Watch) -> Callable[..., bool]:
    """Whether a call of a caller in a world is let in."""
    operation = contract.operations["addItem"]
    limit = RateLimit.of(operation)
    assert limit is not None
    admission = Admission(contract, operation, limit, watch)

    def admitted(world: Any, caller: str = "ann") -> bool:
        with suppress(Refused):
            admission(world, caller)
            return True
        return False

    return admitted


def test_so_many_calls_pass_within_any_second(admitted: Any, watch: Watch) -> None:
    world = EngineWorld()
    seen = []
    for moment in (0.0, 0.4, 0.8, 0.9, 0.99, 1.0, 1.01, 1.4, 1.5, 3.0):
        watch.time = 50.0 + moment
        seen.append(admitted(world))
    assert seen == [True, True, True, False, False, True, False, True, False, True]


def test_a_call_that_is_refused_does_not_count(admitted: Any, watch: Watch) -> None:
    world = EngineWorld()
    assert [admitted(world) for _ in range(50)] == [True] * 3 + [False] * 47
    watch.time += 1
    assert [admitted(world) for _ in range(4)] == [True, True, True, False]


def test_each_caller_has_a_count_of_his_own_in_each_world(admitted: Any) -> None:
    one, other = EngineWorld(), EngineWorld()
    for world in (one, other):
        for caller in ("ann", "bob"):
            assert [admitted(world, caller) for _ in range(4)] == [True, True, True, False]


def test_a_fork_counts_anew(admitted: Any) -> None:
    world = EngineWorld()
    assert [admitted(world) for _ in range(4)] == [True, True, True, False]
    assert admitted(world.fork())


@pytest.mark.parametrize(("option", "passes"), [(1, 1), (5, 5), (0, 20)])
def test_an_option_takes_the_place_of_the_documented_number(admitted: Any, option: int, passes: int) -> None:
    world = EngineWorld()
    world.options["shop.rate-limit"] = option
    assert [admitted(world) for _ in range(20)].count(True) == passes


def test_an_option_may_change_meanwhile(admitted: Any) -> None:
    world = EngineWorld()
    assert [admitted(world) for _ in range(4)] == [True, True, True, False]
    world.options["shop.rate-limit"] = 4
    assert [admitted(world) for _ in range(2)] == [True, False]
    world.options["shop.rate-limit"] = 0
    assert all(admitted(world) for _ in range(9))


def test_an_operation_without_a_limit_has_nothing_that_admits(contract: Contract) -> None:
    assert admission_of(contract, contract.operations["listItems"]) is None
    assert admission_of(contract, contract.operations["addItem"]) is not None


class CountingWorlds(Worlds):
    """The shop's worlds, which can count."""

    def of(self, name: bytes | None) -> Any:
        world: Any = super().of(name)
        for attribute in ("options", "meters"):
            if not hasattr(world, attribute):
                setattr(world, attribute, {})
        return world


@pytest.fixture
def add(contract: Contract, watch: Watch) -> Callable[..., int]:
    """The status of adding an item."""
    worlds = CountingWorlds()
    mock = Mock([Shop(contract)], worlds, Options(body_limit=1000))
    seams: Any = mock.operation("shop", "addItem")
    seams.admit._now = watch
    names = iter(range(1000))

    def add(headers: Any = KEY, **rest: Any) -> int:
        sent = rest or {"data": {"name": f"nut{next(names)}"}}
        answer = call(mock, "POST", f"{BASE}/items", headers=headers, **sent)
        assert answer is not None
        return answer.status

    return add


def test_the_call_beyond_gets_the_documented_refusal(add: Any) -> None:
    assert [add() for _ in range(5)] == [200, 200, 200, 409, 409]


def test_callers_without_credentials_use_nothing_up(add: Any) -> None:
    assert [add({}) for _ in range(5)] == [401] * 5
    assert [add() for _ in range(4)] == [200, 200, 200, 409]


def test_calls_are_counted_before_they_are_read(add: Any) -> None:
    assert [add(body=b"{") for _ in range(3)] == [400, 400, 400]
    assert add(body=b"{") == 409


def test_a_named_world_counts_for_itself(add: Any) -> None:
    assert [add() for _ in range(4)] == [200, 200, 200, 409]
    assert add({**KEY, "X-Mock-World": "w1"}) == 200
