"""supOS: a full valid request for each operation, and the ground that scenarios stand on."""

from __future__ import annotations

from typing import Any

from conformance.answer import Answer
from conformance.errors import Prevented
from conformance.given import Given, Listing
from conformance.outcome import Blocker
from conformance.suite.supos import todo_givens
from conformance.wire.call import Call


def start(given: Given, **fields: Any) -> Call:
    """startProcess of the main process, its next section assigned to the user of role ``user.other``."""
    body = {
        "appId": given.tag(),
        "assigns": assigns(given, given.role("user.other")),
        "audit": {"seqKey": given.role("process.main.outcome"), "value": "1"},
        "comment": "made by the conformance suite",
        "formData": "{}",
        "processKey": given.role("process.main"),
        "processName": given.tag(),
        "username": given.role("user.main"),
    }
    return Call("startProcess", body={**body, **fields})


def assigns(given: Given, *users: str, section: str = "process.main.section") -> list[dict[str, Any]]:
    """One section assigned to users."""
    return [{"name": "approval", "taskDefKey": given.role(section), "users": list(users)}]


def started(given: Given, **fields: Any) -> tuple[str, str]:
    """Start a process; gives its id and the appId under which only it is found."""
    call = start(given, **fields)
    return given.client.must(call).field("/processId"), call.body["appId"]


def pending(username: str, app: str, **query: Any) -> Call:
    """queryPending for one user and one application."""
    return Call("queryPending", query={"appId": app, "username": username, "current": 1, "pageSize": 10, **query})


def tasks_of(given: Given, username: str, app: str) -> Answer:
    """The pending tasks of a user in one application; what the check asserts is asserted on this answer."""
    return given.client.must(pending(username, app))


def task_in(answer: Answer, clause: str) -> str:
    """The id of the first listed task; without one the check is blocked by the clause that promises it."""
    ids = answer.fields("/list/*/taskId")
    if not ids:
        raise Prevented(Blocker("clause", f"supos.{clause}"), "the list is empty", answer)
    return str(ids[0])


def submit(given: Given, task: str, username: str, **fields: Any) -> Call:
    """submitTask of one task by one user, every optional field set."""
    body = {
        "taskId": task,
        "username": username,
        "assigns": assigns(given, given.role("user.third")),
        "audit": {"seqKey": None, "value": "1"},
        "comment": "made by the conformance suite",
        "formData": "{}",
    }
    return Call("submitTask", body={**body, **fields})


def started_task(given: Given, username: str | None = None) -> tuple[str, str, str]:
    """A task of a fresh process that waits for one user; gives its id, the user and the appId."""
    user = username or given.role("user.other")
    _, app = started(given, assigns=assigns(given, user))
    return task_in(tasks_of(given, user, app), "startProcess.next-section-pending"), user, app


def started_two_choices(given: Given) -> tuple[str, str, str]:
    """A waiting task whose next section is executed by users of the request's choice, too."""
    user = given.role("user.other")
    first = assigns(given, user, section="process.two-choices.section1")
    _, app = started(given, processKey=given.role("process.two-choices"), assigns=first, audit=None)
    return task_in(tasks_of(given, user, app), "startProcess.next-section-pending"), user, app


def branches(given: Given, first: str, second: str) -> list[dict[str, Any]]:
    """Both branches of the parallel process, each assigned to one user."""
    return [
        *assigns(given, first, section="process.parallel.section1"),
        *assigns(given, second, section="process.parallel.section2"),
    ]


def started_parallel(given: Given, first: str, second: str) -> str:
    """Start the process that forks, one branch for each user; gives the appId."""
    named = branches(given, first, second)
    _, app = started(given, processKey=given.role("process.parallel"), assigns=named, audit=None)
    return app


def submitted_two_choices(given: Given) -> tuple[str, str, str, str]:
    """A task that its user submitted to another; gives its id, the user, the next executor and the appId."""
    task, user, app = started_two_choices(given)
    executor = given.role("user.third")
    submit_choice(given, task, user, executor)
    return task, user, executor, app


def submit_choice(given: Given, task: str, user: str, executor: str) -> None:
    """Submit the first task of the process of two choices to an executor."""
    named = assigns(given, executor, section="process.two-choices.section2")
    given.client.must(submit(given, task, user, assigns=named))


def ended(given: Given) -> tuple[str, str, str, str]:
    """A process that was submitted to its end; gives its last two tasks and who submitted them."""
    task, user, executor, app = submitted_two_choices(given)
    last = task_in(tasks_of(given, executor, app), "submitTask.next-section-pending")
    given.client.must(submit(given, last, executor, assigns=None))
    return task, last, user, executor


def started_shared(given: Given) -> tuple[str, str, str, str]:
    """A task of a fresh process that two users share; gives its id, both users and the appId."""
    one, two = given.role("user.other"), given.role("user.third")
    _, app = started(given, assigns=assigns(given, one, two))
    return task_in(tasks_of(given, two, app), "startProcess.shared-task"), one, two, app


def delegated(given: Given) -> tuple[str, str, str, str]:
    """A task that one user delegated to another; gives its id, delegator, trustee and appId."""
    task, user, app = started_task(given)
    trustee = given.role("user.third")
    given.client.must(entrust(task, user, trustee))
    return task, user, trustee, app


def revoked(given: Given) -> tuple[str, str, str]:
    """A task that its user submitted and took back; gives its id, the user and the appId."""
    task, user, _, app = submitted_two_choices(given)
    given.client.must(revoke(task, user))
    return task, user, app


def save(given: Given, **fields: Any) -> Call:
    """save of the main process, every optional field set."""
    body = {
        "appId": given.tag(),
        "formData": "{}",
        "processKey": given.role("process.main"),
        "username": given.role("user.main"),
    }
    return Call("save", body={**body, **fields})


def save_form(task: str, username: str, **fields: Any) -> Call:
    """saveTaskForm of one task by one user, every optional field set."""
    return Call("saveTaskForm", body={"taskId": task, "username": username, "formData": '{"days": 5}', **fields})


def entrust(task: str, username: str, trustee: str) -> Call:
    """entrust of one task by one user, every optional field set."""
    reason = "made by the conformance suite"
    return Call("entrust", body={"mandatary": trustee, "username": username, "reason": reason, "taskId": task})


def revoke(task: str, username: str) -> Call:
    """revoke of one task by one user."""
    return Call("revoke", body={"taskId": task, "username": username})


def cancel(process: str, username: str) -> Call:
    """cancel of one process by one user."""
    return Call("cancel", path={"processId": process}, body={"username": username})


def _pending_listing(given: Given, count: int) -> Listing:
    """That many tasks of one user, found by an appId of their own."""
    user, app = given.role("user.pager"), given.tag()
    for _ in range(count):
        started(given, appId=app, assigns=assigns(given, user))
    everything = given.client.must(pending(user, app, pageSize=count * 2))
    keys = tuple((key,) for key in everything.fields("/list/*/taskId"))
    return Listing(pending(user, app), keys)


def _submit(given: Given) -> Call:
    task, user, _ = started_task(given)
    return submit(given, task, user)


def _save_form(given: Given) -> Call:
    task, user, _ = started_task(given)
    return save_form(task, user)


def _entrust(given: Given) -> Call:
    task, user, _ = started_task(given)
    return entrust(task, user, given.role("user.third"))


def _revoke(given: Given) -> Call:
    task, user, _, _ = submitted_two_choices(given)
    return revoke(task, user)


def _cancel(given: Given) -> Call:
    process, _ = started(given)
    return cancel(process, given.role("user.main"))


REQUESTS = {
    "queryPending": lambda given: pending(given.role("user.main"), given.role("app.main")),
    "startProcess": start,
    "submitTask": _submit,
    "saveTaskForm": _save_form,
    "entrust": _entrust,
    "revoke": _revoke,
    "save": save,
    "cancel": _cancel,
    **todo_givens.REQUESTS,
}

LISTINGS = {"queryPending": _pending_listing}
