"""Every operation's valid request reaches its documented success."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from specs.model import Contract


def operations(contract: Contract) -> Iterator[Case]:
    """One case an operation."""
    for operation in contract:
        yield Case(f"{contract.api}.{operation.id}.accepts", operation.id)


@law(operations)
def valid_request_succeeds(client: Client, given: Given, case: Case) -> None:
    """The full valid request, every optional field set."""
    client.call(given.request(case.key)).succeeds()
