"""A finished run, as the reports take it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from conformance.coverage import Coverage
from conformance.exitcode import ExitCode
from conformance.ledger.cleanup import Cleanup
from conformance.verdict import Counts, Judgement


@dataclass(frozen=True, slots=True)
class RunResult:
    """Everything that a report may say about a run."""

    api: str
    version: str
    """Of this kit."""
    target: Mapping[str, object]
    """The target as used, secrets masked."""
    seed: int
    run_tag: str
    started: str
    """UTC, ISO 8601."""
    duration: float
    """Seconds."""
    judgements: tuple[Judgement, ...]
    exit_code: ExitCode
    faults: int | None = None
    """The mock's own fault counter; ``None`` when the target has none."""
    stopped: str = ""
    """Why the run ended before its end; empty when it did not."""
    select: tuple[str, ...] = ()
    """Globs over clause ids; empty when all were judged."""
    workers: int = 0
    """Processes that judged; 0 when it was the controller itself."""
    allow_partial: bool = False
    """Whether judging less than half could succeed."""
    exit_first: bool = False
    """Whether the first failure that gates would end it."""
    last_failed: bool = False
    """Whether only what the run before had left without a pass was to be judged."""
    fuzz: str = "none"
    """How deep made-up requests went."""
    coverage: tuple[Coverage, ...] = ()
    """What they reached."""
    cleanup: Cleanup | None = None
    """What became of all that the run made; ``None`` when nobody looked."""

    @property
    def counts(self) -> Counts:
        return Counts.of(self.judgements)
