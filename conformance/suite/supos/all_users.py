"""queryAllPending: the tasks of all users, own ones among those of others."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens
from conformance.suite.supos.read_givens import all_pending, looked_for


@check("supos.queryAllPending.all-users")
def tasks_of_different_users(client: Client, given: Given) -> None:
    """A task for each of two users; each has its row, under the user's name."""
    for user in (given.role("user.other"), given.role("user.third")):
        task, _, _ = givens.started_task(given, user)
        answer, rows = looked_for(given, all_pending(), "taskId", task)
        answer.equal(f"users named by the rows of a task of {user}", [row["userName"] for row in rows], [user])


@check("supos.queryAllPending.every-holder")
def a_row_for_every_holder(client: Client, given: Given) -> None:
    """A task of two users has two rows."""
    users = (given.role("user.other"), given.role("user.third"))
    task, _, _ = read_givens.shared_task(given, *users)
    met: set[str] = set()
    for _ in range(2):
        for answer in read_givens.pages(given, all_pending()):
            met |= {row["userName"] for row in answer.fields("/list/*") if row["taskId"] == task}
            if met == set(users):
                return
    answer.equal("users named by the rows of the task", sorted(met), sorted(users))


@check("supos.queryAllPending.matches-list")
def rows_match_the_users_list(client: Client, given: Given) -> None:
    """Every field of the row."""
    task, user, app = givens.started_task(given)
    page = givens.tasks_of(given, user, app)
    wanted = read_givens.row_of(page, "taskId", task, "startProcess.next-section-pending")
    answer, rows = looked_for(given, all_pending(), "taskId", task)
    answer.equal("rows of the task", rows, [wanted])


@check("supos.queryAllPending.finished-gone")
def finished_task_is_gone(client: Client, given: Given) -> None:
    """A task that was submitted is on no page."""
    task, *_ = read_givens.submitted(given)
    answer, rows = looked_for(given, all_pending(), "taskId", task)
    answer.equal("rows of a submitted task", rows, [])
