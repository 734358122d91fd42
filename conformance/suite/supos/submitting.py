"""submitTask: refusals, and how a process goes on."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.submitTask.unknown-task")
def unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    call = givens.submit(given, "1", given.role("user.other"))
    client.call(call).expect(given.documented)


@check("supos.submitTask.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A waiting task, submitted by somebody whom nobody knows."""
    task, _, _ = givens.started_task(given)
    call = givens.submit(given, task, given.role("user.unknown"))
    client.call(call).expect(given.documented)


@check("supos.submitTask.stranger")
def stranger(client: Client, given: Given) -> None:
    """A waiting task, submitted by a user for whom it does not wait."""
    task, _, _ = givens.started_task(given)
    call = givens.submit(given, task, given.role("user.third"))
    client.call(call).expect(given.documented)


@check("supos.submitTask.suspended")
def suspended(client: Client, given: Given) -> None:
    """The lent task of a suspended process, submitted by its user."""
    call = givens.submit(given, given.role("task.suspended"), given.role("task.suspended.user"))
    client.call(call).expect(given.documented)


@check("supos.submitTask.executor-missing")
def no_executor_named(client: Client, given: Given) -> None:
    """The next section needs executors; the request names none, or an empty list."""
    task, user, _ = givens.started_two_choices(given)
    empty = givens.assigns(given, section="process.two-choices.section2")
    for named in (None, empty):
        call = givens.submit(given, task, user, assigns=named)
        client.call(call).expect(given.documented)


@check("supos.submitTask.unknown-executor")
def unknown_executor(client: Client, given: Given) -> None:
    """An executor whom nobody knows."""
    task, user, _ = givens.started_two_choices(given)
    named = givens.assigns(given, given.role("user.unknown"), section="process.two-choices.section2")
    call = givens.submit(given, task, user, assigns=named)
    client.call(call).expect(given.documented)


@check("supos.submitTask.unknown-outcome")
def unknown_outcome(client: Client, given: Given) -> None:
    """A sequence flow that the section does not have."""
    task, user, _ = givens.started_task(given)
    call = givens.submit(given, task, user, audit={"seqKey": given.tag(), "value": "1"})
    client.call(call).expect(given.documented)


@check("supos.submitTask.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown user and unknown task at once."""
    call = givens.submit(given, "1", given.role("user.unknown"))
    client.call(call).expect(given.documented)


@check("supos.submitTask.leaves-list")
def submitted_task_is_gone(client: Client, given: Given) -> None:
    """The submitter's list has the task before and not after."""
    task, user, app = givens.started_task(given)
    client.must(givens.submit(given, task, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks left for the submitter", answer.fields("/list/*/taskId"), [])


@check("supos.submitTask.next-section-pending")
def next_section_is_pending(client: Client, given: Given) -> None:
    """The executor whom the submit names finds another task of the process."""
    task, user, app = givens.started_two_choices(given)
    executor = given.role("user.third")
    named = givens.assigns(given, executor, section="process.two-choices.section2")
    client.must(givens.submit(given, task, user, assigns=named))
    answer = givens.tasks_of(given, executor, app)
    ids = answer.fields("/list/*/taskId")
    answer.equal("tasks of the next executor", len(ids), 1)
    answer.equal("the next task is another one", ids[0] != task, True)


@check("supos.submitTask.finishes-for-all")
def first_submit_finishes_for_all(client: Client, given: Given) -> None:
    """One of two executors submits; the other has the task no longer."""
    one, two = given.role("user.other"), given.role("user.third")
    _, app = givens.started(given, assigns=givens.assigns(given, one, two))
    task = givens.task_in(givens.tasks_of(given, two, app), "startProcess.shared-task")
    client.must(givens.submit(given, task, one))
    answer = givens.tasks_of(given, two, app)
    ids = answer.fields("/list/*/taskId")
    answer.equal("the shared task is left for the other", task in ids, False)


@check("supos.submitTask.last-section-ends")
def last_submit_ends_the_process(client: Client, given: Given) -> None:
    """Both assigned sections are submitted; then nobody who took part has a task of the process."""
    task, user, app = givens.started_two_choices(given)
    executor = given.role("user.third")
    named = givens.assigns(given, executor, section="process.two-choices.section2")
    client.must(givens.submit(given, task, user, assigns=named))
    last = givens.task_in(givens.tasks_of(given, executor, app), "submitTask.next-section-pending")
    client.must(givens.submit(given, last, executor, assigns=None))
    for name in (user, executor, given.role("user.main")):
        answer = givens.tasks_of(given, name, app)
        answer.equal(f"tasks of {name} after the end", answer.fields("/list/*/taskId"), [])


@check("supos.submitTask.refused-whole")
def refused_submit_changes_nothing(client: Client, given: Given) -> None:
    """Refused for its executors, a submit leaves the task where it was and gives nobody another."""
    task, user, app = givens.started_two_choices(given)
    known, section = given.role("user.third"), "process.two-choices.section2"
    strangers = givens.assigns(given, known, given.role("user.unknown"), section=section)
    client.refused(givens.submit(given, task, user, assigns=None), "submitTask.executor-missing")
    client.refused(givens.submit(given, task, user, assigns=strangers), "submitTask.unknown-executor")
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks of the submitter", answer.fields("/list/*/taskId"), [task])
    answer = givens.tasks_of(given, known, app)
    answer.equal("tasks of the executor who was named", answer.fields("/list/*/taskId"), [])


@check("supos.submitTask.other-branch-stays")
def other_branch_stays_pending(client: Client, given: Given) -> None:
    """One of two branches is submitted; the other executor has the same task as before."""
    one, two = given.role("user.other"), given.role("user.third")
    app = givens.started_parallel(given, one, two)
    task = givens.task_in(givens.tasks_of(given, one, app), "startProcess.every-branch-pending")
    other = givens.task_in(givens.tasks_of(given, two, app), "startProcess.every-branch-pending")
    client.must(givens.submit(given, task, one, assigns=None))
    answer = givens.tasks_of(given, two, app)
    answer.equal("tasks of the other branch", answer.fields("/list/*/taskId"), [other])


@check("supos.submitTask.branches-join")
def branches_come_together(client: Client, given: Given) -> None:
    """The initiator concludes: nothing to do after the first branch, one task after the second."""
    one, two, initiator = given.role("user.other"), given.role("user.third"), given.role("user.main")
    app = givens.started_parallel(given, one, two)
    seen = []
    for user in (one, two):
        task = givens.task_in(givens.tasks_of(given, user, app), "startProcess.every-branch-pending")
        client.must(givens.submit(given, task, user, assigns=None))
        answer = givens.tasks_of(given, initiator, app)
        seen.append(len(answer.fields("/list/*/taskId")))
    answer.equal("tasks behind the join after one branch and after both", seen, [0, 1])
