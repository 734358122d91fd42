"""Which objects the run may write to: those that it made, and those that were lent to it for the very purpose."""

from __future__ import annotations

from collections.abc import Iterable

from conformance.fuzz.shelter import Identity
from conformance.wire.call import Call
from specs.links import Link
from specs.model import Contract, Json, Operation
from specs.pagination import Pagination
from specs.places import names_of


class Ownership:
    """Remembers the values by which the run's own objects are known."""

    def __init__(self, contract: Contract, run_tag: str) -> None:
        self._contract = contract
        self._run_tag = run_tag
        self._lent: set[tuple[str, str]] = set()
        """Last name of a node, and a value that a request of the given has there."""
        self._made: set[str] = set()

    def lend(self, identities: Iterable[Identity], call: Call) -> None:
        """A request of the given's: what it names it may name elsewhere, too, under the same name."""
        for identity in identities:
            value = call.get(identity.node.id)
            for single in value if isinstance(value, list) else (value,):
                self._lent.add((_name(identity.node.id), str(single)))

    def owns(self, source: Operation, request: Call, link: Link, node: str, value: Json) -> bool:
        """Whether what a link feeds to a node names something of the run's own.

        It does if it bears the run's tag, or was lent, or comes out of a write of the run, or is the key of an item in
        a listing that only the run's own objects match.
        """
        text = str(value)
        own = (
            self._run_tag in text
            or text in self._made
            or (_name(node), text) in self._lent
            or not source.safe
            or self._is_own_key(source, request, str(link.feeds[node]))
        )
        if own:
            self._made.add(text)
        return own

    def _is_own_key(self, source: Operation, request: Call, expression: str) -> bool:
        pagination, name = Pagination.of(source), source.raw.get("x-pagination", {}).get("own-filter")
        if pagination is None or name is None or self._run_tag not in str(request.query.get(name)):
            return False
        return any(_is_key(expression, pagination.items, key) for key in pagination.key)


def _name(node: str) -> str:
    """The last name of a node that is one: that of ``body.ids.each`` is ``ids``."""
    return next(name for name in reversed(names_of(node)) if name is not None)


def _is_key(expression: str, items: str, key: str) -> bool:
    """Whether a runtime expression reads the key of one of the items: ``$response.body#/list/0/taskId``."""
    start, end = f"$response.body#{items}/", key
    index = expression.removeprefix(start).removesuffix(end)
    return expression.startswith(start) and expression.endswith(end) and index.isdecimal()
