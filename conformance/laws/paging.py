"""What ``x-pagination`` promises: on a listing that only the run's own objects match, or that others share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given
from conformance.laws import shared
from conformance.laws.pager import ITEMS, Pager
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
    listing = given.listing(operation, ITEMS)
    laws = {**LAWS, **shared.LAWS} if listing.shared else LAWS
    laws[rule](Pager(client, pagination, listing))


def _size(pager: Pager) -> None:
    for size in (1, 5):
        answer = pager.ask(page=0, size=size)
        answer.equal(f"items on a page of {size}", len(pager.keys(answer)), size)


def _walk(pager: Pager) -> None:
    for size in (5, 4):
        met: list[str] = []
        pages_needed = -(-ITEMS // size)
        answer = pager.ask(page=0, size=size)
        met += pager.keys(answer)
        for index in range(1, pages_needed):
            answer = pager.ask(page=index, size=size)
            met += pager.keys(answer)
        answer.equal(f"items met on {pages_needed} pages of {size}", sorted(met), pager.own())


def _first(pager: Pager) -> None:
    named = pager.ask(page=0, size=5)
    silent = pager.ask(size=5)
    silent.equal("items of the page that no number asks for", pager.keys(silent), pager.keys(named))


def _beyond(pager: Pager) -> None:
    pager.nothing_on(ITEMS, 5)


def _total(pager: Pager) -> None:
    for page, size in ((0, 5), (1, 5), (0, 1)):
        answer = pager.ask(page=page, size=size)
        answer.equal(f"total on page {page + 1} of size {size}", pager.total(answer), ITEMS)


def _default(pager: Pager) -> None:
    answer = pager.ask()
    answer.equal("items of a page without a size", len(pager.keys(answer)), pager.pagination.default)


def _maximum(pager: Pager) -> None:
    answer = pager.ask(page=0, size=pager.pagination.maximum)
    answer.equal("items of the largest page", sorted(pager.keys(answer)), pager.own())


def _echo(pager: Pager) -> None:
    answer = pager.ask(page=1, size=5)
    answer.equal("size echoed", answer.field(pager.pagination.echo["size"]), 5)
    answer.equal("page echoed", answer.field(pager.pagination.echo["page"]), pager.pagination.position(1, 5))
    if pager.pagination.default is not None and not pager.pagination.page_required:
        answer = pager.ask()
        answer.equal("default size echoed", answer.field(pager.pagination.echo["size"]), pager.pagination.default)


def _sort(pager: Pager) -> None:
    answer = pager.ask(page=0, size=ITEMS)
    values = answer.fields(f"{pager.pagination.items}/*{pager.pagination.sort}")
    answer.equal("values sorted by", values, sorted(values, reverse=pager.pagination.order == "desc"))


LAWS: Mapping[str, Callable[[Pager], None]] = {
    "size": _size,
    "walk": _walk,
    "first": _first,
    "beyond": _beyond,
    "total": _total,
    "default": _default,
    "maximum": _maximum,
    "echo": _echo,
    "sort": _sort,
}
