"""What one operation shows of what another one did."""

from __future__ import annotations

from conformance.answer import Answer
from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens


def _forms(answer: Answer) -> tuple[object, object]:
    return answer.field("/formData"), answer.field("/formTempData")


def _entries(answer: Answer, kind: str) -> list[tuple[object, object]]:
    """Operator and comment of the log's entries of one type."""
    types, operators, comments = (answer.fields(f"/*/{name}") for name in ("type", "operator", "comment"))
    return [(who, said) for what, who, said in zip(types, operators, comments, strict=True) if what == kind]


@check("supos.save.form-shown")
def saved_form_is_shown(client: Client, given: Given) -> None:
    """A process is saved with form data of its own."""
    form, user = f'{{"note": "{given.tag()}"}}', given.role("user.main")
    task = client.must(givens.save(given, formData=form)).field("/taskId")
    answer = client.must(read_givens.pending_task(task, user))
    answer.equal("the saved form is one of those shown", form in _forms(answer), True)


@check("supos.saveTaskForm.form-shown")
def form_saved_later_is_shown(client: Client, given: Given) -> None:
    """A pending task's form data are saved."""
    form = f'{{"note": "{given.tag()}"}}'
    task, user, _ = givens.started_task(given)
    client.must(givens.save_form(task, user, formData=form))
    answer = client.must(read_givens.pending_task(task, user))
    answer.equal("the saved form is one of those shown", form in _forms(answer), True)


@check("supos.entrust.recorded")
def delegation_is_recorded(client: Client, given: Given) -> None:
    """A task is delegated with a reason."""
    user, trustee = given.role("user.other"), given.role("user.third")
    process, app = givens.started(given, assigns=givens.assigns(given, user))
    task = givens.task_in(givens.tasks_of(given, user, app), "startProcess.next-section-pending")
    call = givens.entrust(task, user, trustee)
    client.must(call)
    answer = client.must(read_givens.log(process))
    answer.equal("delegations in the log", _entries(answer, "TASK_DELEGATE"), [(user, call.body["reason"])])


@check("supos.revoke.recorded")
def revocation_is_recorded(client: Client, given: Given) -> None:
    """A submitted task is taken back."""
    user, executor = given.role("user.other"), given.role("user.third")
    first = givens.assigns(given, user, section="process.two-choices.section1")
    process, app = givens.started(given, processKey=given.role("process.two-choices"), assigns=first, audit=None)
    task = givens.task_in(givens.tasks_of(given, user, app), "startProcess.next-section-pending")
    givens.submit_choice(given, task, user, executor)
    client.must(givens.revoke(task, user))
    answer = client.must(read_givens.log(process))
    who = [operator for operator, _ in _entries(answer, "TASK_ROLLBACK")]
    answer.equal("who revoked, by the log", who, [user])


@check("supos.cancel.recorded")
def cancellation_is_recorded(client: Client, given: Given) -> None:
    """A running process is canceled by its initiator."""
    process, _ = givens.started(given)
    user = given.role("user.main")
    client.must(givens.cancel(process, user))
    answer = client.must(read_givens.log(process))
    who = [operator for operator, _ in _entries(answer, "PROCESS_TERMINATE")]
    answer.equal("who canceled, by the log", who, [user])


@check("supos.cancel.status")
def canceled_status_is_shown(client: Client, given: Given) -> None:
    """The details of a process before and after it is canceled."""
    process, _ = givens.started(given)
    user = given.role("user.main")
    client.must(givens.cancel(process, user))
    answer = client.must(read_givens.process(process, user))
    answer.equal("status of the canceled process", answer.field("/status"), 99)
    answer.equal("the canceled process has an end", answer.field("/endTime") is not None, True)


@check("supos.getStartInfo.every-outcome")
def start_info_names_every_outcome(client: Client, given: Given) -> None:
    """The outcomes of a saved process's first task are those that startInfo names."""
    task = client.must(givens.save(given)).field("/taskId")
    audits = client.must(read_givens.pending_task(task, given.role("user.main"))).fields("/audits/*/id")
    answer = client.must(read_givens.start_info(given.role("process.main")))
    answer.equal("outcomes of a start", sorted(answer.fields("/audits/*/seqKey")), sorted(audits))


@check("supos.getUrgeInfo.show-name")
def reminder_shows_names(client: Client, given: Given) -> None:
    """One task, one user, whose name the target tells."""
    user = given.role("user.other")
    process, _ = givens.started(given, assigns=givens.assigns(given, user))
    answer = client.must(read_givens.reminder(process))
    answer.equal("names shown", answer.fields("/*/users/*/showName"), [given.role("user.other.show-name")])
