"""queryPending: whose tasks are listed, and how."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.queryPending.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """The list of somebody whom nobody knows."""
    call = givens.pending(given.role("user.unknown"), given.tag())
    client.call(call).expect(given.documented)


@check("supos.queryPending.app-filter")
def filter_by_application(client: Client, given: Given) -> None:
    """Two applications, one task each: each filter finds its own, and no filter hides neither."""
    user = given.role("user.other")
    one, app = givens.started(given, assigns=givens.assigns(given, user))
    other, _ = givens.started(given, assigns=givens.assigns(given, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("processes listed for the application", answer.fields("/list/*/processId"), [one])
    answer = client.must(givens.pending(user, app, pageSize=100).drop("query.appId"))
    listed = answer.fields("/list/*/processId")
    answer.equal("both processes are listed without the filter", {one, other} <= set(listed), True)


@check("supos.queryPending.app-filter-unknown")
def unknown_application_is_empty(client: Client, given: Given) -> None:
    """An application that nobody has ever used."""
    answer = client.call(givens.pending(given.role("user.other"), given.tag()))
    answer.succeeds()
    answer.equal("tasks of an unknown application", answer.fields("/list/*/taskId"), [])


@check("supos.queryPending.own-tasks-only")
def rows_name_their_user(client: Client, given: Given) -> None:
    """A task for one user is in that user's list, under that name, and in nobody else's."""
    holder, stranger = given.role("user.other"), given.role("user.third")
    _, app = givens.started(given, assigns=givens.assigns(given, holder))
    answer = givens.tasks_of(given, holder, app)
    answer.equal("users named by the rows", answer.fields("/list/*/userName"), [holder])
    answer = givens.tasks_of(given, stranger, app)
    answer.equal("tasks in a stranger's list", answer.fields("/list/*/taskId"), [])


@check("supos.queryPending.running-status")
def running_status(client: Client, given: Given) -> None:
    """A fresh process runs."""
    user = given.role("user.other")
    _, app = givens.started(given, assigns=givens.assigns(given, user))
    answer = givens.tasks_of(given, user, app)
    answer.equal("status of a running process's task", answer.fields("/list/*/status"), [88])


@check("supos.queryPending.suspended-status")
def suspended_status(client: Client, given: Given) -> None:
    """The lent task of a suspended process is somewhere in its user's list, with status 77."""
    user, task = given.role("task.suspended.user"), given.role("task.suspended")
    page, met = 1, 0
    while True:
        answer = client.must(givens.pending(user, "", current=page, pageSize=500).drop("query.appId"))
        ids = answer.fields("/list/*/taskId")
        met += len(ids)
        if task in ids or not ids or met >= answer.field("/pagination/total"):
            break
        page += 1
    answer.equal("the suspended task is listed", task in ids, True)
    answer.equal("status of the suspended task", answer.field(f"/list/{ids.index(task)}/status"), 77)
