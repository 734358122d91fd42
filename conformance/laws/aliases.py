"""Further base paths of an API: the same operation gives the same answer there."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.errors import Prevented
from conformance.given import Given
from conformance.outcome import Blocker
from specs.model import Contract


def operations(contract: Contract) -> Iterator[Case]:
    """Each operation below each base path but the first."""
    for operation in contract:
        for clause in contract.clauses.values():
            if clause.operation == operation.id and clause.derived and clause.rule in contract.base_paths[1:]:
                yield Case(clause.id, f"{operation.id}-{clause.rule}", (operation.id, clause.rule))


@law(operations)
def same_answer_below_another_base_path(client: Client, given: Given, case: Case) -> None:
    """The valid request at both places; the second answer is judged like the first."""
    operation, base_path = case.data
    if client.target.base_path is not None:  # a gateway maps the API elsewhere, and says nothing of other places
        raise Prevented(Blocker("capability", client.contract.clauses[case.clause].capability or "aliases"))
    call = given.request(operation)
    expected = client.must(call)
    answer = client.send(operation, client.message(call, base_path=base_path), call.identity)
    answer.succeeds()
    answer.equal("the answer", answer.field(""), expected.field(""))
