"""getInstance: what is said of the instance."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.jodoo import givens

RUNNING, COMPLETED, ENDED = 0, 1, 2
"""``status`` of an instance."""


@check("jodoo.getInstance.instance-asked")
def the_instance_that_was_asked_for(client: Client, given: Given) -> None:
    """Two instances, each by its id."""
    for role in ("instance.main", "instance.completed"):
        answer = givens.read(given, role)
        answer.equal("instance_id", answer.field("/instance_id"), given.role(role))


@check("jodoo.getInstance.instance-link")
def link_of_the_instance(client: Client, given: Given) -> None:
    """Its last three parts."""
    answer = givens.read(given)
    end = f"/workflow/process_instance/{answer.field('/instance_id')}"
    answer.equal(f"url ends with {end}", answer.field("/url").endswith(end), True)


@check("jodoo.getInstance.instance-running")
def status_in_progress(client: Client, given: Given) -> None:
    """A lent instance that is in progress."""
    answer = givens.read(given, "instance.running")
    answer.equal("status of an instance in progress", answer.field("/status"), RUNNING)


@check("jodoo.getInstance.instance-completed")
def status_completed(client: Client, given: Given) -> None:
    """A lent instance that is completed."""
    answer = givens.read(given, "instance.completed")
    answer.equal("status of a completed instance", answer.field("/status"), COMPLETED)


@check("jodoo.getInstance.instance-ended")
def status_ended_by_hand(client: Client, given: Given) -> None:
    """A lent instance that was ended by hand."""
    answer = givens.read(given, "instance.ended")
    answer.equal("status of an instance that was ended by hand", answer.field("/status"), ENDED)


@check("jodoo.getInstance.instance-finish-time")
def end_time_is_null_while_in_progress(client: Client, given: Given) -> None:
    """One instance of each status."""
    for role in givens.INSTANCES:
        answer = givens.read(given, role, tasks_type=0)
        running = answer.field("/status") == RUNNING
        answer.equal(f"finish_time is null ({role})", answer.field("/finish_time") is None, running)


@check("jodoo.getInstance.instance-times")
def times_follow_each_other(client: Client, given: Given) -> None:
    """One instance of each status."""
    for role in givens.INSTANCES:
        answer = givens.read(given, role, tasks_type=0)
        created = givens.moment(answer, "/create_time")
        for name in ("update_time", "finish_time"):
            time = givens.moment(answer, f"/{name}")
            early = time is not None and created is not None and time < created
            answer.equal(f"{name} is before create_time ({role})", early, False)


@check("jodoo.getInstance.ended-without-work")
def nothing_is_in_progress_after_the_end(client: Client, given: Given) -> None:
    """The tasks of both instances that have ended."""
    for role in ("instance.completed", "instance.ended"):
        answer = givens.read(given, role)
        answer.equal(f"tasks in progress ({role})", answer.fields("/tasks/*/status").count(0), 0)


@check("jodoo.getInstance.no-tasks")
def no_tasks_if_none_are_asked_for(client: Client, given: Given) -> None:
    """The field may be left out, or be empty."""
    answer = client.call(givens.instance(given, tasks_type=0))
    answer.succeeds()
    answer.equal("tasks", answer.fields("/tasks/*"), [])


@check("jodoo.getInstance.no-tasks-by-default")
def no_tasks_if_the_request_is_silent(client: Client, given: Given) -> None:
    """A request with the instance's id alone."""
    answer = client.call(givens.instance(given).drop("body.tasks_type"))
    answer.succeeds()
    answer.equal("tasks", answer.fields("/tasks/*"), [])


@check("jodoo.getInstance.same-without-tasks")
def the_same_with_and_without_tasks(client: Client, given: Given) -> None:
    """Every documented field but the tasks."""
    without = givens.read(given, tasks_type=0)
    answer = givens.read(given)
    for name in SHOWN:
        answer.equal(name, answer.field(f"/{name}"), without.field(f"/{name}"))


SHOWN = (
    "app_id",
    "form_id",
    "form_title",
    "instance_id",
    "url",
    "update_time",
    "create_time",
    "finish_time",
    "status",
    "creator",
)
"""The fields of an instance that do not tell of its tasks."""
