"""A path is refused to methods that it is not documented for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from specs.derive import OTHER_METHOD
from specs.model import Contract


def operations(contract: Contract) -> Iterator[Case]:
    """Each operation whose document says so."""
    for clause in contract.clauses.values():
        if clause.derived and clause.rule == OTHER_METHOD:
            yield Case(clause.id, str(clause.operation), clause.operation)


@law(operations)
def other_method_is_refused(client: Client, given: Given, case: Case) -> None:
    """The valid request, but for its method: GET, which harms nobody."""
    message = client.message(given.request(case.data))
    client.send(case.data, replace(message, method="GET")).expect(given.documented)
