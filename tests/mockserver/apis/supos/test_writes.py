"""save, saveTaskForm, entrust, revoke and cancel: answers, codes and their order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.adapter import NO_BODY
from mockserver.apis.supos.process_management import cancel, save
from mockserver.apis.supos.roles import ROLES
from mockserver.apis.supos.task_management import entrust, revoke, save_task_form, submit_task
from mockserver.engine import rows
from mockserver.engine.rows import State
from mockserver.engine.world import World
from mockserver.errors import Refused
from tests.mockserver.apis.supos.conftest import pending, pending_ids, sample, started

TASK = "1000492908536529"
NOBODY = "nobody-here"


def refused_code(world: World, act: Callable[[], object]) -> str | None:
    """The code with which a handler refuses; the world stays as it was."""
    before = world.state()
    with pytest.raises(Refused) as caught, world.command():
        act()
    assert world.state() == before
    return caught.value.code


def test_the_printed_save_waits_for_its_initiator(world: World) -> None:
    with world.command():
        answer = save(world, body=sample("save"))
    assert list(answer) == ["processId", "taskId"]
    (row,) = pending(world, "test", "App_eab56959eef74c1ea2e1a5fbe7b38ddf")["list"]
    assert (row["processId"], row["taskId"], row["taskName"]) == (*answer.values(), "edit")
    assert rows.instances(world)[answer["processId"]].draft == "{}"


def test_the_printed_form_is_kept_as_a_draft(world: World) -> None:
    with world.command():
        assert save_task_form(world, body=sample("saveTaskForm")) is NO_BODY
    assert rows.instances(world)["1000492908536528"].draft == "{}"
    assert pending_ids(world, "test") == [TASK]


def test_the_printed_delegation_moves_the_printed_task(world: World) -> None:
    with world.command():
        assert entrust(world, body=sample("entrust")) is NO_BODY
    assert pending_ids(world, "test") == []
    (row,) = pending(world, "zhangsan")["list"]
    assert (row["taskId"], row["type"]) == (TASK, 2)


def test_the_printed_revocation_works_once_the_task_is_submitted(world: World) -> None:
    submit_task(world, body=sample("submitTask"))
    with world.command():
        assert revoke(world, body=sample("revoke")) is NO_BODY
    (row,) = pending(world, "test")["list"]
    assert (row["processId"], row["taskName"], row["taskId"] != TASK) == ("1000492908536528", "edit", True)
    assert pending_ids(world, "test2") == []


def test_the_printed_cancellation_ends_a_process_of_the_user(world: World) -> None:
    process = started(world, "pager")
    with world.command():
        assert cancel(world, process_id=process, body=sample("cancel")) is NO_BODY
    assert rows.instances(world)[process].state is State.CANCELED
    assert pending_ids(world, "pager") == []


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": NOBODY, "processKey": "K"}, "100108230"),
        ({"processKey": "K"}, "100108002"),
        ({"processKey": ROLES["process.unpublished"]}, "100108112"),
    ],
)
def test_a_save_is_refused_with_the_first_code(world: World, fields: dict[str, Any], code: str) -> None:
    body = {**sample("save"), **fields}
    assert refused_code(world, lambda: save(world, body=body)) == code


SUSPENDED = {"taskId": ROLES["task.suspended"], "username": ROLES["task.suspended.user"]}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": NOBODY, "taskId": "1"}, "100108230"),
        ({"taskId": "1"}, "100108237"),
        ({"username": "test2"}, "100108240"),
        (SUSPENDED, "100108240"),
    ],
)
def test_a_form_is_refused_with_the_first_code(world: World, fields: dict[str, Any], code: str) -> None:
    body = {**sample("saveTaskForm"), **fields}
    assert refused_code(world, lambda: save_task_form(world, body=body)) == code


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"username": NOBODY, "taskId": "1"}, "100108230"),
        ({"mandatary": NOBODY, "taskId": "1"}, "100108230"),
        ({"taskId": "1"}, "100108237"),
        ({"username": "test2"}, "100108231"),
        ({"mandatary": "test"}, "100108220"),
        (SUSPENDED, "100108240"),
    ],
)
def test_a_delegation_is_refused_with_the_first_code(world: World, fields: dict[str, Any], code: str) -> None:
    body = {**sample("entrust"), **fields}
    assert refused_code(world, lambda: entrust(world, body=body)) == code


def test_a_delegated_task_is_delegated_by_nobody_any_more(world: World) -> None:
    entrust(world, body=sample("entrust"))
    for user in ("test", "zhangsan", "test2"):
        body = {**sample("entrust"), "username": user, "mandatary": "wangwu"}
        assert refused_code(world, lambda body=body: entrust(world, body=body)) == "100108218"


def test_a_delegator_can_no_longer_submit(world: World) -> None:
    entrust(world, body=sample("entrust"))
    assert refused_code(world, lambda: submit_task(world, body=sample("submitTask"))) == "100108240"


SUSPENDED_DONE = {"taskId": ROLES["task.suspended.done"], "username": ROLES["task.suspended.done.user"]}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"username": NOBODY, "taskId": "1"}, "100108230"),
        ({"username": "test", "taskId": "1"}, "100108238"),
        ({"username": "test", "taskId": TASK}, "100108238"),
        ({**SUSPENDED_DONE, "username": "test"}, "100108239"),
        (SUSPENDED_DONE, "100108236"),
    ],
)
def test_a_revocation_is_refused_with_the_first_code(world: World, body: dict[str, Any], code: str) -> None:
    assert refused_code(world, lambda: revoke(world, body=body)) == code


def test_a_branch_of_two_is_not_revoked(world: World) -> None:
    named = [
        {"taskDefKey": ROLES[f"process.parallel.section{number}"], "users": [user]}
        for number, user in ((1, "pager"), (2, "test2"))
    ]
    started(world, processKey=ROLES["process.parallel"], assigns=named)
    body = {"taskId": pending_ids(world, "pager")[0], "username": "pager"}
    submit_task(world, body=body)
    assert refused_code(world, lambda: revoke(world, body=body)) == "100108232"


def test_a_task_of_a_canceled_process_is_not_revoked(world: World) -> None:
    submit_task(world, body=sample("submitTask"))
    cancel(world, process_id="1000492908536528", body={"username": "zhangsan"})
    assert refused_code(world, lambda: revoke(world, body=sample("revoke"))) == "100108222"


@pytest.mark.parametrize(
    ("process", "user", "code"),
    [
        ("1", NOBODY, "100108230"),
        ("1", "zhangsan", "100108227"),
        ("1000492908536528", "test", "100108240"),
    ],
)
def test_a_cancellation_is_refused_with_the_first_code(world: World, process: str, user: str, code: str) -> None:
    assert refused_code(world, lambda: cancel(world, process_id=process, body={"username": user})) == code


def test_a_canceled_process_does_not_exist_for_a_second_cancellation(world: World) -> None:
    process = "1000492908536528"
    cancel(world, process_id=process, body={"username": "zhangsan"})
    for user in ("zhangsan", "test"):
        body = {"username": user}
        assert refused_code(world, lambda body=body: cancel(world, process_id=process, body=body)) == "100108227"
