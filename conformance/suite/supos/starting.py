"""startProcess: refusals, and what a start leaves behind."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens


@check("supos.startProcess.unknown-process")
def unknown_process(client: Client, given: Given) -> None:
    """A processKey that nothing has."""
    client.call(givens.start(given, processKey=given.tag())).expect(given.documented)


@check("supos.startProcess.unpublished")
def unpublished_process(client: Client, given: Given) -> None:
    """A definition that exists and is not published."""
    call = givens.start(given, processKey=given.role("process.unpublished"))
    client.call(call).expect(given.documented)


@check("supos.startProcess.unknown-user")
def unknown_initiator(client: Client, given: Given) -> None:
    """An initiator whom nobody knows."""
    call = givens.start(given, username=given.role("user.unknown"))
    client.call(call).expect(given.documented)


@check("supos.startProcess.unknown-executor")
def unknown_executor(client: Client, given: Given) -> None:
    """An executor whom nobody knows, beside one who is known."""
    named = givens.assigns(given, given.role("user.other"), given.role("user.unknown"))
    client.call(givens.start(given, assigns=named)).expect(given.documented)


@check("supos.startProcess.executor-missing")
def no_executor_named(client: Client, given: Given) -> None:
    """No assigns at all, and assigns for another section only."""
    elsewhere = [{"taskDefKey": given.tag(), "users": [given.role("user.other")]}]
    for named in (None, [], elsewhere):
        client.call(givens.start(given, assigns=named)).expect(given.documented)


@check("supos.startProcess.executor-list-empty")
def empty_list_of_executors(client: Client, given: Given) -> None:
    """The right section with an empty list of users."""
    client.call(givens.start(given, assigns=givens.assigns(given))).expect(given.documented)


@check("supos.startProcess.position-empty")
def position_without_number(client: Client, given: Given) -> None:
    """A definition whose next section names a position that has no number."""
    call = givens.start(given, processKey=given.role("process.position-empty"), assigns=None, audit=None)
    client.call(call).expect(given.documented)


@check("supos.startProcess.unknown-outcome")
def unknown_outcome(client: Client, given: Given) -> None:
    """A sequence flow that the first section does not have."""
    call = givens.start(given, audit={"seqKey": given.tag(), "value": "1"})
    client.call(call).expect(given.documented)


@check("supos.startProcess.user-before-process")
def user_is_checked_before_process(client: Client, given: Given) -> None:
    """Unknown user and unknown process at once."""
    call = givens.start(given, username=given.role("user.unknown"), processKey=given.tag())
    client.call(call).expect(given.documented)


@check("supos.startProcess.next-section-pending")
def next_section_is_pending(client: Client, given: Given) -> None:
    """The named executor finds exactly one task of the started process."""
    executor = given.role("user.other")
    process, app = givens.started(given, assigns=givens.assigns(given, executor))
    answer = givens.tasks_of(given, executor, app)
    answer.equal("processes with a task for the executor", answer.fields("/list/*/processId"), [process])


@check("supos.startProcess.first-section-done")
def initiator_has_nothing_to_do(client: Client, given: Given) -> None:
    """The initiator's list has no task of the started process, while the process did go on."""
    _, app = givens.started(given)
    answer = givens.tasks_of(given, given.role("user.main"), app)
    answer.equal("tasks left for the initiator", answer.fields("/list/*/taskId"), [])


@check("supos.startProcess.shared-task")
def executors_share_one_task(client: Client, given: Given) -> None:
    """Two executors of one entry see the same task id."""
    one, two = given.role("user.other"), given.role("user.third")
    _, app = givens.started(given, assigns=givens.assigns(given, one, two))
    mine = givens.tasks_of(given, one, app).fields("/list/*/taskId")
    answer = givens.tasks_of(given, two, app)
    theirs = answer.fields("/list/*/taskId")
    answer.equal("one task in each list", (len(mine), len(theirs)), (1, 1))
    answer.equal("the task of the other executor", theirs, mine)


@check("supos.startProcess.process-name")
def given_name_is_listed(client: Client, given: Given) -> None:
    """The list shows the name that the start gave the instance."""
    name, executor = given.tag(), given.role("user.other")
    _, app = givens.started(given, processName=name, assigns=givens.assigns(given, executor))
    answer = givens.tasks_of(given, executor, app)
    answer.equal("names of the listed processes", answer.fields("/list/*/processName"), [name])


@check("supos.startProcess.refused-whole")
def refused_start_leaves_nothing(client: Client, given: Given) -> None:
    """A start refused for its position, an unknown user or a missing executor gives nobody a task."""
    app, executor = given.tag(), given.role("user.other")
    strangers = givens.assigns(given, executor, given.role("user.unknown"))
    position = given.role("process.position-empty")
    for fields, clause in (
        ({"assigns": strangers}, "unknown-executor"),
        ({"assigns": None}, "executor-missing"),
        ({"processKey": position, "audit": None}, "position-empty"),
    ):
        client.refused(givens.start(given, appId=app, **fields), f"startProcess.{clause}")
    for user in (executor, given.role("user.main")):
        answer = givens.tasks_of(given, user, app)
        answer.equal(f"tasks of {user} after refused starts", answer.fields("/list/*/taskId"), [])


@check("supos.startProcess.every-branch-pending")
def every_branch_is_pending(client: Client, given: Given) -> None:
    """Two branches, two executors: each of them finds one task, and not the same one."""
    one, two = given.role("user.other"), given.role("user.third")
    app = givens.started_parallel(given, one, two)
    mine = givens.tasks_of(given, one, app).fields("/list/*/taskId")
    answer = givens.tasks_of(given, two, app)
    theirs = answer.fields("/list/*/taskId")
    answer.equal("tasks of the executors of either branch", (len(mine), len(theirs)), (1, 1))
    answer.equal("the branches have tasks of their own", mine != theirs, True)


@check("supos.startProcess.branch-executor-missing")
def one_branch_without_executor(client: Client, given: Given) -> None:
    """Either branch in turn has no entry."""
    both = givens.branches(given, given.role("user.other"), given.role("user.third"))
    for named in both:
        call = givens.start(given, processKey=given.role("process.parallel"), assigns=[named], audit=None)
        client.call(call).expect(given.documented)
