"""What the same request does the second time, as ``x-idempotency`` says."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from specs.model import Contract


def operations(contract: Contract) -> Iterator[Case]:
    """Each operation that declares what a repetition does."""
    for operation in contract:
        if "x-idempotency" in operation.raw:
            yield Case(f"{contract.api}.{operation.id}.repeat", operation.id, operation.raw["x-idempotency"])


@law(operations)
def second_time(client: Client, given: Given, case: Case) -> None:
    """The given's request, twice, byte for byte."""
    promise = case.data
    call = given.request(case.key)
    first = client.must(call)
    second = client.call(call)
    if promise["repeat"] == "error":
        second.expect(given.documented)
        return
    second.succeeds()
    if promise["repeat"] == "same":
        pointer = promise.get("key", "")
        second.equal("the answer of the repetition", second.declared(pointer), first.declared(pointer))
    elif promise["repeat"] == "another":
        pointer = promise["key"]
        second.equal("another object than the first", second.declared(pointer) != first.declared(pointer), True)
