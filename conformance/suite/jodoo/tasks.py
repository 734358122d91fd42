"""getInstance: what is said of the tasks of an instance."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from conformance.answer import Answer
from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.jodoo import givens

RUNNING, COMPLETED, ENDED, ACTIVATED, PAUSED = 0, 1, 2, 4, 5
"""``status`` of a task."""

UNFINISHED = (RUNNING, ACTIVATED, PAUSED)
TASKS = ("task.running", "task.completed", "task.ended", "task.activated", "task.paused")
"""Roles of tasks, one for each status."""


@check("jodoo.getInstance.all-tasks")
def every_task_is_returned(client: Client, given: Given) -> None:
    """As many as the lent instance has."""
    answer = givens.read(given)
    known, listed = given.role("instance.main.task-count"), answer.fields("/tasks/*/task_id")
    answer.equal("number of tasks", str(len(listed)), str(known))


@check("jodoo.getInstance.tasks-once")
def no_task_twice(client: Client, given: Given) -> None:
    """Their ids."""
    answer = givens.read(given)
    ids = answer.fields("/tasks/*/task_id")
    answer.equal("ids that stand twice", sorted({task for task in ids if ids.count(task) > 1}), [])


@check("jodoo.getInstance.task-instance")
def tasks_name_their_instance(client: Client, given: Given) -> None:
    """The instance's id."""
    _as_the_instance(given, "instance_id")


@check("jodoo.getInstance.task-app")
def tasks_name_its_app(client: Client, given: Given) -> None:
    """The app's id."""
    _as_the_instance(given, "app_id")


@check("jodoo.getInstance.task-form")
def tasks_name_its_form(client: Client, given: Given) -> None:
    """The form's id."""
    _as_the_instance(given, "form_id")


@check("jodoo.getInstance.task-form-title")
def tasks_name_its_form_alike(client: Client, given: Given) -> None:
    """The form's title."""
    _as_the_instance(given, "form_title")


@check("jodoo.getInstance.task-creator")
def tasks_name_its_creator(client: Client, given: Given) -> None:
    """Of an instance whose tasks others finished."""
    _as_the_instance(given, "creator")


@check("jodoo.getInstance.task-link")
def links_of_tasks(client: Client, given: Given) -> None:
    """Their last five parts."""
    answer = givens.read(given)
    instance = answer.field("/instance_id")
    for at in _places(answer):
        end = f"/workflow/process_instance/{instance}/task/{answer.field(f'{at}/task_id')}"
        answer.equal(f"url ends with {end}", answer.field(f"{at}/url").endswith(end), True)


@check("jodoo.getInstance.task-node")
def one_name_for_a_node(client: Client, given: Given) -> None:
    """Of an instance that came to a node several times."""
    answer, _ = givens.lent_task(given, "task.created-by.back")
    names: dict[int, str] = {}
    for at in _places(answer):
        node, name = answer.field(f"{at}/flow_id"), answer.field(f"{at}/flow_name")
        answer.equal(f"flow_name of node {node}", name, names.setdefault(node, name))


@check("jodoo.getInstance.task-running")
def status_in_progress(client: Client, given: Given) -> None:
    """A lent task that is in progress."""
    _has_status(given, "task.running", RUNNING)


@check("jodoo.getInstance.task-completed")
def status_completed(client: Client, given: Given) -> None:
    """A lent task that is completed."""
    _has_status(given, "task.completed", COMPLETED)


@check("jodoo.getInstance.task-ended")
def status_ended_by_hand(client: Client, given: Given) -> None:
    """A lent task that was ended by hand."""
    _has_status(given, "task.ended", ENDED)


@check("jodoo.getInstance.task-activated")
def status_activated(client: Client, given: Given) -> None:
    """A lent task that is activated."""
    _has_status(given, "task.activated", ACTIVATED)


@check("jodoo.getInstance.task-paused")
def status_paused(client: Client, given: Given) -> None:
    """A lent task that is paused."""
    _has_status(given, "task.paused", PAUSED)


@check("jodoo.getInstance.task-finish-time")
def end_time_is_null_until_the_end(client: Client, given: Given) -> None:
    """One task of each status, and those beside it."""
    _null_until_finished(given, "finish_time")


@check("jodoo.getInstance.task-finish-action")
def finishing_action_is_null_until_the_end(client: Client, given: Given) -> None:
    """One task of each status, and those beside it."""
    _null_until_finished(given, "finish_action")


@check("jodoo.getInstance.task-times")
def times_follow_each_other(client: Client, given: Given) -> None:
    """The tasks of an instance that ended, and of one that goes on."""
    for role in ("instance.completed", "instance.main"):
        answer = givens.read(given, role)
        started = givens.moment(answer, "/create_time")
        for at in _places(answer):
            began, ended = (givens.moment(answer, f"{at}/{name}") for name in ("create_time", "finish_time"))
            answer.equal(f"{at} begins before its instance", _before(began, started), False)
            answer.equal(f"{at} ends before it begins", _before(ended, began), False)


def _places(answer: Answer) -> Iterator[str]:
    """The pointer of every task."""
    for number, _ in enumerate(answer.fields("/tasks/*/task_id")):
        yield f"/tasks/{number}"


def _as_the_instance(given: Given, name: str) -> None:
    """A field of every task is what the instance has under the same name."""
    answer = givens.read(given, "instance.completed")
    for at in _places(answer):
        answer.equal(f"{at}/{name}", answer.field(f"{at}/{name}"), answer.field(f"/{name}"))


def _has_status(given: Given, role: str, status: int) -> None:
    answer, at = givens.lent_task(given, role)
    answer.equal(f"status of {role}", answer.field(f"{at}/status"), status)


def _null_until_finished(given: Given, name: str) -> None:
    for role in TASKS:
        answer, _ = givens.lent_task(given, role)
        for at in _places(answer):
            unfinished = answer.field(f"{at}/status") in UNFINISHED
            answer.equal(f"{at}/{name} is null", answer.field(f"{at}/{name}") is None, unfinished)


def _before(time: datetime | None, other: datetime | None) -> bool:
    """Whether one time lies before another; null is before nothing."""
    return time is not None and other is not None and time < other
