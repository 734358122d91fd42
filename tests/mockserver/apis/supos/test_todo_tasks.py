"""thirdPartyTasksCompletivePost: duplicates, order of checks, whole batches."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos.todo import TASKS, records
from mockserver.apis.supos.todo_center import third_party_tasks_completive_post
from mockserver.engine.world import World
from tests.mockserver.apis.supos.conftest import refused_code, run, todo_item


def item(node: str, **fields: Any) -> dict[str, Any]:
    return todo_item("thirdPartyTasksCompletivePost", node, **fields)


def post(world: World, *items: dict[str, Any]) -> Any:
    return run(world, third_party_tasks_completive_post, body=list(items))


UNKNOWN = "nobody-here"


def test_answers_follow_the_request_with_an_id_each(world: World) -> None:
    answer = post(world, item("b"), item("a"))
    assert [(row["id"], row["thirdPartyInstanceNodeId"]) for row in answer] == [(1, "b"), (2, "a")]


def test_an_empty_batch_stores_nothing(world: World) -> None:
    before = world.state()
    assert post(world) == []
    assert world.state() == before


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([item("a"), item("b", source="x")], "100108526"),
        ([item("a"), item("a")], "100108532"),
        ([item("Node"), item("nODE")], "100108532"),
        ([item("a"), item("a"), item("b", source="x")], "100108526"),
        ([item("a", personName=UNKNOWN), item("b", source="x")], "100108526"),
        ([item("a", personName=UNKNOWN), item("A")], "100108532"),
        ([item("a", personName=UNKNOWN)], "100108527"),
        ([item("a", initiator=UNKNOWN)], "100108527"),
        ([item("a", mandataryName=UNKNOWN)], "100108527"),
        ([item("a", personName="zhang san")], "100108527"),
        ([item("stored")], "100108601"),
        ([item("new"), item("STORED")], "100108601"),
        ([item("stored"), item("new", personName=UNKNOWN)], "100108527"),
    ],
)
def test_a_batch_is_refused_with_the_first_code_and_stores_nothing(
    world: World, items: list[dict[str, Any]], code: str
) -> None:
    post(world, item("stored"))
    assert refused_code(world, third_party_tasks_completive_post, body=items) == code


def test_another_status_or_source_is_another_record(world: World) -> None:
    post(world, item("a"))
    post(world, item("a", taskStatus="pending"))
    post(world, item("a", source="other.example"))
    assert len(records(world, TASKS)) == 3


def test_an_absent_mandatary_is_not_looked_up(world: World) -> None:
    without = item("c", mandataryName=...)
    assert len(post(world, item("a", mandataryName=None), item("b", mandataryName=""), without)) == 3
