"""getInstance: what brought a task about and what finished it, action by action."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from conformance.suite.jodoo import givens
from specs.model import Contract

ACTIONS = {"create_action": ("create-action-", "created-by"), "finish_action": ("finish-action-", "finished-by")}
"""Field -> how its clauses begin, and how the roles of its tasks do."""


def actions(contract: Contract) -> Iterator[Case]:
    """Each action that the document lists has a clause, and a role that lends a task."""
    for field, (start, role) in ACTIONS.items():
        for clause in contract.clauses:
            name = clause.removeprefix(f"jodoo.getInstance.{start}")
            if name != clause:
                yield Case(clause, f"{field}-{name}", (field, name, f"task.{role}.{name}"))


@law(actions)
def task_shows_its_action(client: Client, given: Given, case: Case) -> None:
    """A lent task of which it is known what happened to it."""
    field, name, role = case.data
    answer, at = givens.lent_task(given, role)
    answer.equal(f"{field} of {role}", answer.field(f"{at}/{field}"), name)
