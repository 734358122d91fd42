"""queryCompletive and getCompletiveTask: tasks that somebody has finished."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens


@check("supos.queryCompletive.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """The list of somebody whom nobody knows."""
    client.call(read_givens.completed(given.role("user.unknown"), given.tag())).expect(given.documented)


@check("supos.queryCompletive.app-filter")
def filter_by_application(client: Client, given: Given) -> None:
    """Two applications, one finished task each: each filter finds its own, and no filter hides neither."""
    one, user, _, app = read_givens.submitted(given)
    other, *_ = read_givens.submitted(given)
    answer = client.must(read_givens.completed(user, app))
    answer.equal("tasks listed for the application", answer.fields("/list/*/taskId"), [one])
    everything = read_givens.completed(user, "").drop("query.appId")
    for task in (one, other):
        answer, rows = read_givens.looked_for(given, everything, "taskId", task)
        answer.equal("rows of the task without the filter", len(rows), 1)


@check("supos.queryCompletive.app-filter-unknown")
def unknown_application_is_empty(client: Client, given: Given) -> None:
    """An application that nobody has ever used."""
    answer = client.call(read_givens.completed(given.role("user.other"), given.tag()))
    answer.succeeds()
    answer.equal("tasks of an unknown application", answer.fields("/list/*/taskId"), [])


@check("supos.queryCompletive.submitted-listed")
def submitted_task_is_listed(client: Client, given: Given) -> None:
    """The submitter's list has the task afterwards."""
    task, user, process_id, app = read_givens.submitted(given)
    answer = client.must(read_givens.completed(user, app))
    answer.equal("tasks in the submitter's list", answer.fields("/list/*/taskId"), [task])
    answer.equal("processes of the submitter's list", answer.fields("/list/*/processId"), [process_id])


@check("supos.queryCompletive.submitter-only")
def others_have_finished_nothing(client: Client, given: Given) -> None:
    """One of two executors submits; the other's list has nothing of it."""
    one, two = given.role("user.other"), given.role("user.third")
    task, _, app = read_givens.shared_task(given, one, two)
    client.must(givens.submit(given, task, one))
    answer = client.must(read_givens.completed(two, app))
    answer.equal("tasks in the other's list", answer.fields("/list/*/taskId"), [])


@check("supos.queryCompletive.start-listed")
def start_finishes_a_task_of_the_initiator(client: Client, given: Given) -> None:
    """One start, one finished task of its process."""
    process_id, app = givens.started(given)
    answer = client.must(read_givens.completed(given.role("user.main"), app))
    answer.equal("processes in the initiator's list", answer.fields("/list/*/processId"), [process_id])


@check("supos.queryCompletive.not-rejected")
def ordinary_line_is_no_rejection(client: Client, given: Given) -> None:
    """A submit by the default outcome."""
    _, user, _, app = read_givens.submitted(given)
    answer = client.must(read_givens.completed(user, app))
    answer.equal("reject of the finished task", answer.fields("/list/*/reject"), [False])


@check("supos.queryCompletive.rejected")
def rejection_line_is_a_rejection(client: Client, given: Given) -> None:
    """A submit by the rejection line of the main process's second section."""
    _, user, _, app = read_givens.submitted(given, audit=read_givens.rejection(given))
    answer = client.must(read_givens.completed(user, app))
    answer.equal("reject of the finished task", answer.fields("/list/*/reject"), [True])


@check("supos.getCompletiveTask.unknown-task")
def detail_of_an_unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    client.call(read_givens.completed_task("1", given.role("user.other"))).expect(given.documented)


@check("supos.getCompletiveTask.pending-task")
def detail_of_a_waiting_task(client: Client, given: Given) -> None:
    """A task that still waits for its viewer."""
    task, user, _ = givens.started_task(given)
    client.call(read_givens.completed_task(task, user)).expect(given.documented)


@check("supos.getCompletiveTask.unknown-user")
def detail_for_an_unknown_user(client: Client, given: Given) -> None:
    """A finished task, asked for by somebody whom nobody knows."""
    task, *_ = read_givens.submitted(given)
    client.call(read_givens.completed_task(task, given.role("user.unknown"))).expect(given.documented)


@check("supos.getCompletiveTask.stranger")
def detail_for_a_stranger(client: Client, given: Given) -> None:
    """A finished task, asked for by a user who has nothing to do with the process."""
    task, *_ = read_givens.submitted(given)
    client.call(read_givens.completed_task(task, given.role("user.idle"))).expect(given.documented)


@check("supos.getCompletiveTask.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown user and unknown task at once."""
    client.call(read_givens.completed_task("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.getCompletiveTask.matches-list")
def details_match_the_list(client: Client, given: Given) -> None:
    """Every field of the row."""
    task, user, _, app = read_givens.submitted(given)
    page = client.must(read_givens.completed(user, app))
    row = read_givens.row_of(page, "taskId", task, "queryCompletive.submitted-listed")
    answer = client.must(read_givens.completed_task(task, user))
    for name, value in row.items():
        answer.equal(f"{name} of the task", answer.field(f"/{name}"), value)


@check("supos.getCompletiveTask.form-data")
def form_is_shown_as_sent(client: Client, given: Given) -> None:
    """A text with blanks, quotes and letters from beyond ASCII."""
    form = f'{{ "reason" : "{given.tag()} für 三 Tage" }}'
    task, user, _, _ = read_givens.submitted(given, formData=form)
    answer = client.must(read_givens.completed_task(task, user))
    answer.equal("formData of the task", answer.field("/formData"), form)
