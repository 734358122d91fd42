"""What made-up requests reached, operation by operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from conformance.outcome import Exchange


@dataclass(frozen=True, slots=True)
class Advice:
    """A refusal or an acceptance that is worth a look and fails no run."""

    kind: str
    """``positive_data_acceptance``: a request that the contract allows was called malformed;
    ``negative_data_rejection``: one that it does not allow was accepted."""
    text: str
    place: str
    """Seed and number of the request."""
    exchange: Exchange


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the made-up requests to one operation reached."""

    operation: str
    valid: int
    """Requests that the contract allows."""
    wrong: int
    """Requests that it does not."""
    statuses: Mapping[int, int]
    """Status -> answers."""
    unreached: tuple[int, ...]
    """Documented statuses that no answer had."""
    raw: int = 0
    """Requests that no contract speaks of: spoilt bytes, and what readers may understand differently."""
    links: Mapping[str, Mapping[int, int]] = field(default_factory=dict)
    """Link that leads to the operation -> status -> answers; nothing for one that was never followed."""
    advice: tuple[Advice, ...] = ()
    """The first of them."""
    advised: int = 0
    """How many there were."""
    blocked: str = ""
    """What stood in the way of some requests: a clause, a role or a capability; empty when nothing did."""

    @property
    def sent(self) -> int:
        """All requests."""
        return self.valid + self.wrong + self.raw

    @property
    def followed(self) -> int:
        """How often a link was followed to the operation."""
        return sum(sum(statuses.values()) for statuses in self.links.values())

    @property
    def succeeded(self) -> bool:
        """Whether any request got a success."""
        return any(200 <= status < 300 for status in self.statuses)
