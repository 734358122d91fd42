"""What ``x-pagination`` promises: on a listing that only the run's own objects match, or that others share."""

from __future__ import annotations

from collections.abc import Iterator

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from conformance.laws import paging_laws, shared
from conformance.laws.pager import Pager
from conformance.laws.sizes import Sizes
from specs.model import Contract
from specs.pagination import Pagination


def operations(contract: Contract) -> Iterator[Case]:
    """Each law of each operation that pages."""
    for operation in contract:
        pagination = Pagination.of(operation)
        if pagination is not None:
            for rule in pagination.laws():
                yield Case(
                    f"{contract.api}.{operation.id}.paging.{rule}", f"{operation.id}-{rule}", (operation.id, rule)
                )


@law(operations)
def pages(client: Client, given: Given, case: Case) -> None:
    """One law on one listing."""
    operation, rule = case.data
    pagination = Pagination.of(client.contract.operations[operation])
    if pagination is None:
        raise LookupError(f"{operation} does not page")
    sizes = Sizes.of(client.contract, client.contract.operations[operation], pagination)
    listing = given.listing(operation, sizes.items(pagination))
    laws = shared.LAWS if listing.shared else paging_laws.LAWS
    laws[rule](Pager(client, pagination, listing))
