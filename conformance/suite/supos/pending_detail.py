"""getPendingTask: who may view a waiting task, and what is shown of it."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens

ALIKE = ("initiator", "processId", "processName", "startTime", "status", "taskId", "taskName", "url")
"""Fields that details and list have in common."""


@check("supos.getPendingTask.unknown-task")
def unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    client.call(read_givens.pending_task("1", given.role("user.other"))).expect(given.documented)


@check("supos.getPendingTask.finished-task")
def finished_task(client: Client, given: Given) -> None:
    """A task that its viewer has just submitted."""
    task, user, _, _ = read_givens.submitted(given)
    client.call(read_givens.pending_task(task, user)).expect(given.documented)


@check("supos.getPendingTask.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A waiting task, asked for by somebody whom nobody knows."""
    task, _, _ = givens.started_task(given)
    client.call(read_givens.pending_task(task, given.role("user.unknown"))).expect(given.documented)


@check("supos.getPendingTask.stranger")
def stranger(client: Client, given: Given) -> None:
    """A waiting task, asked for by a user for whom it does not wait."""
    task, _, _ = givens.started_task(given)
    client.call(read_givens.pending_task(task, given.role("user.third"))).expect(given.documented)


@check("supos.getPendingTask.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown user and unknown task at once."""
    client.call(read_givens.pending_task("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.getPendingTask.every-holder")
def every_holder_may_view(client: Client, given: Given) -> None:
    """A task of two users, asked for by both."""
    users = (given.role("user.other"), given.role("user.third"))
    task, _, _ = read_givens.shared_task(given, *users)
    for user in users:
        answer = client.call(read_givens.pending_task(task, user))
        answer.succeeds()
        answer.equal(f"the task that {user} sees", answer.field("/taskId"), task)


@check("supos.getPendingTask.matches-list")
def details_match_the_list(client: Client, given: Given) -> None:
    """Every field that both have."""
    task, user, app = givens.started_task(given)
    row = read_givens.row_of(givens.tasks_of(given, user, app), "taskId", task, "startProcess.next-section-pending")
    answer = client.must(read_givens.pending_task(task, user))
    for name in ALIKE:
        answer.equal(f"{name} of the task", answer.field(f"/{name}"), row[name])


@check("supos.getPendingTask.suspended-status")
def suspended_status(client: Client, given: Given) -> None:
    """The lent task of a suspended process."""
    call = read_givens.pending_task(given.role("task.suspended"), given.role("task.suspended.user"))
    answer = client.must(call)
    answer.equal("status of the suspended task", answer.field("/status"), 77)


@check("supos.getPendingTask.form-data")
def form_is_shown_as_sent(client: Client, given: Given) -> None:
    """A text with blanks, quotes and letters from beyond ASCII."""
    user, form = given.role("user.other"), f'{{ "reason" : "{given.tag()} für 三 Tage" }}'
    _, app = givens.started(given, assigns=givens.assigns(given, user), formData=form)
    task = givens.task_in(givens.tasks_of(given, user, app), "startProcess.next-section-pending")
    answer = client.must(read_givens.pending_task(task, user))
    answer.equal("formData of the task", answer.field("/formData"), form)


@check("supos.getPendingTask.audit-keys")
def audit_ids_can_be_submitted(client: Client, given: Given) -> None:
    """The first ordinary audit that the details show is sent back as the outcome."""
    task, user, _ = givens.started_task(given)
    answer = client.must(read_givens.pending_task(task, user))
    ordinary = [audit["id"] for audit in answer.fields("/audits/*") if audit["type"] == 0]
    answer.equal("there is an ordinary audit", bool(ordinary), True)
    client.call(givens.submit(given, task, user, audit={"seqKey": ordinary[0], "value": "1"})).succeeds()


@check("supos.getPendingTask.audit-types")
def audit_types(client: Client, given: Given) -> None:
    """The rejection line of the main process's second section is the one audit of type 1."""
    task, user, _ = givens.started_task(given)
    answer = client.must(read_givens.pending_task(task, user))
    rejecting = [audit["id"] for audit in answer.fields("/audits/*") if audit["type"] == 1]
    answer.equal("audits of type 1", rejecting, [given.role("process.main.section.rejection")])


@check("supos.getPendingTask.assigns")
def assigns_name_the_next_section(client: Client, given: Given) -> None:
    """The next section of the process with two choices is executed by users of the request's choice."""
    task, user, _ = givens.started_two_choices(given)
    answer = client.must(read_givens.pending_task(task, user))
    sections = answer.fields("/assigns/*/taskDefKey")
    answer.equal("sections to be assigned", sections, [given.role("process.two-choices.section2")])
    keys, ways = answer.fields("/assigns/*/seqKey"), answer.fields("/audits/*/id")
    answer.equal("the sections are reached by ways that are shown", set(keys) <= set(ways), True)
