"""What ``x-pagination`` promises, on a listing that only the run's own objects match."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from conformance.answer import Answer
from conformance.call import Call
from conformance.check import Case, law
from conformance.client import Client
from conformance.given import Given, Listing
from specs.model import Contract
from specs.pagination import Pagination

ITEMS = 12
"""Items of the listing: more than a default page, and several pages at every size that is tried."""


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
    LAWS[rule](_Pager(client, pagination, given.listing(operation, ITEMS)))


class _Pager:
    """A listing, and how its pages are asked for."""

    def __init__(self, client: Client, pagination: Pagination, listing: Listing) -> None:
        self.client = client
        self.pagination = pagination
        self.listing = listing

    def ask(self, *, page: int | None = None, size: int | None = None) -> Answer:
        """A page by its index (from 0); what is ``None`` is not sent."""
        answer = self.client.call(self.call(page=page, size=size))
        answer.succeeds()
        return answer

    def call(self, *, page: int | None, size: int | None) -> Call:
        names = self.pagination
        call = self.listing.call.drop(f"query.{names.page}").drop(f"query.{names.size}")
        if size is not None:
            call = call.set(f"query.{names.size}", size)
        if page is not None:
            call = call.set(f"query.{names.page}", names.position(page, size or names.default or 1))
        return call

    def keys(self, answer: Answer) -> list[str]:
        """The identities of a page's items, each as a text."""
        parts = [answer.fields(f"{self.pagination.items}/*{pointer}") for pointer in self.pagination.key]
        return [_text(key) for key in zip(*parts, strict=True)]

    def own(self) -> list[str]:
        """The identities of the listing's items, sorted."""
        return sorted(_text(key) for key in self.listing.keys)

    def total(self, answer: Answer) -> object:
        return answer.field(str(self.pagination.total))


def _size(pager: _Pager) -> None:
    for size in (1, 5):
        answer = pager.ask(page=0, size=size)
        answer.equal(f"items on a page of {size}", len(pager.keys(answer)), size)


def _walk(pager: _Pager) -> None:
    for size in (5, 4):
        met: list[str] = []
        pages_needed = -(-ITEMS // size)
        answer = pager.ask(page=0, size=size)
        met += pager.keys(answer)
        for index in range(1, pages_needed):
            answer = pager.ask(page=index, size=size)
            met += pager.keys(answer)
        answer.equal(f"items met on {pages_needed} pages of {size}", sorted(met), pager.own())


def _first(pager: _Pager) -> None:
    named = pager.ask(page=0, size=5)
    silent = pager.ask(size=5)
    silent.equal("items of the page that no number asks for", pager.keys(silent), pager.keys(named))


def _beyond(pager: _Pager) -> None:
    call = pager.call(page=ITEMS, size=5)
    answer = pager.client.call(call)
    if pager.pagination.beyond == "error":
        answer.refuses()
        return
    answer.succeeds()
    answer.equal("items behind the last page", pager.keys(answer), [])


def _total(pager: _Pager) -> None:
    for page, size in ((0, 5), (1, 5), (0, 1)):
        answer = pager.ask(page=page, size=size)
        answer.equal(f"total on page {page + 1} of size {size}", pager.total(answer), ITEMS)


def _default(pager: _Pager) -> None:
    answer = pager.ask()
    answer.equal("items of a page without a size", len(pager.keys(answer)), pager.pagination.default)


def _maximum(pager: _Pager) -> None:
    answer = pager.ask(page=0, size=pager.pagination.maximum)
    answer.equal("items of the largest page", sorted(pager.keys(answer)), pager.own())


def _echo(pager: _Pager) -> None:
    answer = pager.ask(page=1, size=5)
    answer.equal("size echoed", answer.field(pager.pagination.echo["size"]), 5)
    answer.equal("page echoed", answer.field(pager.pagination.echo["page"]), pager.pagination.position(1, 5))
    answer = pager.ask()
    answer.equal("default size echoed", answer.field(pager.pagination.echo["size"]), pager.pagination.default)


def _sort(pager: _Pager) -> None:
    answer = pager.ask(page=0, size=ITEMS)
    values = answer.fields(f"{pager.pagination.items}/*{pager.pagination.sort}")
    answer.equal("values sorted by", values, sorted(values, reverse=pager.pagination.order == "desc"))


def _text(key: Iterable[object]) -> str:
    """An identity as a report shows it."""
    return " ".join(map(str, key))


LAWS: Mapping[str, Callable[[_Pager], None]] = {
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
