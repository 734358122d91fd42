"""queryProcess: the processes that a user has started."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens
from conformance.suite.supos.read_givens import initiated


@check("supos.queryProcess.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """The processes of somebody whom nobody knows."""
    client.call(initiated(given.role("user.unknown"), given.tag())).expect(given.documented)


@check("supos.queryProcess.app-filter")
def filter_by_application(client: Client, given: Given) -> None:
    """Two applications, one process each: each filter finds its own, and no filter hides neither."""
    user = given.role("user.main")
    one, app = givens.started(given)
    other, _ = givens.started(given)
    answer = client.must(initiated(user, app))
    answer.equal("processes listed for the application", answer.fields("/list/*/processId"), [one])
    for process_id in (one, other):
        answer, rows = read_givens.looked_for(given, initiated(user, "").drop("query.appId"), "processId", process_id)
        answer.equal("rows of the process without the filter", len(rows), 1)


@check("supos.queryProcess.app-filter-unknown")
def unknown_application_is_empty(client: Client, given: Given) -> None:
    """An application that nobody has ever used."""
    answer = client.call(initiated(given.role("user.main"), given.tag()))
    answer.succeeds()
    answer.equal("processes of an unknown application", answer.fields("/list/*/processId"), [])


@check("supos.queryProcess.initiated-only")
def initiators_only(client: Client, given: Given) -> None:
    """The initiator's list has the process, the executor's has not."""
    executor = given.role("user.other")
    process_id, app = givens.started(given, assigns=givens.assigns(given, executor))
    for user, wanted in ((given.role("user.main"), [process_id]), (executor, [])):
        answer = client.must(initiated(user, app))
        answer.equal(f"processes that {user} has started", answer.fields("/list/*/processId"), wanted)


@check("supos.queryProcess.default-running")
def running_by_default(client: Client, given: Given) -> None:
    """A running and a completed process, asked for without a status."""
    user = given.role("user.main")
    _, finished_app = read_givens.ended(given)
    running, app = givens.started(given)
    answer = client.must(initiated(user, app).drop("query.status"))
    answer.equal("running processes", answer.fields("/list/*/processId"), [running])
    answer = client.must(initiated(user, finished_app).drop("query.status"))
    answer.equal("completed processes among those that run", answer.fields("/list/*/processId"), [])


@check("supos.queryProcess.running")
def running_ones(client: Client, given: Given) -> None:
    """A running and a completed process, asked for with 88."""
    user = given.role("user.main")
    _, finished_app = read_givens.ended(given)
    running, app = givens.started(given)
    answer = client.must(initiated(user, app, status="88"))
    answer.equal("running processes", answer.fields("/list/*/processId"), [running])
    answer.equal("status of a running process", answer.fields("/list/*/status"), [88])
    answer = client.must(initiated(user, finished_app, status="88"))
    answer.equal("completed processes among those that run", answer.fields("/list/*/processId"), [])


@check("supos.queryProcess.completed")
def completed_ones(client: Client, given: Given) -> None:
    """A completed and a running process, asked for with 66."""
    user = given.role("user.main")
    finished, finished_app = read_givens.ended(given)
    _, app = givens.started(given)
    answer = client.must(initiated(user, finished_app, status="66"))
    answer.equal("completed processes", answer.fields("/list/*/processId"), [finished])
    answer.equal("status of a completed process", answer.fields("/list/*/status"), [66])
    answer = client.must(initiated(user, app, status="66"))
    answer.equal("running processes among those that are completed", answer.fields("/list/*/processId"), [])


@check("supos.queryProcess.suspended")
def suspended_ones(client: Client, given: Given) -> None:
    """The lent suspended process is somewhere in its initiator's list of 77."""
    _lent(given, "instance.suspended", 77)


@check("supos.queryProcess.canceled")
def canceled_ones(client: Client, given: Given) -> None:
    """The lent canceled process is somewhere in its initiator's list of 99."""
    _lent(given, "instance.canceled", 99)


def _lent(given: Given, role: str, status: int) -> None:
    call = initiated(given.role(f"{role}.initiator"), "", status=str(status)).drop("query.appId")
    answer, rows = read_givens.looked_for(given, call, "processId", given.role(role))
    answer.equal("status of the rows of the lent process", [row["status"] for row in rows], [status])


@check("supos.queryProcess.matches-detail")
def rows_match_the_details(client: Client, given: Given) -> None:
    """Every field of a running and of a completed process."""
    user = given.role("user.main")
    for (process_id, app), status in ((givens.started(given), "88"), (read_givens.ended(given), "66")):
        wanted = client.must(read_givens.process(process_id, user)).field("")
        answer = client.must(initiated(user, app, status=status))
        answer.equal("rows of the process", answer.fields("/list/*"), [wanted])
