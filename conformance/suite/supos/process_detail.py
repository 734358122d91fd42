"""getDetail: who may view a process, and what is shown of it."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens


@check("supos.getDetail.unknown-process")
def unknown_process(client: Client, given: Given) -> None:
    """A process id that nothing has."""
    client.call(read_givens.process("1", given.role("user.main"))).expect(given.documented)


@check("supos.getDetail.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A running process, asked for by somebody whom nobody knows."""
    process_id, _ = givens.started(given)
    client.call(read_givens.process(process_id, given.role("user.unknown"))).expect(given.documented)


@check("supos.getDetail.stranger")
def stranger(client: Client, given: Given) -> None:
    """A running process, asked for by a user who has nothing to do with it."""
    process_id, _ = givens.started(given)
    client.call(read_givens.process(process_id, given.role("user.idle"))).expect(given.documented)


@check("supos.getDetail.user-before-process")
def user_is_checked_before_process(client: Client, given: Given) -> None:
    """Unknown user and unknown process at once."""
    client.call(read_givens.process("1", given.role("user.unknown"))).expect(given.documented)


@check("supos.getDetail.initiator-views")
def initiator_may_view(client: Client, given: Given) -> None:
    """The initiator of a process that waits for somebody else."""
    process_id, _ = givens.started(given)
    client.call(read_givens.process(process_id, given.role("user.main"))).succeeds()


@check("supos.getDetail.executor-views")
def executors_may_view(client: Client, given: Given) -> None:
    """Both users for whom a process waits."""
    users = (given.role("user.other"), given.role("user.third"))
    _, process_id, _ = read_givens.shared_task(given, *users)
    for user in users:
        client.call(read_givens.process(process_id, user)).succeeds()


@check("supos.getDetail.former-executor-views")
def former_executors_may_view(client: Client, given: Given) -> None:
    """Both users of a task that one of them has submitted."""
    users = (given.role("user.other"), given.role("user.third"))
    task, process_id, _ = read_givens.shared_task(given, *users)
    client.must(givens.submit(given, task, users[0]))
    for user in users:
        client.call(read_givens.process(process_id, user)).succeeds()


@check("supos.getDetail.as-listed")
def details_match_the_list(client: Client, given: Given) -> None:
    """Application and name, by the executor's pending list of that application."""
    executor = given.role("user.other")
    process_id, app = givens.started(given, processName=given.tag(), assigns=givens.assigns(given, executor))
    page = givens.tasks_of(given, executor, app)
    row = read_givens.row_of(page, "processId", process_id, "startProcess.next-section-pending")
    answer = client.must(read_givens.process(process_id, given.role("user.main")))
    answer.equal("id of the process", answer.field("/processId"), process_id)
    answer.equal("application of the process", answer.field("/appId"), app)
    answer.equal("name of the process", answer.field("/processName"), row["processName"])


@check("supos.getDetail.tasks")
def waiting_tasks(client: Client, given: Given) -> None:
    """One task, two users."""
    users = (given.role("user.other"), given.role("user.third"))
    task, process_id, _ = read_givens.shared_task(given, *users)
    answer = client.must(read_givens.process(process_id, given.role("user.main")))
    found = sorted((row["username"], row["taskId"]) for row in answer.fields("/tasks/*"))
    answer.equal("users and tasks", found, sorted((user, task) for user in users))


@check("supos.getDetail.running")
def running(client: Client, given: Given) -> None:
    """A fresh process."""
    process_id, _ = givens.started(given)
    answer = client.must(read_givens.process(process_id, given.role("user.main")))
    answer.equal("status of a running process", answer.field("/status"), 88)
    answer.equal("endTime of a running process", answer.field("/endTime"), None)


@check("supos.getDetail.completed")
def completed(client: Client, given: Given) -> None:
    """A process whose last section was submitted."""
    process_id, _ = read_givens.ended(given)
    answer = client.must(read_givens.process(process_id, given.role("user.main")))
    answer.equal("status of a completed process", answer.field("/status"), 66)
    answer.equal("a completed process has an endTime", answer.field("/endTime") is not None, True)
    answer.equal("tasks of a completed process", answer.fields("/tasks/*"), [])


@check("supos.getDetail.suspended")
def suspended(client: Client, given: Given) -> None:
    """The lent suspended process."""
    call = read_givens.process(given.role("instance.suspended"), given.role("instance.suspended.initiator"))
    answer = client.must(call)
    answer.equal("status of a suspended process", answer.field("/status"), 77)
    answer.equal("endTime of a suspended process", answer.field("/endTime"), None)


@check("supos.getDetail.canceled")
def canceled(client: Client, given: Given) -> None:
    """The lent canceled process."""
    call = read_givens.process(given.role("instance.canceled"), given.role("instance.canceled.initiator"))
    answer = client.call(call)
    answer.succeeds()
    answer.equal("status of a canceled process", answer.field("/status"), 99)
    answer.equal("a canceled process has an endTime", answer.field("/endTime") is not None, True)
    answer.equal("tasks of a canceled process", answer.fields("/tasks/*"), [])
