"""Sizes of pages that a document allows, and how many items it takes to show what they do."""

from __future__ import annotations

from dataclasses import dataclass

from specs.model import Contract, Operation
from specs.nodes import flatten
from specs.pagination import Pagination
from specs.schemas import compile_schema, translate

ITEMS = 12
"""The least number of own items in a listing: several pages at every size that is tried."""

MOST_ITEMS = 102
"""More are not made only to see that a default page ends."""

TRIED = range(1, 101)
"""Sizes that are looked at."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes that are tried on one listing."""

    allowed: tuple[int, ...]
    one: int
    some: int
    other: int
    """Not ``some``, where the document leaves a choice."""

    @classmethod
    def of(cls, contract: Contract, operation: Operation, pagination: Pagination) -> Sizes:
        """The sizes for an operation: 1, 5 and 4, or what comes next to them."""
        allowed = _allowed(contract, operation, pagination) or (1, 4, 5)
        some = min(allowed, key=lambda size: (abs(size - 5), size < 5))
        rest = [size for size in allowed if size != some] or [some]
        return cls(allowed, allowed[0], some, min(rest, key=lambda size: (abs(size - 4), size)))

    def holding(self, count: int) -> int:
        """The least size that holds so many items, or the largest there is."""
        return next((size for size in self.allowed if size >= count), self.allowed[-1])

    def items(self, pagination: Pagination) -> int:
        """How many items of the run's own the laws need."""
        default = pagination.default or 0
        more = default + 2 if default + 2 <= MOST_ITEMS else 0
        return max(ITEMS, 2 * self.some + 2, more)


def _allowed(contract: Contract, operation: Operation, pagination: Pagination) -> tuple[int, ...]:
    most = pagination.maximum or TRIED[-1]
    for parameter in operation.parameters:
        if parameter.location == "query" and parameter.name == pagination.size:
            schema = translate(flatten(contract, parameter.schema), "request")
            checker = compile_schema(contract, schema, "request")
            return tuple(size for size in TRIED if size <= most and checker.is_valid(size))
    return ()
