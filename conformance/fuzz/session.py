"""What all parts of one fuzz run share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from conformance.client import Client
from conformance.given import Given
from conformance.target import Target
from specs.links import Link, links_of
from specs.model import Contract, Operation
from specs.nodes import request_nodes


@dataclass(frozen=True, slots=True)
class Depth:
    """How much is sent."""

    generated: int
    """Requests of each kind, valid and wrong, that an operation gets from the generator."""
    extremes: int
    """Values at the edges that an operation gets."""
    raw: int
    """How often each mutation is tried on an operation."""
    walks: int
    """Walks over links."""
    steps: int
    """Links that a walk follows."""


DEPTHS: Mapping[str, Depth] = {
    "quick": Depth(generated=25, extremes=10, raw=1, walks=40, steps=8),
    "deep": Depth(generated=400, extremes=200, raw=5, walks=400, steps=15),
}


@dataclass(frozen=True)
class Session:
    """One fuzz run."""

    client: Client
    given: Given
    depth: Depth
    seed: int
    label: str
    """How a finding says where it comes from: depth and seed."""
    selected: Callable[[str], bool] = lambda _: True
    """Which clauses are to be judged."""

    @property
    def contract(self) -> Contract:
        return self.client.contract

    @property
    def target(self) -> Target:
        return self.client.target

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Those between operations that may be called; one that feeds what is not there cannot be followed."""
        operations = self.contract.operations
        nodes = {operation.id: request_nodes(self.contract, operation) for operation in self.contract}
        return tuple(
            link
            for link in links_of(self.contract)
            if all(self.may_call(operations[name]) for name in (link.source, link.target))
            and not link.strangers
            and set(link.feeds) <= set(nodes[link.target])
        )

    def may_call(self, operation: Operation) -> bool:
        """Whether the target lets made-up requests to an operation through, and a selected clause asks for them.

        Writes need ``writes: full``.
        """
        allowed = self.target.allows(operation) and (operation.safe or self.target.writes == "full")
        asked = any(map(self.selected, self._spoken_about(operation)))
        return allowed and asked and operation.excluded is None

    def _spoken_about(self, operation: Operation) -> Iterator[str]:
        """The clauses that answers of an operation speak about."""
        api = self.contract.api
        yield f"{api}.error-body"
        for response in operation.responses.values():
            yield f"{api}.{operation.id}.{response.name}.schema"
