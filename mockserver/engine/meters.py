"""Meters count what happened lately, in real time, whatever a world's clock says."""

from __future__ import annotations

from collections import deque


class Meter:
    """Moments of one kind of event, on the machine's monotonic clock."""

    __slots__ = ("_moments",)

    def __init__(self) -> None:
        self._moments: deque[float] = deque()

    def lately(self, seconds: float, now: float) -> int:
        """How many there were within that many seconds before ``now``."""
        moments = self._moments
        while moments and moments[0] <= now - seconds:
            moments.popleft()
        return len(moments)

    def note(self, now: float) -> None:
        """One more."""
        self._moments.append(now)
