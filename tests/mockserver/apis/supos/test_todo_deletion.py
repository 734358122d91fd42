"""thirdPartyProcessesDel and thirdPartyTasksCompletiveDel: ids and keys together, source and status as filters."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos.todo import PROCESSES, TASKS, Kind, records
from mockserver.apis.supos.todo_center import (
    third_party_processes_del,
    third_party_processes_post,
    third_party_tasks_completive_del,
    third_party_tasks_completive_post,
)
from mockserver.engine.world import World
from tests.mockserver.apis.supos.conftest import run, todo_item

DONE = {"code": 100000000, "message": "Operation succeeded"}


def left(world: World, kind: Kind) -> list[int]:
    return sorted(record.id for record in records(world, kind).values())


@pytest.fixture
def world(world: World) -> World:
    """Processes 1 to 3, tasks 4 to 6; the third of each has another source than the first."""
    for handler, operation, other in (
        (third_party_processes_post, "thirdPartyProcessesPost", {}),
        (third_party_tasks_completive_post, "thirdPartyTasksCompletivePost", {"taskStatus": "pending"}),
    ):
        first = todo_item(operation, "One")
        for item in (first, {**first, **other} if other else todo_item(operation, "two")):
            run(world, handler, body=[item])
        run(world, handler, body=[{**first, "source": "other.example"}])
    return world


def delete_processes(world: World, ids: Any = None, own: Any = None, source: str | None = "mes.supos.com") -> Any:
    return run(world, third_party_processes_del, ids=ids, third_party_instance_ids=own, source=source)


def delete_tasks(
    world: World, status: str, ids: Any = None, own: Any = None, source: str | None = "mes.supos.com"
) -> Any:
    return run(
        world,
        third_party_tasks_completive_del,
        ids=ids,
        third_party_instance_node_ids=own,
        source=source,
        task_status=status,
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, [1, 2, 3]),
        ({"source": None}, [1, 2, 3]),
        ({"ids": [], "own": []}, [1, 2, 3]),
        ({"ids": [1]}, [2, 3]),
        ({"ids": [1], "source": "other.example"}, [2, 3]),
        ({"ids": [1, 1, 99, -1, 2**62]}, [2, 3]),
        ({"own": ["ONE"]}, [2, 3]),
        ({"own": ["one", "One"]}, [2, 3]),
        ({"own": ["one"], "source": "other.example"}, [1, 2]),
        ({"own": ["one"], "source": "nobody"}, [1, 2, 3]),
        ({"own": ["", "nobody"]}, [1, 2, 3]),
        ({"ids": [2], "own": ["one"]}, [3]),
        ({"ids": [1], "own": ["one"]}, [2, 3]),
        ({"ids": [4, 5, 6]}, [1, 2, 3]),
    ],
)
def test_ids_and_instance_ids_of_the_source_delete_together(
    world: World, asked: dict[str, Any], expected: list[int]
) -> None:
    assert delete_processes(world, **asked) == DONE
    assert left(world, PROCESSES) == expected
    assert left(world, TASKS) == [4, 5, 6]
    assert delete_processes(world, **asked) == DONE
    assert left(world, PROCESSES) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"status": "completive"}, [4, 5, 6]),
        ({"status": "completive", "ids": [4, 5]}, [5, 6]),
        ({"status": "entrust", "ids": [4, 5, 6]}, [4, 5, 6]),
        ({"status": "pending", "own": ["ONE"]}, [4, 6]),
        ({"status": "completive", "own": ["ONE"]}, [5, 6]),
        ({"status": "entrust", "own": ["one"]}, [4, 5, 6]),
        ({"status": "completive", "own": ["one"], "source": "other.example"}, [4, 5]),
        ({"status": "completive", "ids": [6], "own": ["one"]}, [5]),
        ({"status": "completive", "ids": [1, 2, 3]}, [4, 5, 6]),
    ],
)
def test_tasks_of_another_status_stay(world: World, asked: dict[str, Any], expected: list[int]) -> None:
    assert delete_tasks(world, **asked) == DONE
    assert left(world, TASKS) == expected
    assert left(world, PROCESSES) == [1, 2, 3]


def test_what_was_deleted_can_be_stored_again_under_a_new_id(world: World) -> None:
    delete_processes(world, own=["one"])
    item = todo_item("thirdPartyProcessesPost", "ONE")
    assert run(world, third_party_processes_post, body=[item]) == [{"id": 7, "thirdPartyInstanceId": "ONE"}]
