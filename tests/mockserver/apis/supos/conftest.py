"""What the adapter's tests share: the default world, its clock standing still."""

from __future__ import annotations

from typing import Any

import pytest

import specs
from mockserver.apis.supos.process_management import start_process
from mockserver.apis.supos.task_management import query_pending
from mockserver.apis.supos.world import MAIN, SAMPLE_TIME, fill, prepare
from mockserver.engine.clock import Clock
from mockserver.engine.world import World

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
