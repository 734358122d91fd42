"""Time as the engine knows it: milliseconds since 1970 in UTC. How it is written is the adapters' business."""

from __future__ import annotations

import time
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clock:
    """The machine's clock, or one that stands still."""

    fixed: int | None = None
    """The time at which it stands; ``None`` follows the machine."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000 if self.fixed is None else self.fixed
