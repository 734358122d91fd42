"""thirdPartyProcessesPost and updateProcessPut: which record an item means, and what a batch may not do."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos.todo import PROCESSES, Record, records
from mockserver.apis.supos.todo_center import third_party_processes_post, update_process_put
from mockserver.engine.world import World
from tests.mockserver.apis.supos.conftest import refused_code, run, todo_item

UNKNOWN = "nobody-here"
DONE = {"code": 100000000, "message": "Operation succeeded"}


def item(own_id: str, **fields: Any) -> dict[str, Any]:
    return todo_item("thirdPartyProcessesPost", own_id, **fields)


def change(own_id: Any, **fields: Any) -> dict[str, Any]:
    return todo_item("updateProcessPut", own_id, **{"id": ..., **fields})


def post(world: World, *items: dict[str, Any]) -> Any:
    return run(world, third_party_processes_post, body=list(items))


def put(world: World, *items: dict[str, Any]) -> Any:
    return run(world, update_process_put, body=list(items))


def stored(world: World) -> dict[int, tuple[str, str]]:
    """Id -> name and instance id of every record."""
    return {
        record.id: (record.item["processName"], record.item["thirdPartyInstanceId"])
        for record in records(world, PROCESSES).values()
    }


def test_answers_follow_the_request_with_an_id_each(world: World) -> None:
    assert post(world, item("b"), item("a")) == [
        {"id": 1, "thirdPartyInstanceId": "b"},
        {"id": 2, "thirdPartyInstanceId": "a"},
    ]


def test_an_empty_batch_changes_nothing(world: World) -> None:
    before = world.state()
    assert post(world) == []
    assert put(world) == DONE
    assert world.state() == before


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([item("a"), item("b", source="x")], "100108526"),
        ([item("a"), item("A")], "100108532"),
        ([item("a"), item("a"), item("b", source="x")], "100108526"),
        ([item("a", staffName=UNKNOWN), item("A")], "100108532"),
        ([item("a", staffName="zhang san")], "100108527"),
        ([item("new"), item("STORED")], "100108601"),
        ([item("stored", status="completed")], "100108601"),
        ([item("stored"), item("new", staffName=UNKNOWN)], "100108527"),
    ],
)
def test_a_batch_is_refused_with_the_first_code_and_stores_nothing(
    world: World, items: list[dict[str, Any]], code: str
) -> None:
    post(world, item("stored"))
    assert refused_code(world, third_party_processes_post, body=items) == code


def test_another_source_is_another_process(world: World) -> None:
    post(world, item("a"))
    post(world, item("a", source="other.example"))
    assert len(records(world, PROCESSES)) == 2


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([change("a"), change("b", source="x")], "100108526"),
        ([change("a"), change("A")], "100108532"),
        ([change("x", id=1), change("y", id=1)], "100108532"),
        ([change(..., id=1), change("A")], "100108532"),
        ([change("A"), change("x", id=1)], "100108532"),
        ([change(..., id=2), change(None, id=2)], "100108532"),
        ([change("nobody"), change("NOBODY")], "100108532"),
        ([change("a", staffName=UNKNOWN)], "100108527"),
        ([change("nobody", staffName=UNKNOWN)], "100108527"),
        ([change("nobody")], "100108603"),
        ([change("a"), change("nobody", id=99)], "100108603"),
        ([change(..., id=99)], "100108603"),
        ([change("a", source="third.example")], "100108603"),
        ([change("b", id=1), change("b")], "100108532"),
        ([change("B", id=1)], "100108602"),
        ([change("x", id=2), change("c", id=1)], "100108602"),
        ([change(..., id=4)], "100108602"),
    ],
)
def test_a_change_is_refused_with_the_first_code_and_modifies_nothing(
    world: World, items: list[dict[str, Any]], code: str
) -> None:
    post(world, item("a"), item("b"), item("c"))
    post(world, item("a", source="other.example"))
    assert refused_code(world, update_process_put, body=items) == code


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (change("a"), {1: ("***process", "a")}),
        (change("A", processName="new"), {1: ("new", "A")}),
        (change("a", id=None, processName="new"), {1: ("new", "a")}),
        (change("a", id=99, processName="new"), {1: ("new", "a")}),
        (change("b", id=1), {1: ("***process", "b")}),
        (change(..., id=1, processName="new"), {1: ("new", "a")}),
        (change(None, id=1, processName="new"), {1: ("new", "a")}),
    ],
)
def test_a_record_is_found_by_its_id_or_else_by_its_key(
    world: World, changed: dict[str, Any], expected: dict[int, tuple[str, str]]
) -> None:
    post(world, item("a"))
    assert put(world, changed) == DONE
    assert stored(world) == expected


def test_a_former_instance_id_is_free_and_the_new_one_taken(world: World) -> None:
    post(world, item("a"))
    put(world, change("b", id=1))
    assert refused_code(world, third_party_processes_post, body=[item("B")]) == "100108601"
    assert post(world, item("a")) == [{"id": 2, "thirdPartyInstanceId": "a"}]


def test_two_records_can_exchange_their_instance_ids(world: World) -> None:
    post(world, item("a"), item("b"))
    put(world, change("b", id=1), change("a", id=2))
    assert stored(world) == {1: ("***process", "b"), 2: ("***process", "a")}


def test_a_change_keeps_what_it_does_not_name(world: World) -> None:
    post(world, item("a", thirdPartyInstanceCode="kept"))
    put(world, change("a", status="completed", completeTime=None))
    printed = item("a", thirdPartyInstanceCode="kept", status="completed")
    assert records(world, PROCESSES)[1] == Record(1, printed)
