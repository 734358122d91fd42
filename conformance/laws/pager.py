"""A listing of several pages, and how its pages are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.answer import Answer
from conformance.call import Call
from conformance.client import Client
from conformance.given import Listing
from specs.pagination import Pagination

ITEMS = 12
"""The run's own items of a listing: more than a default page, and several pages at every size that is tried."""


class Pager:
    """Asks for pages by their index (from 0), whatever the API counts."""

    def __init__(self, client: Client, pagination: Pagination, listing: Listing) -> None:
        self.client = client
        self.pagination = pagination
        self.listing = listing

    def ask(self, *, page: int | None = None, size: int | None = None) -> Answer:
        """A page; what is ``None`` is not sent."""
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
        """The identities of the run's own items, sorted."""
        return sorted(_text(key) for key in self.listing.keys)

    def total(self, answer: Answer) -> int:
        """How many items the answer says that there are."""
        total: int = answer.field(str(self.pagination.total))
        return total

    def nothing_on(self, page: int, size: int) -> None:
        """Assert that a page lies behind the last one."""
        answer = self.client.call(self.call(page=page, size=size))
        if self.pagination.beyond == "error":
            answer.refuses()
            return
        answer.succeeds()
        answer.equal("items behind the last page", self.keys(answer), [])


def _text(key: Iterable[object]) -> str:
    """An identity as a report shows it."""
    return " ".join(map(str, key))
