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
    """A user with a task at least. The list is read before and after; a task that came and went between is in neither.

    Others may make that happen now and then, so it is counted again; a wrong total is wrong every time.
    """
    _, user, _ = givens.started_task(given)
    for _ in range(TRIES):
        before = _listed(given, user)
        answer = client.must(read_givens.total(user))
        after = _listed(given, user)
        low, high = len(before & after), len(before | after)
        if low <= answer.field("") <= high:
            return
    answer.equal(f"the number of tasks lies from {low} to {high}", answer.field(""), low)


def _listed(given: Given, user: str) -> set[str]:
    call = givens.pending(user, "").drop("query.appId")
    return {str(task) for page in read_givens.pages(given, call) for task in page.fields("/list/*/taskId")}
