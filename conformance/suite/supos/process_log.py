"""queryLog and getUrgeInfo: what was done in a process, and what it waits for."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens
from conformance.suite.supos.read_givens import log, reminder

ENTRY = ("type", "operator", "comment", "taskName")


@check("supos.queryLog.unknown-process")
def log_of_an_unknown_process(client: Client, given: Given) -> None:
    """A process id that nothing has."""
    client.call(log("1")).expect(given.documented)


@check("supos.queryLog.start-recorded")
def start_is_recorded(client: Client, given: Given) -> None:
    """The one entry of a fresh process."""
    remark = given.tag()
    process_id, _ = givens.started(given, comment=remark)
    section = client.must(read_givens.start_info(given.role("process.main"))).field("/firstTaskName")
    answer = client.must(log(process_id))
    found = [tuple(entry[name] for name in ENTRY) for entry in answer.fields("/*")]
    answer.equal("entries of a start", found, [("TASK_COMPLETE", given.role("user.main"), remark, section)])


@check("supos.queryLog.submit-recorded")
def submit_is_recorded(client: Client, given: Given) -> None:
    """The one entry with the submitter's name."""
    remark = given.tag()
    task, user, app = givens.started_task(given)
    row = read_givens.row_of(givens.tasks_of(given, user, app), "taskId", task, "startProcess.next-section-pending")
    client.must(givens.submit(given, task, user, comment=remark))
    answer = client.must(log(row["processId"]))
    found = [tuple(entry[name] for name in ENTRY) for entry in answer.fields("/*") if entry["operator"] == user]
    answer.equal("entries of a submit", found, [("TASK_COMPLETE", user, remark, row["taskName"])])


@check("supos.queryLog.rejection-recorded")
def rejection_is_recorded(client: Client, given: Given) -> None:
    """The submitter's entry after a submit by the rejection line."""
    _, user, process_id, _ = read_givens.submitted(given, audit=read_givens.rejection(given))
    answer = client.must(log(process_id))
    found = [entry["type"] for entry in answer.fields("/*") if entry["operator"] == user]
    answer.equal("types of a rejection's entries", found, ["TASK_REJECT"])


@check("supos.queryLog.outcome-named")
def outcome_is_named(client: Client, given: Given) -> None:
    """The entry of a start has the name that startInfo gives the outcome."""
    key = given.role("process.main.outcome")
    process_id, _ = givens.started(given)
    info = client.must(read_givens.start_info(given.role("process.main")))
    names = [audit["name"] for audit in info.fields("/audits/*") if audit["seqKey"] == key]
    answer = client.must(log(process_id))
    answer.equal("outcomes in the log of a start", answer.fields("/*/auditResult"), names)


@check("supos.queryLog.canceled-recorded")
def cancellation_is_recorded(client: Client, given: Given) -> None:
    """The log of the lent canceled process."""
    answer = client.must(log(given.role("instance.canceled")))
    found = answer.fields("/*/type").count("PROCESS_TERMINATE")
    answer.equal("entries of the end of a canceled process", found, 1)


@check("supos.getUrgeInfo.unknown-process")
def reminder_of_an_unknown_process(client: Client, given: Given) -> None:
    """A process id that nothing has."""
    client.call(reminder("1")).expect(given.documented)


@check("supos.getUrgeInfo.waiting-tasks")
def waiting_tasks_only(client: Client, given: Given) -> None:
    """After a submit the next task is there, and the submitted one is not."""
    task, user, app = givens.started_two_choices(given)
    executor = given.role("user.third")
    named = givens.assigns(given, executor, section="process.two-choices.section2")
    process_id = str(givens.tasks_of(given, user, app).field("/list/0/processId"))
    client.must(givens.submit(given, task, user, assigns=named))
    page = givens.tasks_of(given, executor, app)
    row = read_givens.row_of(page, "processId", process_id, "submitTask.next-section-pending")
    answer = client.must(reminder(process_id))
    found = [(entry["taskId"], entry["taskName"], entry["url"]) for entry in answer.fields("/*")]
    answer.equal("tasks that wait", found, [(row["taskId"], row["taskName"], row["url"])])


@check("supos.getUrgeInfo.every-holder")
def all_users_of_a_task(client: Client, given: Given) -> None:
    """A task of two users."""
    users = (given.role("user.other"), given.role("user.third"))
    _, process_id, _ = read_givens.shared_task(given, *users)
    answer = client.must(reminder(process_id))
    answer.equal("users of the task", sorted(answer.fields("/*/users/*/username")), sorted(users))


@check("supos.getUrgeInfo.ended-empty")
def ended_process_waits_for_nobody(client: Client, given: Given) -> None:
    """A process whose last section was submitted."""
    process_id, _ = read_givens.ended(given)
    answer = client.call(reminder(process_id))
    answer.succeeds()
    answer.equal("tasks of an ended process", answer.fields("/*"), [])
