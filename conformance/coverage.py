"""What made-up requests reached, operation by operation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


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

    @property
    def succeeded(self) -> bool:
        """Whether any request got a success."""
        return any(200 <= status < 300 for status in self.statuses)
