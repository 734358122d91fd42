"""The laws of a listing that only the run's own objects match."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from conformance.laws.pager import Pager


def size(pager: Pager) -> None:
    """A page holds as many items as it was asked for."""
    for length in (pager.sizes.one, pager.sizes.some):
        answer = pager.ask(page=0, size=length)
        answer.equal(f"items on a page of {length}", len(pager.keys(answer)), length)


def walk(pager: Pager) -> None:
    """The pages together hold each item once."""
    for length in (pager.sizes.some, pager.sizes.other):
        met: list[str] = []
        pages_needed = -(-pager.items // length)
        answer = pager.ask(page=0, size=length)
        met += pager.keys(answer)
        for index in range(1, pages_needed):
            answer = pager.ask(page=index, size=length)
            met += pager.keys(answer)
        answer.equal(f"items met on {pages_needed} pages of {length}", sorted(met), pager.own())


def first(pager: Pager) -> None:
    """The first page needs no number."""
    named = pager.ask(page=0, size=pager.sizes.some)
    silent = pager.ask(size=pager.sizes.some)
    silent.equal("items of the page that no number asks for", pager.keys(silent), pager.keys(named))


def beyond(pager: Pager) -> None:
    """Behind the last page there is nothing."""
    pager.nothing_on(pager.items, pager.sizes.some)


def total(pager: Pager) -> None:
    """The total is that of all items on every page."""
    for page, length in ((0, pager.sizes.some), (1, pager.sizes.some), (0, pager.sizes.one)):
        answer = pager.ask(page=page, size=length)
        answer.equal(f"total on page {page + 1} of size {length}", pager.total(answer), pager.items)


def default(pager: Pager) -> None:
    """A page without a size has the documented one."""
    if pager.pagination.default is not None and pager.items <= pager.pagination.default:
        pager.needs(pager.pagination.default + 1)
    answer = pager.ask()
    answer.equal("items of a page without a size", len(pager.keys(answer)), pager.pagination.default)


def maximum(pager: Pager) -> None:
    """The largest page is accepted."""
    most = pager.pagination.maximum or pager.items
    answer = pager.ask(page=0, size=most)
    if most >= pager.items:
        answer.equal("items of the largest page", sorted(pager.keys(answer)), pager.own())
    else:
        answer.equal("items of the largest page", len(pager.keys(answer)), most)


def echo(pager: Pager) -> None:
    """Page and size are repeated as they took effect."""
    length, named = pager.sizes.some, pager.pagination.echo
    answer = pager.ask(page=1, size=length)
    if "size" in named:
        answer.equal("size echoed", answer.declared(named["size"]), length)
    if "page" in named:
        answer.equal("page echoed", answer.declared(named["page"]), pager.pagination.position(1, length))
    if "size" in named and pager.pagination.default is not None and not pager.pagination.page_required:
        answer = pager.ask()
        answer.equal("default size echoed", answer.declared(named["size"]), pager.pagination.default)


def sort(pager: Pager) -> None:
    """The items are in the documented order."""
    answer = pager.ask(page=0, size=pager.sizes.holding(pager.items))
    values = answer.fields(f"{pager.pagination.items}/*{pager.pagination.sort}")
    answer.equal("values sorted by", values, sorted(values, key=_rank, reverse=pager.pagination.order == "desc"))


def _rank(value: object) -> tuple[int, Any]:
    """A key by which values of any kinds sort: null, numbers, texts, and what has no order of its own."""
    if value is None:
        return 0, 0
    if isinstance(value, int | float):
        return 1, value
    return (2, value) if isinstance(value, str) else (3, repr(value))


LAWS: Mapping[str, Callable[[Pager], None]] = {
    "size": size,
    "walk": walk,
    "first": first,
    "beyond": beyond,
    "total": total,
    "default": default,
    "maximum": maximum,
    "echo": echo,
    "sort": sort,
}
