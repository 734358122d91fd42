"""supOS: requests of the reading operations, and the ground that their scenarios stand on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from conformance.answer import Answer
from conformance.errors import Prevented
from conformance.given import Given, Listing
from conformance.outcome import Blocker
from conformance.suite.supos import givens
from conformance.wire.call import Call

LARGEST = 500
"""The largest page that a list gives."""

MOST_PAGES = 2_000
"""Pages after which a list is taken to have no end."""


def total(username: str) -> Call:
    """queryTotal of one user."""
    return Call("queryTotal", query={"username": username})


def pending_task(task: str, username: str) -> Call:
    """getPendingTask of one task for one user."""
    return Call("getPendingTask", path={"taskId": task}, query={"username": username})


def completed_task(task: str, username: str) -> Call:
    """getCompletiveTask of one task for one user."""
    return Call("getCompletiveTask", path={"taskId": task}, query={"username": username})


def completed(username: str, app: str, **query: Any) -> Call:
    """queryCompletive for one user and one application."""
    return Call("queryCompletive", query={"appId": app, "username": username, "current": 1, "pageSize": 10, **query})


def all_pending(**query: Any) -> Call:
    """queryAllPending."""
    return Call("queryAllPending", query={"current": 1, "pageSize": LARGEST, **query})


def start_info(process_key: str) -> Call:
    """getStartInfo of one process definition."""
    return Call("getStartInfo", path={"processKey": process_key})


def process(process_id: str, username: str) -> Call:
    """getDetail of one process for one user."""
    return Call("getDetail", path={"processId": process_id}, query={"username": username})


def log(process_id: str) -> Call:
    """queryLog of one process."""
    return Call("queryLog", path={"processId": process_id})


def reminder(process_id: str) -> Call:
    """getUrgeInfo of one process."""
    return Call("getUrgeInfo", path={"processId": process_id})


def initiated(username: str, app: str, **query: Any) -> Call:
    """queryProcess for one user and one application: those that run."""
    query = {"appId": app, "status": "88", "username": username, "current": 1, "pageSize": 10, **query}
    return Call("queryProcess", query=query)


def pages(given: Given, call: Call) -> Iterator[Answer]:
    """Every page of a list, as large as they come, up to one that is empty or the same as the one before."""
    before: list[Any] = []
    for number in range(1, MOST_PAGES + 1):
        answer = given.client.must(call.set("query.current", number).set("query.pageSize", LARGEST))
        yield answer
        rows = answer.fields("/list/*")
        if not rows or rows == before:
            return
        before = rows


def looked_for(given: Given, call: Call, field: str, value: str) -> tuple[Answer, list[dict[str, Any]]]:
    """The rows of a long list with this value, and the page that has the first of them, else the last page.

    The list is walked twice before nothing is taken for an answer: rows move up while others leave it.
    """
    for _ in range(2):
        for answer in pages(given, call):
            found = [row for row in answer.fields("/list/*") if row[field] == value]
            if found:
                return answer, found
    return answer, []


def shared_task(given: Given, *users: str) -> tuple[str, str, str]:
    """A task of a fresh process that waits for several users; gives its id, the process's and the appId."""
    process_id, app = givens.started(given, assigns=givens.assigns(given, *users))
    answer = givens.tasks_of(given, users[0], app)
    return givens.task_in(answer, "startProcess.next-section-pending"), process_id, app


def submitted(given: Given, **fields: Any) -> tuple[str, str, str, str]:
    """A task that one user has submitted; gives its id, the user, the process's id and the appId."""
    user = given.role("user.other")
    task, process_id, app = shared_task(given, user)
    given.client.must(givens.submit(given, task, user, **fields))
    return task, user, process_id, app


def rejection(given: Given) -> dict[str, Any]:
    """The audit that leaves the main process's second section by a rejection line."""
    return {"seqKey": given.role("process.main.section.rejection"), "value": "1"}


def ended(given: Given) -> tuple[str, str]:
    """A process whose last section was submitted; gives its id and the appId."""
    task, user, app = givens.started_two_choices(given)
    executor = given.role("user.third")
    process_id = str(givens.tasks_of(given, user, app).field("/list/0/processId"))
    named = givens.assigns(given, executor, section="process.two-choices.section2")
    given.client.must(givens.submit(given, task, user, assigns=named))
    last = givens.task_in(givens.tasks_of(given, executor, app), "submitTask.next-section-pending")
    given.client.must(givens.submit(given, last, executor, assigns=None))
    return process_id, app


def row_of(answer: Answer, field: str, value: str, clause: str) -> dict[str, Any]:
    """The row with this value; without one the check is blocked by the clause that promises it."""
    for row in answer.fields("/list/*"):
        if row[field] == value:
            return dict(row)
    raise Prevented(Blocker("clause", f"supos.{clause}"), f"no row has the {field} {value}", answer)


def _completed_listing(given: Given, count: int) -> Listing:
    """The first sections that as many starts of one user have finished, found by an appId of their own."""
    user, app = given.role("user.pager"), given.tag()
    for _ in range(count):
        givens.started(given, username=user, appId=app)
    everything = given.client.must(completed(user, app, pageSize=count * 2))
    return Listing(completed(user, app), tuple((key,) for key in everything.fields("/list/*/taskId")))


def _initiated_listing(given: Given, count: int) -> Listing:
    """As many running processes of one user, found by an appId of their own."""
    user, app = given.role("user.pager"), given.tag()
    made = [givens.started(given, username=user, appId=app)[0] for _ in range(count)]
    return Listing(initiated(user, app), tuple((process_id,) for process_id in made))


def _everybodys_listing(given: Given, count: int) -> Listing:
    """Tasks of two users each, as many pairs of task and user as are asked for, among those of everybody."""
    users = (given.role("user.other"), given.role("user.third"))
    tasks = [shared_task(given, *users)[0] for _ in range(-(-count // len(users)))]
    return Listing(all_pending(), tuple((task, user) for task in tasks for user in users), shared=True)


def _pending_task(given: Given) -> Call:
    task, user, _ = givens.started_two_choices(given)
    return pending_task(task, user)


def _completed(given: Given) -> Call:
    _, user, _, app = submitted(given)
    return completed(user, app)


def _completed_task(given: Given) -> Call:
    task, user, _, _ = submitted(given)
    return completed_task(task, user)


def _all_pending(given: Given) -> Call:
    given.client.call(givens.start(given))  # a start that fails is no reason not to ask: others have tasks, too
    return all_pending(pageSize=10)


def _initiated(given: Given) -> Call:
    _, app = givens.started(given)
    return initiated(given.role("user.main"), app)


REQUESTS = {
    "queryTotal": lambda given: total(given.role("user.main")),
    "getPendingTask": _pending_task,
    "queryCompletive": _completed,
    "getCompletiveTask": _completed_task,
    "queryAllPending": _all_pending,
    "getStartInfo": lambda given: start_info(given.role("process.main")),
    "getDetail": lambda given: process(givens.started(given)[0], given.role("user.main")),
    "queryLog": lambda given: log(givens.started(given)[0]),
    "getUrgeInfo": lambda given: reminder(givens.started(given)[0]),
    "queryProcess": _initiated,
}

LISTINGS = {
    "queryCompletive": _completed_listing,
    "queryProcess": _initiated_listing,
    "queryAllPending": _everybodys_listing,
}
