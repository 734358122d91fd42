"""What a check saw: values that travel from the workers to the controller as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any


class Status(StrEnum):
    """How a check ended."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    FAIL = "fail"
    BLOCKED = "blocked"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its answer as a report shows them: secrets masked, bodies cut to a readable length."""

    operation: str
    curl: str
    """The request as one line for a shell."""
    status: int
    """0 when no answer came."""
    answer: str
    """The answer's body."""
    code: str = ""
    """The error code in it; empty without one."""


@dataclass(frozen=True, slots=True)
class Booking:
    """What one answer says about a schema clause."""

    clause: str
    operation: str
    findings: tuple[str, ...]
    """What is wrong with the answer; empty when it is as documented."""
    exchange: Exchange | None = None
    """The exchange, kept only when something is wrong."""


@dataclass(frozen=True, slots=True)
class Blocker:
    """Why a check could not be carried out: the name of a clause, a role or a capability, nothing else."""

    kind: str
    """``clause``, ``role`` or ``capability``."""
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one check (one case of it) ended."""

    check: str
    """``name[case]``."""
    clauses: tuple[str, ...]
    status: Status
    expected: str = ""
    seen: str = ""
    blocker: Blocker | None = None
    exchange: Exchange | None = None
    """The exchange that the check refuted, if it was one."""
    bookings: tuple[Booking, ...] = ()
    operations: tuple[str, ...] = ()
    """Every operation that the check called."""
    duration: float = 0.0
    """Seconds."""

    def as_json(self) -> dict[str, Any]:
        """A value that JSON can hold; ``from_json`` gives the outcome back."""
        return asdict(self)

    @classmethod
    def from_json(cls, item: Mapping[str, Any]) -> Outcome:
        """The outcome behind ``as_json``."""
        return cls(
            check=item["check"],
            clauses=tuple(item["clauses"]),
            status=Status(item["status"]),
            expected=item["expected"],
            seen=item["seen"],
            blocker=Blocker(**item["blocker"]) if item["blocker"] else None,
            exchange=_exchange(item["exchange"]),
            bookings=tuple(
                Booking(b["clause"], b["operation"], tuple(b["findings"]), _exchange(b["exchange"]))
                for b in item["bookings"]
            ),
            operations=tuple(item["operations"]),
            duration=item["duration"],
        )


def _exchange(item: Mapping[str, Any] | None) -> Exchange | None:
    return Exchange(**item) if item else None


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that speaks for a clause's verdict, as a report shows it."""

    check: str
    status: Status
    expected: str = ""
    seen: str = ""
    blocker: str = ""
    exchange: Exchange | None = field(default=None)
