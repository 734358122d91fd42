"""Ids: ascending, and the same for the same seed and the same calls."""

from __future__ import annotations

FIRST = 1_000_500_000_000_000
"""Where ids of 16 digits begin; what is below is left to rows that bring their ids along."""

SEEDS = 400_000
SPAN = 1_000_000_000


class Ids:
    """A counter that starts at 1, and the ids that are made of it."""

    __slots__ = ("_base", "last")

    def __init__(self, seed: int, last: int = 0) -> None:
        self._base = FIRST + seed * 7_919 % SEEDS * SPAN
        self.last = last
        """The number given last; set back by an undo."""

    def number(self) -> int:
        """The next number: 1, 2, 3, ..."""
        self.last += 1
        return self.last

    def text(self) -> str:
        """The next number as decimal text of 16 digits, which sorts as the number does."""
        return str(self._base + self.number())
