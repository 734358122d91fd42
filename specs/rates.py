"""``x-rate-limit`` as a value, and the laws that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from specs.model import Expectation, Json, Level, Operation

COUNTED = {
    "refused": "Calls that are refused for their number",
    "unauthorized": "Calls without valid credentials",
    "invalid": "Calls that are refused as not valid",
}
"""What may be said to count, or not, under ``counts``."""


@dataclass(frozen=True, slots=True)
class RateLimit:
    """How often a caller may call one operation."""

    calls: int
    seconds: float
    refusal: Expectation
    """What the call beyond gets."""
    counts: Mapping[str, bool]
    """Kind of a refused call (a key of ``COUNTED``) -> whether it counts; nothing is promised of the others."""

    @classmethod
    def of(cls, operation: Operation) -> RateLimit | None:
        """The limit of an operation, ``None`` if it has none."""
        raw: Mapping[str, Json] | None = operation.raw.get("x-rate-limit")
        if raw is None:
            return None
        code = raw.get("code")
        refusal = Expectation(raw["status"], None if code is None else str(code))
        return cls(raw["calls"], float(raw["seconds"]), refusal, raw.get("counts", {}))

    @property
    def rate(self) -> float:
        """Calls a second."""
        return self.calls / self.seconds

    def laws(self) -> Mapping[str, tuple[Level, str]]:
        """Law -> how it binds and what it says. A server may count in a sliding or in a fixed span of time."""
        span = "a second" if self.seconds == 1 else f"{self.seconds:g} seconds"
        laws: dict[str, tuple[Level, str]] = {
            "served": ("MUST", f"{self.calls} calls within {span} are served."),
            "refused": ("MUST", f"Of more than {2 * self.calls} calls within {span} some are refused."),
            "recovers": ("MUST", f"After {span} without calls the next call is served."),
        }
        for kind, counts in self.counts.items():
            laws[f"{kind}-{'counted' if counts else 'uncounted'}"] = (
                "SHOULD",
                f"{COUNTED[kind]} {'count' if counts else 'do not count'}.",
            )
        return laws
