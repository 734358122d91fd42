"""What the controller hands to its workers: one JSON file, readable by its owner only."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from pathlib import Path

import specs
from conformance.own.bundle import read_bundle
from conformance.target import Target
from conformance.targets import parse_target
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Settings:
    """One run."""

    target: Target
    run_tag: str
    select: tuple[str, ...] = ()
    """Globs over clause ids; empty selects all."""
    only: frozenset[str] | None = None
    """Clause ids to which a run is narrowed; ``None`` narrows nothing."""
    ledger: Path | None = None
    """Where what is created is written down; ``None`` writes nothing down."""
    bundle: Path | None = None
    """The document of a user's own API, with its clauses; ``None``: the API is one of ours."""
    workers: int = 0
    """Processes that share the work, and the target's rate."""
    exit_first: bool = False
    """Whether the first gating failure ends the run."""

    @property
    def contract(self) -> Contract:
        return specs.load(self.target.api) if self.bundle is None else read_bundle(self.bundle)

    def selected(self) -> Callable[[str], bool]:
        """Whether a clause id is selected."""
        only, select = self.only, self.select
        if only is None and not select:
            return lambda _: True
        return lambda clause: (
            (only is None or clause in only) and (not select or any(fnmatchcase(clause, glob) for glob in select))
        )

    def write(self, path: Path) -> None:
        """Write the file for the workers. It holds credentials, so nobody else may read it."""
        content = {
            "target": self.target.as_json(),
            "world": self.target.world,
            "run_tag": self.run_tag,
            "select": list(self.select),
            "only": None if self.only is None else sorted(self.only),
            "ledger": None if self.ledger is None else str(self.ledger),
            "bundle": None if self.bundle is None else str(self.bundle),
            "workers": self.workers,
            "exit_first": self.exit_first,
        }
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file)

    @classmethod
    def read(cls, path: Path) -> Settings:
        """The settings that ``write`` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return cls(
            target=replace(parse_target(content["target"], str(path)), world=content["world"]),
            run_tag=content["run_tag"],
            select=tuple(content["select"]),
            only=None if content["only"] is None else frozenset(content["only"]),
            ledger=None if content["ledger"] is None else Path(content["ledger"]),
            bundle=None if content["bundle"] is None else Path(content["bundle"]),
            workers=content["workers"],
            exit_first=content["exit_first"],
        )
