"""entrust: refusals, and whose a delegated task is."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.entrust.unknown-task")
def unknown_task(client: Client, given: Given) -> None:
    """A task id that nothing has."""
    call = givens.entrust("1", given.role("user.other"), given.role("user.third"))
    client.call(call).expect(given.documented)


@check("supos.entrust.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """A waiting task, delegated by somebody whom nobody knows."""
    task, _, _ = givens.started_task(given)
    call = givens.entrust(task, given.role("user.unknown"), given.role("user.third"))
    client.call(call).expect(given.documented)


@check("supos.entrust.unknown-trustee")
def unknown_trustee(client: Client, given: Given) -> None:
    """A waiting task, delegated to somebody whom nobody knows."""
    task, user, _ = givens.started_task(given)
    client.call(givens.entrust(task, user, given.role("user.unknown"))).expect(given.documented)


@check("supos.entrust.stranger")
def stranger(client: Client, given: Given) -> None:
    """A waiting task, delegated by a user for whom it does not wait."""
    task, _, _ = givens.started_task(given)
    call = givens.entrust(task, given.role("user.third"), given.role("user.idle"))
    client.call(call).expect(given.documented)


@check("supos.entrust.trustee-again")
def trustee_delegates_again(client: Client, given: Given) -> None:
    """A trustee hands the task on."""
    task, _, trustee, _ = givens.delegated(given)
    client.call(givens.entrust(task, trustee, given.role("user.idle"))).expect(given.documented)


@check("supos.entrust.repeated-before-stranger")
def repetition_is_checked_before_permission(client: Client, given: Given) -> None:
    """A delegated task, delegated by somebody who never had it."""
    task, _, _, _ = givens.delegated(given)
    call = givens.entrust(task, given.role("user.main"), given.role("user.idle"))
    client.call(call).expect(given.documented)


@check("supos.entrust.to-self")
def to_oneself(client: Client, given: Given) -> None:
    """Delegator and trustee are one."""
    task, user, _ = givens.started_task(given)
    client.call(givens.entrust(task, user, user)).expect(given.documented)


@check("supos.entrust.to-holder")
def to_somebody_who_shares_the_task(client: Client, given: Given) -> None:
    """One of two executors delegates to the other."""
    task, one, two, _ = givens.started_shared(given)
    client.call(givens.entrust(task, one, two)).expect(given.documented)


@check("supos.entrust.suspended")
def suspended(client: Client, given: Given) -> None:
    """The lent task of a suspended process, delegated by its user."""
    task, user = given.role("task.suspended"), given.role("task.suspended.user")
    client.call(givens.entrust(task, user, given.role("user.idle"))).expect(given.documented)


@check("supos.entrust.user-before-task")
def user_is_checked_before_task(client: Client, given: Given) -> None:
    """Unknown delegator and unknown task at once."""
    call = givens.entrust("1", given.role("user.unknown"), given.role("user.third"))
    client.call(call).expect(given.documented)


@check("supos.entrust.trustee-holds")
def trustee_holds_the_task(client: Client, given: Given) -> None:
    """The trustee's list has the very task."""
    task, _, trustee, app = givens.delegated(given)
    answer = givens.tasks_of(given, trustee, app)
    answer.equal("tasks of the trustee", answer.fields("/list/*/taskId"), [task])


@check("supos.entrust.leaves-delegator")
def task_leaves_its_delegator(client: Client, given: Given) -> None:
    """The delegator's list is empty."""
    _, user, _, app = givens.delegated(given)
    answer = givens.tasks_of(given, user, app)
    answer.equal("tasks left for the delegator", answer.fields("/list/*/taskId"), [])


@check("supos.entrust.delegator-locked-out")
def delegator_cannot_submit(client: Client, given: Given) -> None:
    """The delegator submits the task all the same."""
    task, user, _, _ = givens.delegated(given)
    client.call(givens.submit(given, task, user)).refuses()


@check("supos.entrust.trustee-submits")
def trustee_can_submit(client: Client, given: Given) -> None:
    """The trustee submits, and has the task no longer."""
    task, _, trustee, app = givens.delegated(given)
    client.call(givens.submit(given, task, trustee)).succeeds()
    answer = givens.tasks_of(given, trustee, app)
    answer.equal("tasks left for the trustee", answer.fields("/list/*/taskId"), [])


@check("supos.entrust.others-keep")
def others_keep_the_task(client: Client, given: Given) -> None:
    """One of two executors delegates to a third; the other still has the task."""
    task, one, two, app = givens.started_shared(given)
    client.must(givens.entrust(task, one, given.role("user.idle")))
    answer = givens.tasks_of(given, two, app)
    answer.equal("tasks of the other executor", answer.fields("/list/*/taskId"), [task])


@check("supos.entrust.delegated-type")
def delegated_type(client: Client, given: Given) -> None:
    """The trustee's list says how the task came."""
    _, _, trustee, app = givens.delegated(given)
    answer = givens.tasks_of(given, trustee, app)
    givens.task_in(answer, "entrust.trustee-holds")
    answer.equal("type of a delegated task", answer.fields("/list/*/type"), [2])
