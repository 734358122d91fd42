"""Reading tasks: getPendingTask, queryTotal, queryCompletive, getCompletiveTask, queryAllPending."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos import history
from mockserver.apis.supos.task_management import (
    get_completive_task,
    get_pending_task,
    query_all_pending,
    query_completive,
    query_total,
    submit_task,
)
from mockserver.engine.clock import Clock
from mockserver.engine.world import World
from mockserver.errors import Refused
from tests.mockserver.apis.supos.conftest import NOW, pending, pending_ids, started

TASK, SUSPENDED = "1000492908536529", "1000492908536531"


def refused_code(act: Any, world: World, **arguments: Any) -> str | None:
    with pytest.raises(Refused) as caught:
        act(world, **arguments)
    return caught.value.code


def submitted(world: World, *users: str, **fields: Any) -> str:
    """A task of these users that the first has submitted."""
    started(world, *users)
    task = pending_ids(world, users[0])[0]
    submit_task(world, body={"taskId": task, "username": users[0], **fields})
    return task


def completed(world: World, user: str, app: str | None = None, current: int = 1, page_size: int = 10) -> Any:
    return query_completive(world, username=user, app_id=app, current=current, page_size=page_size)


def test_the_printed_task_is_shown_as_printed_but_for_what_its_definition_says(world: World) -> None:
    assert get_pending_task(world, task_id=TASK, username="test") == {
        "companyId": "1000",
        "assigns": [{"seqKey": "edge_123", "taskDefKey": "userTask_123", "name": "approval"}],
        "audits": [
            {"id": "edge_123", "name": "agree", "order": 1, "value": "1", "type": 0},
            {"id": "edge_124", "name": "withdraw", "order": 2, "value": "2", "type": 1},
        ],
        "enableComment": True,
        "formData": "{}",
        "formTempData": None,
        "initiator": "zhangsan",
        "processId": "1000492908536528",
        "processName": "leave application-001",
        "readonly": True,
        "showlog": True,
        "multiCompany": False,
        "addInstance": False,
        "startTime": "2020-09-22T07:38:13.893+0800",
        "status": 88,
        "taskId": TASK,
        "taskName": "edit",
        "url": "Page_0a4f3b38124142cbae4dae62f6664f5a",
    }


@pytest.mark.parametrize(
    ("task", "user", "code"),
    [
        ("1", "nobody-here", "100108230"),
        ("1", "test", "100108237"),
        ("1000400000000001", history.PERSON, "100108237"),
        (TASK, "zhangsan", "100108214"),
        (SUSPENDED, "test", "100108214"),
    ],
)
def test_a_pending_task_is_refused_with_the_first_code(world: World, task: str, user: str, code: str) -> None:
    assert refused_code(get_pending_task, world, task_id=task, username=user) == code


def test_a_suspended_task_has_status_77(world: World) -> None:
    assert get_pending_task(world, task_id=SUSPENDED, username="test1")["status"] == 77


def test_nothing_is_to_be_assigned_before_a_fixed_section(world: World) -> None:
    assert get_pending_task(world, task_id=SUSPENDED, username="test1")["assigns"] == []


@pytest.mark.parametrize("user", ["test", "wangwu", "pager", history.PERSON])
def test_the_number_is_the_total_of_the_list(world: World, user: str) -> None:
    started(world, "pager", "test")
    assert query_total(world, username=user) == pending(world, user)["pagination"]["total"]


def test_the_number_for_an_unknown_user_is_refused(world: World) -> None:
    assert refused_code(query_total, world, username="nobody-here") == "100108230"


def test_a_finished_task_is_listed_for_whoever_submitted_it(world: World) -> None:
    world.clock = Clock(NOW)
    started(world, "pager", "test2", appId="one")
    (task,) = pending_ids(world, "pager")
    world.clock = Clock(NOW + 500)
    submit_task(world, body={"taskId": task, "username": "pager"})
    assert completed(world, "test2", "one")["list"] == []
    assert completed(world, "pager", "one")["list"] == [
        {
            "initiator": "test",
            "processId": pending(world, "zhangsan", "one")["list"][0]["processId"],
            "processName": "leave application process",
            "reject": False,
            "startTime": "2020-09-22T07:38:14.893+0800",
            "endTime": "2020-09-22T07:38:15.393+0800",
            "taskId": task,
            "taskName": "approval",
            "url": "Page_0a4f3b38124142cbae4dae62f6664f5a",
        }
    ]


def test_a_start_is_listed_for_its_initiator(world: World) -> None:
    started(world, "pager", appId="one")
    assert [row["taskName"] for row in completed(world, "test", "one")["list"]] == ["edit"]


@pytest.mark.parametrize(("outcome", "rejected"), [(None, False), ("edge_125", False), ("edge_126", True)])
def test_a_rejection_line_rejects(world: World, outcome: str | None, rejected: bool) -> None:
    task = submitted(world, "pager", audit={"seqKey": outcome})
    assert [row["reject"] for row in completed(world, "pager")["list"]] == [rejected]
    assert get_completive_task(world, task_id=task, username="pager")["reject"] is rejected


def test_a_finished_task_has_the_form_that_was_submitted(world: World) -> None:
    task = submitted(world, "pager", formData=" {} ")
    assert get_completive_task(world, task_id=task, username="pager")["formData"] == " {} "


@pytest.mark.parametrize(
    ("task", "user", "code"),
    [
        ("1", "nobody-here", "100108230"),
        ("1", "test", "100108238"),
        (TASK, "test", "100108238"),
        ("1000400000000001", "test", "100108214"),
        ("1000400000000013", history.PERSON, "100108214"),
    ],
)
def test_a_finished_task_is_refused_with_the_first_code(world: World, task: str, user: str, code: str) -> None:
    assert refused_code(get_completive_task, world, task_id=task, username=user) == code


def test_a_task_can_be_revoked_until_something_else_is_done(world: World) -> None:
    task = submitted(world, "pager")
    assert get_completive_task(world, task_id=task, username="pager")["revoke"] is True
    (following,) = pending_ids(world, "zhangsan")
    submit_task(world, body={"taskId": following, "username": "zhangsan"})
    assert get_completive_task(world, task_id=task, username="pager")["revoke"] is False


def test_the_list_of_everybody_has_a_row_for_each_user_of_each_task(world: World) -> None:
    before = query_all_pending(world, current=1, page_size=1)["pagination"]["total"]
    world.clock = Clock(NOW + 1)
    started(world, "test2", "test1")
    started(world, "pager")
    answer = query_all_pending(world, current=1, page_size=3)
    assert answer["pagination"] == {"current": 1, "pageSize": 3, "total": before + 3}
    assert [row["userName"] for row in answer["list"]] == ["test1", "test2", "pager"]
    assert answer["list"][1] == pending(world, "test2")["list"][0]


def test_pages_of_everybody_follow_each_other_without_overlap(world: World) -> None:
    started(world, "test2", "test1", "pager")
    whole = query_all_pending(world, current=1, page_size=500)["list"]
    pages = [query_all_pending(world, current=number, page_size=7)["list"] for number in range(1, 8)]
    assert [row for page in pages for row in page] == whole
    assert len({(row["taskId"], row["userName"]) for row in whole}) == 43


def test_a_submitted_task_leaves_the_list_of_everybody(world: World) -> None:
    before = query_all_pending(world, current=1, page_size=500)["list"]
    task = submitted(world, "test2", "test1")
    after = query_all_pending(world, current=1, page_size=500)["list"]
    assert task not in {row["taskId"] for row in after}
    assert len(after) == len(before) + 1  # the next section's
