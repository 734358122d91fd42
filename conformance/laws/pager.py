"""A listing of several pages, and how its pages are asked for."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.answer import Answer
from conformance.client import Client
from conformance.errors import Prevented, Refuted
from conformance.given import Listing
from conformance.laws.sizes import Sizes
from conformance.outcome import Blocker
from conformance.wire.call import Call
from specs.pagination import Pagination


class Pager:
    """Asks for pages by their index (from 0), whatever the API counts."""

    def __init__(self, client: Client, pagination: Pagination, listing: Listing) -> None:
        self.client = client
        self.pagination = pagination
        self.listing = listing
        operation = client.contract.operations[listing.call.operation]
        self.sizes = Sizes.of(client.contract, operation, pagination)
        self.items = self.sizes.items(pagination)
        """How many items of the run's own the listing was made with, if it is not shared."""

    def ask(self, *, page: int | None = None, size: int | None = None) -> Answer:
        """A page; what is ``None`` is not sent."""
        answer = self.client.call(self.call(page=page, size=size))
        answer.succeeds()
        return answer

    def look(self, *, page: int, size: int) -> tuple[Answer, list[str]]:
        """A page that may lie behind the last one, and the identities on it: none if it is refused as documented."""
        answer = self.client.call(self.call(page=page, size=size))
        if page > 0 and self.pagination.beyond == "error" and not answer.succeeded:
            answer.refuses()
            return answer, []
        answer.succeeds()
        return answer, self.keys(answer)

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
        count = answer.count(f"{self.pagination.items}/*")
        parts = [answer.fields(f"{self.pagination.items}/*{pointer}") for pointer in self.pagination.key]
        for pointer, found in zip(self.pagination.key, parts, strict=True):
            if len(found) != count:
                raise Refuted(f"{pointer} in every item", f"{len(found)} of {count} items have it", answer)
        return [_text(key) for key in zip(*parts, strict=True)]

    def own(self) -> list[str]:
        """The identities of the run's own items, sorted."""
        return sorted(_text(key) for key in self.listing.keys)

    def total(self, answer: Answer) -> int:
        """How many items the answer says that there are."""
        total = answer.declared(str(self.pagination.total))
        if not isinstance(total, int):
            raise Refuted(f"a number at {self.pagination.total}", repr(total)[:100], answer)
        return total

    def needs(self, count: int) -> None:
        """Blocks the check unless so many items are listed: with fewer there is nothing to be seen."""
        listed = 0
        for index in range(count):  # pages may be shorter than they should be
            if listed >= count or len(self.listing.keys) >= count:
                return
            _, found = self.look(page=index, size=self.sizes.some)
            if not found:
                break
            listed += len(found)
        if listed < count:
            seen = f"{listed} items are listed and {count} are needed; x-pagination.own would say how to make them"
            raise Prevented(Blocker("role", f"items.{self.listing.call.operation}"), seen)

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
