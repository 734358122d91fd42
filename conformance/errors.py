"""What can go wrong while judging.

ConformanceError          the root
├── ConfigurationError    the command line, a target file or a spec is not usable (exit 2)
├── TargetUnreachable     the target does not answer as this API (exit 4)
├── TransportError        one request got no answer
├── Refuted               a check's own assertion does not hold
└── Prevented             a check cannot be carried out
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conformance.outcome import Blocker, Exchange

if TYPE_CHECKING:
    from conformance.answer import Answer


class ConformanceError(Exception):
    """Something that this package knows how to word."""


class ConfigurationError(ConformanceError):
    """The command line, a target file or a spec is not usable. The text says what to change."""


class TargetUnreachable(ConformanceError):
    """The target does not answer as this API at all."""


class TransportError(ConformanceError):
    """One request got no usable answer: refused, timed out, cut short, too large."""

    exchange: Exchange | None = None
    """The request, where it is known."""


class Refuted(ConformanceError):
    """A check's own assertion does not hold."""

    def __init__(self, expected: str, seen: str, answer: Answer | None = None, *, status: bool = False) -> None:
        super().__init__(f"expected {expected}, saw {seen}")
        self.expected = expected
        self.seen = seen
        self.answer = answer
        self.about_status = status
        """The status itself is what the check refutes, so that it is not booked a second time."""


class Prevented(ConformanceError):
    """A check cannot be carried out; the blocker is the name of a clause, a role or a capability."""

    def __init__(self, blocker: Blocker, seen: str = "", answer: Answer | None = None) -> None:
        super().__init__(f"blocked by {blocker}: {seen}")
        self.blocker = blocker
        self.seen = seen
        self.answer = answer
