"""queryTotal: how many tasks wait."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos import givens, read_givens

TRIES = 8
"""How often is counted again while tasks of the user come and go."""


@check("supos.queryTotal.unknown-user")
def unknown_user(client: Client, given: Given) -> None:
    """The tasks of somebody whom nobody knows."""
    client.call(read_givens.total(given.role("user.unknown"))).expect(given.documented)


@check("supos.queryTotal.equals-list")
def equals_the_total_of_the_list(client: Client, given: Given) -> None:
    """A user with a task at least; counted while the list says the same before and afterwards."""
    _, user, _ = givens.started_task(given)
    listed = givens.pending(user, "", pageSize=1).drop("query.appId")
    for _ in range(TRIES):
        before = client.must(listed).field("/pagination/total")
        answer = client.must(read_givens.total(user))
        after = client.must(listed).field("/pagination/total")
        if before == after:
            answer.equal("tasks that wait for the user", answer.field(""), before)
            return
    answer.equal("the number lies near the totals around it", abs(answer.field("") - after) <= TRIES, True)
