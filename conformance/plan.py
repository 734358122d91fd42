"""What the command line asks of a run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from conformance.known import Known
from conformance.target import Target
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Plan:
    """One run to come."""

    api: str
    target: Target | None
    """``None``: start the mock and judge it."""
    report_dir: Path
    contract: Contract | None = None
    """A user's own; ``None``: the API is one of ours."""
    target_name: str | None = None
    """How the command line named the target, for whoever cleans up later."""
    select: tuple[str, ...] = ()
    only: frozenset[str] | None = None
    """Clauses to which the run is narrowed; ``None`` narrows nothing."""
    seed: int = 1
    workers: int = 0
    """0 runs the checks in this process."""
    allow_partial: bool = False
    exit_first: bool = False
    fuzz: str = "none"
    """How deep made-up requests go: ``none``, ``quick`` or ``deep``."""
    waivers: tuple[Known, ...] = ()
    defects: tuple[str, ...] = ()
    """Defects to start the mock with."""
