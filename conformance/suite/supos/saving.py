"""save and saveTaskForm: refusals, and how a saved process waits and goes on."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.save.unknown-process")
def unknown_process(client: Client, given: Given) -> None:
    """A processKey that nothing has."""
    client.call(givens.save(given, processKey=given.tag())).expect(given.documented)


@check("supos.save.unpublished")
def unpublished_process(client: Client, given: Given) -> None:
    """A definition that exists and is not published."""
    call = givens.save(given, processKey=given.role("process.unpublished"))
    client.call(call).expect(given.documented)


@check("supos.save.unknown-user")
def unknown_initiator(client: Client, given: Given) -> None:
    """An initiator whom nobody knows."""
    call = givens.save(given, username=given.role("user.unknown"))
    client.call(call).expect(given.documented)


@check("supos.save.user-before-process")
def user_is_checked_before_process(client: Client, given: Given) -> None:
    """Unknown user and unknown process at once."""
    call = givens.save(given, username=given.role("user.unknown"), processKey=given.tag())
    client.call(call).expect(given.documented)


@check("supos.save.first-section-pending")
def first_section_is_pending(client: Client, given: Given) -> None:
    """The initiator finds exactly one task of the saved process."""
    app, user = given.tag(), given.role("user.main")
    client.must(givens.save(given, appId=app))
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks of the initiator", len(answer.fields("/list/*/taskId")), 1)


@check("supos.save.names-what-waits")
def answer_names_what_waits(client: Client, given: Given) -> None:
    """The initiator's list has the process and the task of the answer."""
    app, user = given.tag(), given.role("user.main")
    saved = client.must(givens.save(given, appId=app))
    listed = givens.tasks_of(given, user, app)
    givens.task_in(listed, "save.first-section-pending")
    waits = list(zip(listed.fields("/list/*/processId"), listed.fields("/list/*/taskId"), strict=True))
    saved.equal("process and task", [(saved.field("/processId"), saved.field("/taskId"))], waits)


@check("supos.save.goes-on")
def saved_process_goes_on(client: Client, given: Given) -> None:
    """The initiator submits the waiting task to an executor, who then has another of the same process."""
    app, user, executor = given.tag(), given.role("user.main"), given.role("user.other")
    process = client.must(givens.save(given, appId=app)).field("/processId")
    task = givens.task_in(givens.tasks_of(given, user, app), "save.first-section-pending")
    client.must(givens.submit(given, task, user, assigns=givens.assigns(given, executor)))
    answer = givens.tasks_of(given, executor, app)
    answer.equal("processes with a task for the executor", answer.fields("/list/*/processId"), [process])


@check("supos.saveTaskForm.unknown-task")
def unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    client.call(givens.save_form("1", given.role("user.other"))).expect(given.documented)


@check("supos.saveTaskForm.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A waiting task, saved by somebody whom nobody knows."""
    task, _, _ = givens.started_task(given)
    client.call(givens.save_form(task, given.role("user.unknown"))).expect(given.documented)


@check("supos.saveTaskForm.stranger")
def stranger(client: Client, given: Given) -> None:
    """A waiting task, saved by a user for whom it does not wait."""
    task, _, _ = givens.started_task(given)
    client.call(givens.save_form(task, given.role("user.third"))).expect(given.documented)


@check("supos.saveTaskForm.suspended")
def suspended(client: Client, given: Given) -> None:
    """The lent task of a suspended process, saved by its user."""
    call = givens.save_form(given.role("task.suspended"), given.role("task.suspended.user"))
    client.call(call).expect(given.documented)


@check("supos.saveTaskForm.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown user and unknown task at once."""
    client.call(givens.save_form("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.saveTaskForm.stays-pending")
def saved_task_stays_pending(client: Client, given: Given) -> None:
    """The list has the same task after the save."""
    task, user, app = givens.started_task(given)
    client.must(givens.save_form(task, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks of the user", answer.fields("/list/*/taskId"), [task])
