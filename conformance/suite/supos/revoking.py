"""revoke: refusals, and where a process stands after a revocation."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.revoke.unknown-task")
def unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    client.call(givens.revoke("1", given.role("user.other"))).expect(given.documented)


@check("supos.revoke.pending-task")
def pending_task(client: Client, given: Given) -> None:
    """A task that still waits for the user."""
    task, user, _ = givens.started_task(given)
    client.call(givens.revoke(task, user)).expect(given.documented)


@check("supos.revoke.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A submitted task, revoked by somebody whom nobody knows."""
    task, _, _, _ = givens.submitted_two_choices(given)
    client.call(givens.revoke(task, given.role("user.unknown"))).expect(given.documented)


@check("supos.revoke.stranger")
def stranger(client: Client, given: Given) -> None:
    """A submitted task, revoked by the next executor."""
    task, _, executor, _ = givens.submitted_two_choices(given)
    client.call(givens.revoke(task, executor)).expect(given.documented)


@check("supos.revoke.completed-process")
def completed_process(client: Client, given: Given) -> None:
    """The submit that ended the process is revoked."""
    _, last, _, executor = givens.ended(given)
    client.call(givens.revoke(last, executor)).expect(given.documented)


@check("supos.revoke.canceled-process")
def canceled_process(client: Client, given: Given) -> None:
    """A submitted task whose process was canceled afterwards."""
    task, user, executor, app = givens.submitted_two_choices(given)
    listed = givens.tasks_of(given, executor, app)
    givens.task_in(listed, "submitTask.next-section-pending")
    client.must(givens.cancel(listed.field("/list/0/processId"), given.role("user.main")))
    client.call(givens.revoke(task, user)).expect(given.documented)


@check("supos.revoke.parallel")
def parallel(client: Client, given: Given) -> None:
    """A submitted task of one branch while the other branch waits."""
    user, other = given.role("user.other"), given.role("user.third")
    app = givens.started_parallel(given, user, other)
    task = givens.task_in(givens.tasks_of(given, user, app), "startProcess.every-branch-pending")
    client.must(givens.submit(given, task, user, assigns=None))
    client.call(givens.revoke(task, user)).expect(given.documented)


@check("supos.revoke.next-submitted")
def next_section_submitted(client: Client, given: Given) -> None:
    """The next executor of the main process has submitted; another section waits."""
    app, user, executor = given.tag(), given.role("user.main"), given.role("user.other")
    first = client.must(givens.save(given, appId=app)).field("/taskId")
    client.must(givens.submit(given, first, user, assigns=givens.assigns(given, executor)))
    task = givens.task_in(givens.tasks_of(given, executor, app), "submitTask.next-section-pending")
    client.must(givens.submit(given, task, executor))
    client.call(givens.revoke(first, user)).expect(given.documented)


@check("supos.revoke.suspended")
def suspended(client: Client, given: Given) -> None:
    """The lent completed task of a suspended process, revoked by who completed it."""
    call = givens.revoke(given.role("task.suspended.done"), given.role("task.suspended.done.user"))
    client.call(call).expect(given.documented)


@check("supos.revoke.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown user and unknown task at once."""
    client.call(givens.revoke("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.revoke.stranger-before-end")
def permission_is_checked_before_the_end(client: Client, given: Given) -> None:
    """The last task of a completed process, revoked by who completed the one before."""
    _, last, user, _ = givens.ended(given)
    client.call(givens.revoke(last, user)).expect(given.documented)


@check("supos.revoke.end-before-change")
def end_is_checked_before_change(client: Client, given: Given) -> None:
    """The first task of a completed process, revoked by who completed it."""
    task, _, user, _ = givens.ended(given)
    client.call(givens.revoke(task, user)).expect(given.documented)


@check("supos.revoke.next-vanishes")
def next_task_vanishes(client: Client, given: Given) -> None:
    """The next executor has a task before the revocation and none after it."""
    task, user, executor, app = givens.submitted_two_choices(given)
    givens.task_in(givens.tasks_of(given, executor, app), "submitTask.next-section-pending")
    client.must(givens.revoke(task, user))
    answer = givens.tasks_of(given, executor, app)
    answer.equal("tasks left for the next executor", answer.fields("/list/*/taskId"), [])


@check("supos.revoke.section-reopens")
def section_waits_again(client: Client, given: Given) -> None:
    """The user's list has one task of the same name as before the submit."""
    task, user, app = givens.started_two_choices(given)
    before = givens.tasks_of(given, user, app).fields("/list/*/taskName")
    givens.submit_choice(given, task, user, given.role("user.third"))
    client.must(givens.revoke(task, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("sections that wait for the user", answer.fields("/list/*/taskName"), before)


@check("supos.revoke.new-id")
def section_has_a_new_task(client: Client, given: Given) -> None:
    """What waits after the revocation is not the task that was revoked."""
    task, user, app = givens.revoked(given)
    answer = givens.tasks_of(given, user, app)
    again = givens.task_in(answer, "revoke.section-reopens")
    answer.equal("the waiting task is another one", again != task, True)


@check("supos.revoke.goes-on")
def revoked_section_goes_on(client: Client, given: Given) -> None:
    """The user submits again, to another executor this time, who then has the one task of the process."""
    _, user, app = givens.revoked(given)
    again = givens.task_in(givens.tasks_of(given, user, app), "revoke.section-reopens")
    executor = given.role("user.idle")
    givens.submit_choice(given, again, user, executor)
    answer = givens.tasks_of(given, executor, app)
    answer.equal("tasks of the executor", len(answer.fields("/list/*/taskId")), 1)


@check("supos.revoke.revoked-again")
def second_revocation(client: Client, given: Given) -> None:
    """The section is submitted and revoked a second time, by the id of its new task."""
    _, user, app = givens.revoked(given)
    again = givens.task_in(givens.tasks_of(given, user, app), "revoke.section-reopens")
    givens.submit_choice(given, again, user, given.role("user.third"))
    client.call(givens.revoke(again, user)).succeeds()


@check("supos.revoke.repeat-changes-nothing")
def repetition_changes_nothing(client: Client, given: Given) -> None:
    """Whatever the repetition is answered, the task that waited before it waits, and no second one."""
    task, user, app = givens.revoked(given)
    waiting = givens.task_in(givens.tasks_of(given, user, app), "revoke.section-reopens")
    client.call(givens.revoke(task, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks of the user", answer.fields("/list/*/taskId"), [waiting])
