"""queryPending, startProcess and submitTask: what their samples do not show."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos.process_management import start_process
from mockserver.apis.supos.representations import completed_task_path, time_text
from mockserver.apis.supos.roles import ROLES
from mockserver.apis.supos.task_management import submit_task
from mockserver.engine import rows
from mockserver.engine.clock import Clock
from mockserver.engine.rows import State, Task
from mockserver.engine.world import World
from mockserver.errors import Refused
from tests.mockserver.apis.supos.conftest import NOW, pending, pending_ids, started


def refused_code(world: World, act: Any, body: dict[str, Any]) -> str | None:
    """The code with which a handler refuses; the world stays as it was."""
    before = world.state()
    with pytest.raises(Refused) as caught, world.command():
        act(world, body=body)
    assert world.state() == before
    return caught.value.code


def test_the_list_of_an_unknown_user_is_refused(world: World) -> None:
    with pytest.raises(Refused) as caught:
        pending(world, "nobody-here")
    assert caught.value.code == "100108230"


def test_usernames_are_told_apart_by_case(world: World) -> None:
    with pytest.raises(Refused):
        pending(world, "TEST")


def test_a_user_without_tasks_has_an_empty_list(world: World) -> None:
    assert pending(world, "wangwu") == {"list": [], "pagination": {"current": 1, "pageSize": 10, "total": 0}}


def test_pages_are_newest_first_and_echo_what_was_asked(world: World) -> None:
    for number in range(5):
        world.clock = Clock(NOW + number)
        started(world, "pager", processName=f"number {number}")
    answer = pending(world, "pager", current=2, page_size=2)
    assert [row["processName"] for row in answer["list"]] == ["number 2", "number 1"]
    assert answer["pagination"] == {"current": 2, "pageSize": 2, "total": 5}


def test_a_page_far_behind_the_end_is_empty(world: World) -> None:
    answer = pending(world, "test", current=10**30, page_size=500)
    assert answer == {"list": [], "pagination": {"current": 10**30, "pageSize": 500, "total": 1}}


def test_tasks_that_began_at_once_are_listed_by_id(world: World) -> None:
    for _ in range(3):
        started(world, "pager")
    ids = pending_ids(world, "pager")
    assert ids == sorted(ids)
    assert len(ids) == 3


def test_app_id_filters_exactly(world: World) -> None:
    first = started(world, "pager", appId="one")
    started(world, "pager", appId="one more")
    assert [row["processId"] for row in pending(world, "pager", "one")["list"]] == [first]
    assert pending_ids(world, "pager", "ONE") == []
    assert len(pending_ids(world, "pager", "")) == 2


def test_a_start_without_app_id_takes_that_of_the_definition(world: World) -> None:
    started(world, "pager", appId=None)
    assert len(pending_ids(world, "pager", ROLES["app.main"])) == 1


def test_the_suspended_task_is_listed_with_77(world: World) -> None:
    (row,) = pending(world, ROLES["task.suspended.user"])["list"]
    assert (row["taskId"], row["status"]) == (ROLES["task.suspended"], 77)


def test_a_long_process_name_is_cut_to_what_lists_can_show(world: World) -> None:
    started(world, "pager", processName="n" * 201)
    (row,) = pending(world, "pager")["list"]
    assert row["processName"] == "n" * 200


def test_entries_for_one_section_add_up(world: World) -> None:
    entries = [{"taskDefKey": "userTask_123", "users": [user]} for user in ("test2", "pager", "test2")]
    started(world, assigns=entries)
    assert pending_ids(world, "pager") == pending_ids(world, "test2")
    assert len(pending_ids(world, "test2")) == 1


START = {
    "processKey": ROLES["process.main"],
    "username": "test",
    "assigns": [{"taskDefKey": "userTask_123", "users": ["test1"]}],
}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": "nobody-here", "processKey": "K"}, "100108230"),
        ({"assigns": [{"taskDefKey": "elsewhere", "users": ["nobody-here"]}], "processKey": "K"}, "100108230"),
        ({"processKey": "K"}, "100108002"),
        ({"processKey": str(ROLES["process.main"]).lower()}, "100108002"),
        ({"processKey": ROLES["process.unpublished"]}, "100108112"),
        ({"audit": {"seqKey": "edge"}, "assigns": None}, None),
        ({"assigns": None}, "100108213"),
        ({"assigns": []}, "100108213"),
        ({"assigns": [{"taskDefKey": "userTask_123", "users": []}]}, "100108213"),
        ({"assigns": [{"taskDefKey": "userTask_123", "users": None}]}, "100108213"),
        ({"processKey": ROLES["process.position-empty"]}, "100108228"),
    ],
)
def test_a_start_is_refused_with_the_first_code_and_leaves_nothing(
    world: World, fields: dict[str, Any], code: str | None
) -> None:
    assert refused_code(world, start_process, {**START, **fields}) == code


def test_audits_without_a_key_take_the_default_flow(world: World) -> None:
    for audit in (None, {}, {"seqKey": None, "value": "1"}, {"seqKey": ""}):
        started(world, "pager", audit=audit)
    assert len(pending_ids(world, "pager")) == 4


def test_a_rejecting_outcome_ends_the_sample_process(world: World) -> None:
    body = {"taskId": "1000492908536529", "username": "test", "audit": {"seqKey": "edge_124"}}
    submit_task(world, body=body)
    assert rows.instances(world)["1000492908536528"].state is State.COMPLETED


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": "nobody-here", "taskId": "1"}, "100108230"),
        ({"taskId": "1"}, "100108237"),
        ({"username": "test2"}, "100108240"),
        ({"taskId": ROLES["task.suspended"], "username": "test1"}, "100108240"),
        ({"taskId": ROLES["task.suspended"], "username": "test"}, "100108240"),
        ({"audit": {"seqKey": "edge_125"}}, None),
        ({}, "100108213"),
        ({"assigns": [{"taskDefKey": "userTask_123", "users": ["test1", "nobody-here"]}]}, "100108230"),
    ],
)
def test_a_submit_is_refused_with_the_first_code_and_changes_nothing(
    world: World, fields: dict[str, Any], code: str | None
) -> None:
    assert refused_code(world, submit_task, {"taskId": "1000492908536529", "username": "test", **fields}) == code


def test_a_submitted_task_is_unknown_from_then_on(world: World) -> None:
    started(world, "pager")
    (task,) = pending_ids(world, "pager")
    body = {"taskId": task, "username": "pager"}
    submit_task(world, body=body)
    assert refused_code(world, submit_task, body) == "100108237"


def test_a_way_out_that_the_section_does_not_have_is_named_in_the_refusal(world: World) -> None:
    """There is no code for it, and the words of the code for all else would speak of a missing body."""
    body = {"taskId": "1000492908536529", "username": "test", "audit": {"seqKey": "edge_125"}}
    with pytest.raises(Refused) as caught, world.command():
        submit_task(world, body=body)
    assert caught.value.message == "The request is not valid: body.audit.seqKey: names no way out of the section"


def test_the_main_process_ends_with_zhangsan(world: World) -> None:
    process = started(world, "pager")
    for user in ("pager", "zhangsan"):
        (task,) = pending_ids(world, user)
        submit_task(world, body={"taskId": task, "username": user})
    assert rows.instances(world)[process].state is State.COMPLETED
    assert pending_ids(world, "zhangsan") == []


def test_times_are_written_with_milliseconds_at_eight_hours_east() -> None:
    assert time_text(0) == "1970-01-01T08:00:00.000+0800"
    assert time_text(1_600_731_493_893) == "2020-09-22T07:38:13.893+0800"


def test_a_name_with_a_blank_is_quoted_in_a_location() -> None:
    task = Task("12", "1", "s", "n", ("Zhang San",), "a", 0, 0)
    assert completed_task_path(task, "Zhang San") == (
        "/open-api/p/workflow/v2/tasks/12/completive?username=Zhang%20San"
    )
