"""A secured operation refuses whoever does not say, rightly, who they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from specs.model import Contract


def operations(contract: Contract) -> Iterator[Case]:
    """Each secured operation without credentials, with wrong ones, and with those of another scheme."""
    for operation in contract:
        for rule in ("absent", "wrong", "malformed"):
            clause = f"{contract.api}.{operation.id}.auth.{rule}"
            if operation.secured and clause in contract.clauses:
                yield Case(clause, f"{operation.id}-{rule}", (operation.id, rule))


@law(operations)
def stranger_is_refused(client: Client, given: Given, case: Case) -> None:
    """A request that is valid but for its credentials."""
    operation, rule = case.data
    call = given.request(operation)
    identity = None if rule == "absent" else f"main:{rule}"
    client.call(replace(call, identity=identity)).expect(given.documented)
