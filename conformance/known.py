"""Failures that are known: what the register has observed of a released server, and what an owner waives.

Known means exactly known. A failure that shows otherwise gates like any other, and one that does not show any more is
stale: what says so must go, or nobody will believe the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from conformance.outcome import Reason, Status
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Signature:
    """How a failure shows: by which check, and with which answer."""

    check: str | None
    """``None``: by whichever check."""
    status: int | None
    """``None``: there was no answer."""
    code: str | None = ""
    """The error code of the answer, empty without one; ``None``: whichever."""

    @classmethod
    def of(cls, reason: Reason) -> Signature:
        """How a check failed."""
        exchange = reason.exchange
        return cls(reason.check, (exchange.status or None) if exchange else None, exchange.code if exchange else "")

    def covers(self, other: Signature) -> bool:
        """Whether a failure that shows like that is the one that is meant."""
        return self.check in (None, other.check) and self.status == other.status and self.code in (None, other.code)

    def __str__(self) -> str:
        by = f"{self.check}: " if self.check else ""
        return f"{by}{'no answer' if self.status is None else self.status}" + (f" {self.code}" if self.code else "")


@dataclass(frozen=True, slots=True)
class Known:
    """Why a clause is known to be broken, and how that shows."""

    clause: str
    signatures: tuple[Signature, ...]
    text: str
    """Why, and who says so."""
    expires: date | None = None
    """The last day on which it counts."""


class KnownFailures:
    """What is known of one target, clause by clause."""

    def __init__(self, entries: Iterable[Known] = (), today: date | None = None) -> None:
        self._today = today or date.today()
        self._entries: dict[str, list[Known]] = {}
        for entry in entries:
            self._entries.setdefault(entry.clause, []).append(entry)

    def current(self, clause: str) -> Sequence[Known]:
        """What counts today for a clause."""
        return [one for one in self._entries.get(clause, ()) if one.expires is None or one.expires >= self._today]

    def expired(self, clause: str) -> Sequence[Known]:
        """What has counted for a clause, until its day passed."""
        return [one for one in self._entries.get(clause, ()) if one not in self.current(clause)]

    def explains(self, clause: str, reasons: Iterable[Reason]) -> bool:
        """Whether each failure among the reasons shows as known."""
        signatures = [signature for known in self.current(clause) for signature in known.signatures]
        failures = [Signature.of(reason) for reason in reasons if reason.status is Status.FAIL]
        return bool(failures) and all(any(one.covers(failure) for one in signatures) for failure in failures)

    def unseen(self, clause: str, reasons: Iterable[Reason]) -> list[Signature]:
        """Known signatures that no failure among the reasons shows any more."""
        failures = [Signature.of(reason) for reason in reasons if reason.status is Status.FAIL]
        return [
            signature
            for known in self.current(clause)
            for signature in known.signatures
            if not any(signature.covers(failure) for failure in failures)
        ]


def observed(contract: Contract, server: str | None) -> list[Known]:
    """What the register knows of a released server, by its name and version."""
    return [
        Known(clause.id, (Signature(None, seen.expect.status, seen.expect.code),), f"{seen.server}: {seen.seen}")
        for clause in contract.clauses.values()
        for seen in clause.observed
        if seen.server == server
    ]
