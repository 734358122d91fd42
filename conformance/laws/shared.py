"""Laws of a listing that others share: their items are free, and may come and go while it is walked.

What is asserted holds of one answer by itself, or of answers between which nothing has moved: a page that reads the
same before and after the next one was read. Where something has moved, or seems wrong because something came and went,
it is looked at again: what is wrong is wrong every time.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from conformance.answer import Answer
from conformance.laws import paging_laws
from conformance.laws.pager import Pager
from conformance.laws.sizes import TRIED

TRIES = 8
"""How often something is looked at again while others write."""

PAGES = 20
"""Pages of a walk, unless the largest page asks for more."""

MOST_PAGES = 2_000
"""Pages after which a listing is taken to have no end."""

UNCOUNTED = 1_000_000
"""A page that is behind the last one wherever no total says which one is."""


def _walk(pager: Pager) -> None:
    """Pages do not overlap at any size, and a walk over all of them meets every own item."""
    pager.needs(pager.sizes.some + 1)
    for size in (pager.sizes.some, pager.sizes.other):
        for index in range(2):
            _apart(pager, index, size)
    missing = set(pager.own())
    for _ in range(2):
        answer, met = _walked(pager)
        missing -= met
        if not missing:
            return
    answer.equal("own items that no page has", sorted(missing), [])


def _apart(pager: Pager, index: int, size: int) -> None:
    """No key stands twice on two pages that follow each other, nor on one of them.

    What came and went between the pages moves them and moves them back; pages that overlap do so every time.
    """
    for _ in range(TRIES):
        _, before = pager.look(page=index, size=size)
        answer, found = pager.look(page=index + 1, size=size)
        _, after = pager.look(page=index, size=size)
        answer.equal("items that stand twice on one page", _twice(found), [])
        if before == after and not _twice([*before, *found]):
            return
    if before == after:
        answer.equal("items that stand twice", _twice([*before, *found]), [])


def _twice(keys: list[str]) -> list[str]:
    return sorted({key for key in keys if keys.count(key) > 1})


def _walked(pager: Pager) -> tuple[Answer, set[str]]:
    """The last page and every key that was met. A page is read again after the next: what moves up is not missed."""
    size = _step(pager)
    index, met = 0, set(pager.keys(pager.ask(page=0, size=size)))
    while True:
        answer, following = pager.look(page=index + 1, size=size)
        again, read = pager.look(page=index, size=size)
        again.equal("items that stand twice on one page", len(read) - len(set(read)), 0)
        new = {*read, *following} - met
        met |= new
        index += 1
        if not following or (not new and index > PAGES) or index == MOST_PAGES:
            return answer, met


def _step(pager: Pager) -> int:
    """A size at which the whole listing has some twenty pages."""
    answer = pager.ask(page=0, size=pager.sizes.some)
    items = pager.items if pager.pagination.total is None else pager.total(answer)
    wanted = min(max(pager.sizes.some, -(-items // PAGES)), pager.pagination.maximum or PAGES)
    return wanted if wanted > TRIED[-1] else pager.sizes.holding(wanted)


def _size(pager: Pager) -> None:
    pager.needs(pager.sizes.some)
    paging_laws.size(pager)


def _first(pager: Pager) -> None:
    """The page that no number asks for is the first, unless something moves each time."""
    pager.needs(1)
    for _ in range(TRIES):
        named = pager.keys(pager.ask(page=0, size=pager.sizes.some))
        answer = pager.ask(size=pager.sizes.some)
        silent = pager.keys(answer)
        if silent == named:
            return
    answer.equal("items of the page that no number asks for", silent, named)


def _beyond(pager: Pager) -> None:
    if pager.pagination.total is None:
        pager.nothing_on(UNCOUNTED, pager.sizes.some)
        return
    items = pager.total(pager.ask(page=0, size=pager.sizes.some))
    pager.nothing_on(pager.items + 2 * items, pager.sizes.some)


def _total(pager: Pager) -> None:
    """The total is never below the number of own items, and the last page is as long as it says."""
    size = pager.sizes.some
    pager.needs(1)
    for page, length in ((0, size), (1, size), (0, pager.sizes.one)):
        answer = pager.ask(page=page, size=length)
        counted = pager.total(answer) >= len(pager.listing.keys)
        answer.equal("the total counts the run's own items", counted, True)
        if pager.pagination.beyond == "error" and pager.total(answer) <= size:
            break
    for _ in range(TRIES):
        last = max(pager.total(answer) - 1, 0) // size
        answer = pager.ask(page=last, size=size)
        found, wanted = _length(pager, answer, last, size)
        if found == wanted and pager.total(answer) <= (last + 1) * size:
            return
    answer.equal("items of the last page by its total", found, wanted)


def _default(pager: Pager) -> None:
    pager.needs((pager.pagination.default or 0) + 1)
    paging_laws.default(pager)


def _echo(pager: Pager) -> None:
    pager.needs(pager.sizes.some + 1)
    paging_laws.echo(pager)


def _sort(pager: Pager) -> None:
    pager.needs(2)
    paging_laws.sort(pager)


def _maximum(pager: Pager) -> None:
    """The largest page has as many items as there are, up to its size."""
    size = pager.pagination.maximum or pager.items
    pager.needs(1)
    for _ in range(TRIES):
        answer = pager.ask(page=0, size=size)
        found, wanted = _length(pager, answer, 0, size)
        if found == wanted:
            return
    answer.equal("items of the largest page", found, wanted)


def _length(pager: Pager, answer: Answer, page: int, size: int) -> tuple[int, int]:
    """How many items a page has, and how many by the total of the same answer it should have."""
    found = len(pager.keys(answer))
    items = found if pager.pagination.total is None else pager.total(answer)
    return found, min(max(items - page * size, 0), size)


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
