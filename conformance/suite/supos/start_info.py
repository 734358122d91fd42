"""getStartInfo: what a start needs to know."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens


@check("supos.getStartInfo.unknown-process")
def unknown_process(client: Client, given: Given) -> None:
    """A processKey that nothing has."""
    client.call(read_givens.start_info(given.tag())).expect(given.documented)


@check("supos.getStartInfo.unpublished")
def unpublished_process(client: Client, given: Given) -> None:
    """A definition that exists and is not published."""
    client.call(read_givens.start_info(given.role("process.unpublished"))).expect(given.documented)


@check("supos.getStartInfo.audit-keys")
def audit_keys_can_be_started(client: Client, given: Given) -> None:
    """The first ordinary audit that is shown is sent back as the outcome of a start."""
    answer = client.must(read_givens.start_info(given.role("process.main")))
    ordinary = [audit["seqKey"] for audit in answer.fields("/audits/*") if audit["type"] == 0]
    answer.equal("there is an ordinary audit", bool(ordinary), True)
    client.call(givens.start(given, audit={"seqKey": ordinary[0], "value": "1"})).succeeds()


@check("supos.getStartInfo.assigns")
def assigns_name_the_next_section(client: Client, given: Given) -> None:
    """The second section of the main process is executed by users of the request's choice."""
    answer = client.must(read_givens.start_info(given.role("process.main")))
    found = [(row["seqKey"], row.get("taskDefKey")) for row in answer.fields("/assigns/*")]
    wanted = [(given.role("process.main.outcome"), given.role("process.main.section"))]
    answer.equal("flows and sections to be assigned", found, wanted)


@check("supos.getStartInfo.first-task")
def first_task_is_what_a_start_finishes(client: Client, given: Given) -> None:
    """The one task that a start puts into the initiator's list of finished ones."""
    _, app = givens.started(given)
    finished = client.must(read_givens.completed(given.role("user.main"), app)).fields("/list/*/taskName")
    answer = client.must(read_givens.start_info(given.role("process.main")))
    answer.equal("names of what a start finishes", [answer.field("/firstTaskName")], finished)
