"""What the controller hands to its workers: one JSON file, readable by its owner only."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import specs
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
    workers: int = 0
    """Processes that share the work, and the target's rate."""

    @property
    def contract(self) -> Contract:
        return specs.load(self.target.api)

    def selected(self) -> Callable[[str], bool]:
        """Whether a clause id is selected."""
        if not self.select:
            return lambda _: True
        return lambda clause: any(fnmatchcase(clause, glob) for glob in self.select)

    def write(self, path: Path) -> None:
        """Write the file for the workers. It holds credentials, so nobody else may read it."""
        content = {
            "target": self.target.as_json(),
            "run_tag": self.run_tag,
            "select": list(self.select),
            "workers": self.workers,
        }
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            json.dump(content, file)

    @classmethod
    def read(cls, path: Path) -> Settings:
        """The settings that ``write`` wrote."""
        content = json.loads(path.read_text(encoding="utf-8"))
        target = parse_target(content["target"], str(path))
        return cls(target, content["run_tag"], tuple(content["select"]), content["workers"])
