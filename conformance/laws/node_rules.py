"""Each rule that stands on a node of a request: breaking it alone brings the documented refusal."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from conformance.laws.violations import violations
from specs.model import Contract
from specs.requests import RequestRules


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
    valid = given.request(clause.operation)
    broken = list(violations(compiled, valid, compiled.nodes[clause.node], clause.rule))
    if not broken:
        raise LookupError(f"no request breaks {clause.id} alone; the given of {clause.operation} may lack the node")
    for call in broken:
        client.call(call).expect(given.documented)


def rules_of(client: Client, operation: str) -> RequestRules:
    """The compiled rules of an operation, made once a worker."""
    contract = client.contract
    return client.once(f"rules.{operation}", lambda: RequestRules(contract, contract.operations[operation]))
