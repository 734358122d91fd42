"""What a defect is: a deliberate, named way to be wrong, that breaks one clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mockserver.defects.seams import Seams

Undo = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Defect:
    """One way to be wrong. ``install`` changes a running mock at its seams and gives back what undoes that."""

    clause: str
    """The clause that it breaks."""
    kind: str
    operation: str
    """The operation that misbehaves."""
    text: str
    """What the mock does wrong, as a person reads it."""
    install: Callable[[Seams], Undo]

    @property
    def id(self) -> str:
        return f"{self.clause}:{self.kind}"
