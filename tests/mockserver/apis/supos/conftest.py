"""What the adapter's tests share: the default world, its clock standing still."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import specs
from mockserver.apis.supos.process_management import start_process
from mockserver.apis.supos.task_management import query_pending
from mockserver.apis.supos.world import MAIN, SAMPLE_TIME, fill, prepare
from mockserver.engine.clock import Clock
from mockserver.engine.world import World
from mockserver.errors import Refused

NOW = SAMPLE_TIME + 1_000


@pytest.fixture
def world() -> World:
    made = World(clock=Clock(NOW))
    prepare(made)
    fill(made, 1)
    return made


def sample(operation: str) -> Any:
    """The request that the document prints for an operation."""
    media = specs.load("supos").operations[operation].raw["requestBody"]["content"]["application/json"]
    return media["examples"]["sample"]["value"]


def todo_item(operation: str, own_id: str, **fields: Any) -> dict[str, Any]:
    """An item of the printed batch of an operation, with another id of the other system; ``...`` leaves a field out."""
    (printed,) = sample(operation)
    name = "thirdPartyInstanceNodeId" if "thirdPartyInstanceNodeId" in printed else "thirdPartyInstanceId"
    return {key: value for key, value in {**printed, name: own_id, **fields}.items() if value is not ...}


def run(world: World, handler: Callable[..., Any], **arguments: Any) -> Any:
    """The answer of a handler that writes."""
    with world.command():
        return handler(world, **arguments)


def refused_code(world: World, handler: Callable[..., Any], **arguments: Any) -> str | None:
    """The code with which a handler refuses; the world stays as it was."""
    before = world.state()
    with pytest.raises(Refused) as caught:
        run(world, handler, **arguments)
    assert world.state() == before
    return caught.value.code


def pending(world: World, user: str, app: str | None = None, current: int = 1, page_size: int = 10) -> Any:
    """The answer of queryPending."""
    return query_pending(world, username=user, app_id=app, current=current, page_size=page_size)


def pending_ids(world: World, user: str, app: str | None = None) -> list[str]:
    """The ids of a user's pending tasks, in the order of the list."""
    return [row["taskId"] for row in pending(world, user, app)["list"]]


def started(world: World, *users: str, **fields: Any) -> str:
    """Start the main process for test, its approval by these users; gives the process's id."""
    body = {
        "processKey": MAIN,
        "username": "test",
        "assigns": [{"taskDefKey": "userTask_123", "users": list(users)}],
        **fields,
    }
    return str(start_process(world, body=body)["processId"])
