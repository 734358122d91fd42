"""Each rule that stands on a node of a request: breaking it alone brings the documented refusal."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.errors import Refuted
from conformance.given import Given
from conformance.laws.violations import violations
from specs.model import Contract
from specs.requests import RequestRules

ELSEWHERE = (401, 403, 404, 405, 406, 408, 409, 410, 415, 429)
"""Refusals that are not about what a request says, where any 4XX is allowed."""


def rules(contract: Contract) -> Iterator[Case]:
    """One case a clause of a node."""
    for clause in contract.clauses.values():
        if clause.node is not None and clause.derived and clause.excluded is None:
            yield Case(clause.id, clause.id.removeprefix(f"{contract.api}."), clause)


@law(rules)
def broken_rule_is_refused(client: Client, given: Given, case: Case) -> None:
    """A request with this one finding is answered with the clause's status and code."""
    clause = case.data
    compiled = rules_of(client, clause.operation)
    for every in (False, True):  # the fields that are left out as a rule may be what it takes
        valid = given.request(clause.operation, every=every)
        broken = list(violations(compiled, valid, compiled.nodes[clause.node], clause.rule))
        if broken:
            break
    else:
        raise given.unbroken(clause)
    for call in broken:
        answer = client.call(call)
        answer.expect(given.documented)
        if given.documented.status == 4 and answer.status in ELSEWHERE and clause.node.partition(".")[0] != "path":
            raise Refuted("a refusal of what the request says", f"{answer.status}", answer, status=True)


def rules_of(client: Client, operation: str) -> RequestRules:
    """The compiled rules of an operation, made once a worker."""
    contract = client.contract
    return client.once(f"rules.{operation}", lambda: RequestRules(contract, contract.operations[operation]))
