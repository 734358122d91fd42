"""Reading processes: getStartInfo, getDetail, queryLog, getUrgeInfo, queryProcess."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.apis.supos import history
from mockserver.apis.supos.process_management import (
    get_detail,
    get_start_info,
    get_urge_info,
    query_log,
    query_process,
)
from mockserver.apis.supos.roles import ROLES
from mockserver.apis.supos.task_management import submit_task
from mockserver.engine.clock import Clock
from mockserver.engine.world import World
from mockserver.errors import Refused
from tests.mockserver.apis.supos.conftest import NOW, pending_ids, started

PROCESS, SUSPENDED = "1000492908536528", "1000492908536530"


def refused_code(act: Any, world: World, **arguments: Any) -> str | None:
    with pytest.raises(Refused) as caught:
        act(world, **arguments)
    return caught.value.code


def initiated(world: World, user: str, status: str = "88", app: str | None = None) -> list[Any]:
    answer = query_process(world, username=user, app_id=app, status=status, current=1, page_size=500)
    return list(answer["list"])


def test_the_main_process_is_shown_as_printed_with_another_way_out(world: World) -> None:
    assert get_start_info(world, process_key=str(ROLES["process.main"])) == {
        "companyId": "1000",
        "assigns": [{"seqKey": "edge_123", "taskDefKey": "userTask_123", "name": "approval"}],
        "audits": [
            {"seqKey": "edge_123", "name": "agree", "order": 1, "value": "1", "type": 0},
            {"seqKey": "edge_124", "name": "withdraw", "order": 2, "value": "2", "type": 1},
        ],
        "enableComment": True,
        "multiCompany": True,
        "enableSave": False,
        "processName": "leave application process",
        "readOnly": False,
        "firstTaskName": "edit",
        "url": "Page_0a4f3b38124142cbae4dae62f6664f5a",
    }


@pytest.mark.parametrize(("key", "code"), [("K", "100108002"), (ROLES["process.unpublished"], "100108112")])
def test_start_info_is_refused(world: World, key: str, code: str) -> None:
    assert refused_code(get_start_info, world, process_key=key) == code


def test_a_running_process_is_shown_without_an_end(world: World) -> None:
    assert get_detail(world, process_id=PROCESS, username="zhangsan") == {
        "appId": "App_325ea305252fe5d0d1f78b1c2efe2413",
        "processId": PROCESS,
        "processName": "leave application-001",
        "endTime": None,
        "startTime": "2020-09-22T07:38:13.893+0800",
        "status": 88,
        "tasks": [{"username": "test", "taskId": "1000492908536529", "taskName": "edit"}],
    }


@pytest.mark.parametrize(
    ("process", "user", "status", "ended"),
    [
        (SUSPENDED, "test1", 77, None),
        ("1000400000000010", "zhangsan", 66, "2020-09-21T21:38:13.893+0800"),
        (history.CANCELED, history.PERSON, 99, "2020-09-17T20:38:13.893+0800"),
    ],
)
def test_every_state_has_its_status(world: World, process: str, user: str, status: int, ended: str | None) -> None:
    shown = get_detail(world, process_id=process, username=user)
    assert (shown["status"], shown["endTime"]) == (status, ended)


@pytest.mark.parametrize(
    ("process", "user", "code"),
    [
        ("1", "nobody-here", "100108230"),
        ("1", "test", "100108227"),
        (PROCESS, "test1", "100108214"),
        (SUSPENDED, "test", "100108214"),
    ],
)
def test_a_process_is_refused_with_the_first_code(world: World, process: str, user: str, code: str) -> None:
    assert refused_code(get_detail, world, process_id=process, username=user) == code


@pytest.mark.parametrize("user", ["test", "pager", "test2", "zhangsan"])
def test_whoever_takes_or_took_part_may_view(world: World, user: str) -> None:
    process = started(world, "pager", "test2")
    submit_task(world, body={"taskId": pending_ids(world, "pager")[0], "username": "pager"})
    assert get_detail(world, process_id=process, username=user)["processId"] == process


def test_the_log_tells_who_did_what(world: World) -> None:
    process = started(world, "pager", comment="please", audit={"seqKey": "edge_123", "value": "1"})
    world.clock = Clock(NOW + 1)
    task = pending_ids(world, "pager")[0]
    submit_task(world, body={"taskId": task, "username": "pager", "audit": {"seqKey": "edge_126"}, "comment": "no"})
    assert query_log(world, process_id=process) == [
        {
            "auditResult": "agree",
            "comment": "please",
            "createTime": "2020-09-22T07:38:14.893+0800",
            "operateDesc": "Approved by test user",
            "operator": "test",
            "taskName": "edit",
            "type": "TASK_COMPLETE",
        },
        {
            "auditResult": "disagree",
            "comment": "no",
            "createTime": "2020-09-22T07:38:14.894+0800",
            "operateDesc": "Rejected by somebody with long lists",
            "operator": "pager",
            "taskName": "approval",
            "type": "TASK_REJECT",
        },
    ]


def test_the_log_of_a_canceled_process_ends_with_its_termination(world: World) -> None:
    last = query_log(world, process_id=history.CANCELED)[-1]
    assert (last["type"], last["auditResult"], last["taskName"]) == ("PROCESS_TERMINATE", None, None)


def test_a_reminder_names_all_users_by_their_titles(world: World) -> None:
    process = started(world, "test1", "pager")
    (entry,) = get_urge_info(world, process_id=process)
    assert entry == {
        "taskId": pending_ids(world, "pager")[0],
        "taskName": "approval",
        "url": "Page_0a4f3b38124142cbae4dae62f6664f5a",
        "users": [
            {"username": "test1", "showName": "first colleague"},
            {"username": "pager", "showName": "somebody with long lists"},
        ],
    }


def test_an_ended_process_waits_for_nobody(world: World) -> None:
    assert get_urge_info(world, process_id="1000400000000010") == []


@pytest.mark.parametrize("act", [query_log, get_urge_info])
def test_an_unknown_process_is_refused(world: World, act: Any) -> None:
    assert refused_code(act, world, process_id="1") == "100108227"


@pytest.mark.parametrize(("status", "count"), [("88", 32), ("66", 32), ("77", 4), ("99", 4)])
def test_a_status_selects_the_processes_in_it(world: World, status: str, count: int) -> None:
    listed = initiated(world, history.PERSON, status)
    assert [row["status"] for row in listed] == [int(status)] * count
    assert [row["startTime"] for row in listed] == sorted((row["startTime"] for row in listed), reverse=True)


def test_an_ended_process_changes_lists(world: World) -> None:
    process = started(world, "pager", appId="one")
    assert [row["processId"] for row in initiated(world, "test", app="one")] == [process]
    for user in ("pager", "zhangsan"):
        submit_task(world, body={"taskId": pending_ids(world, user)[0], "username": user})
    assert initiated(world, "test", app="one") == []
    assert initiated(world, "test", "66", "one") == [get_detail(world, process_id=process, username="test")]


def test_the_initiated_processes_of_an_unknown_user_are_refused(world: World) -> None:
    arguments = {"app_id": None, "status": "88", "current": 1, "page_size": 10}
    assert refused_code(query_process, world, username="nobody-here", **arguments) == "100108230"
