"""What paging laws page over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from conformance.wire.call import Call


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing that only the run's own objects match, or one that holds them among others."""

    call: Call
    keys: tuple[tuple[Any, ...], ...]
    """The identity of each of the run's own items, in no particular order."""
    shared: bool = False
    """Whether items of others are among them, which come and go as they like."""
