"""cancel: refusals, and what is left of a canceled process."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.cancel.unknown-process")
def unknown_process(client: Client, given: Given) -> None:
    """A process id that nothing has."""
    client.call(givens.cancel("1", given.role("user.main"))).expect(given.documented)


@check("supos.cancel.completed-process")
def completed_process(client: Client, given: Given) -> None:
    """A process whose last section was submitted."""
    _, _, executor, app = givens.submitted_two_choices(given)
    listed = givens.tasks_of(given, executor, app)
    last = givens.task_in(listed, "submitTask.next-section-pending")
    process = listed.field("/list/0/processId")
    client.must(givens.submit(given, last, executor, assigns=None))
    client.call(givens.cancel(process, given.role("user.main"))).expect(given.documented)


@check("supos.cancel.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A running process, canceled by somebody whom nobody knows."""
    process, _ = givens.started(given)
    client.call(givens.cancel(process, given.role("user.unknown"))).expect(given.documented)


@check("supos.cancel.stranger")
def stranger(client: Client, given: Given) -> None:
    """A running process, canceled by a user who has no part in it."""
    process, _ = givens.started(given)
    client.call(givens.cancel(process, given.role("user.idle"))).expect(given.documented)


@check("supos.cancel.user-before-process")
def user_is_checked_before_process(client: Client, given: Given) -> None:
    """Unknown user and unknown process at once."""
    client.call(givens.cancel("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.cancel.tasks-vanish")
def tasks_vanish(client: Client, given: Given) -> None:
    """The executor has a task before the cancellation; afterwards neither executor nor initiator has any."""
    executor, user = given.role("user.other"), given.role("user.main")
    process, app = givens.started(given, assigns=givens.assigns(given, executor))
    givens.task_in(givens.tasks_of(given, executor, app), "startProcess.next-section-pending")
    client.must(givens.cancel(process, user))
    for name in (executor, user):
        answer = givens.tasks_of(given, name, app)
        answer.equal(f"tasks of {name} after the cancellation", answer.fields("/list/*/taskId"), [])
