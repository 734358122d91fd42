"""The printed samples work on a fresh world."""

from __future__ import annotations

from mockserver.adapter import NO_BODY, Reply
from mockserver.apis.supos.process_management import start_process
from mockserver.apis.supos.task_management import submit_task
from mockserver.apis.supos.todo_center import (
    third_party_processes_post,
    third_party_tasks_completive_post,
    update_process_put,
)
from mockserver.engine.world import World
from tests.mockserver.apis.supos.conftest import pending, pending_ids, sample


def test_the_pending_list_of_test_has_the_printed_task(world: World) -> None:
    assert pending(world, "test") == {
        "list": [
            {
                "initiator": "zhangsan",
                "processId": "1000492908536528",
                "processName": "leave application-001",
                "startTime": "2020-09-22T07:38:13.893+0800",
                "status": 88,
                "taskId": "1000492908536529",
                "taskName": "edit",
                "url": "Page_0a4f3b38124142cbae4dae62f6664f5a",
                "type": 0,
                "modifyTime": "2020-09-22T07:38:13.893+0800",
                "userName": "test",
                "personCode": "test",
            }
        ],
        "pagination": {"current": 1, "pageSize": 10, "total": 1},
    }


def test_the_printed_submit_sends_the_process_on_to_both_executors(world: World) -> None:
    path = "/open-api/p/workflow/v2/tasks/1000492908536529/completive?username=test"
    with world.command():
        answer = submit_task(world, body=sample("submitTask"))
    assert answer == Reply(NO_BODY, headers=(("Location", path),))
    assert pending_ids(world, "test") == []
    (opened,) = pending_ids(world, "test2")
    assert pending_ids(world, "test1") == [opened, "1000492908536531"]


def test_the_printed_start_gives_a_process_that_waits_for_both_executors(world: World) -> None:
    with world.command():
        answer = start_process(world, body=sample("startProcess"))
    assert answer == {"processId": "1008419000000001"}
    (row,) = pending(world, "test2", "App_eab56959eef74c1ea2e1a5fbe7b38ddf")["list"]
    assert (row["processId"], row["processName"]) == ("1008419000000001", "leave application001process")
    assert (row["initiator"], row["taskName"]) == ("test", "approval")
    assert row["startTime"] == "2020-09-22T07:38:14.893+0800"


def test_the_printed_process_is_stored_and_the_printed_change_finds_it_by_its_key(world: World) -> None:
    with world.command():
        answer = third_party_processes_post(world, body=sample("thirdPartyProcessesPost"))
    assert answer == [{"id": 1, "thirdPartyInstanceId": "123456"}]
    with world.command():
        assert update_process_put(world, body=sample("updateProcessPut"))["code"] == 100000000


def test_the_printed_batch_is_stored(world: World) -> None:
    with world.command():
        answer = third_party_tasks_completive_post(world, body=sample("thirdPartyTasksCompletivePost"))
    assert answer == [
        {"id": 1, "thirdPartyInstanceNodeId": "123456", "source": "mes.supos.com", "taskStatus": "completive"}
    ]
