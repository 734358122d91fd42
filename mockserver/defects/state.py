"""Defects written by hand: another policy in every world, findings in another order, another way for requests."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from mockserver.defects.model import Defect, Undo
from mockserver.defects.seams import OperationSeams, Rules, Seams, spoiling
from specs.requests import Arguments, Finding


@dataclass(frozen=True, slots=True)
class StateDefect:
    """A wrong policy: ``replacement`` takes the place of one of the world's rules."""

    clause: str
    kind: str
    rule: str
    replacement: Callable[..., Any]
    """Its docstring says what the mock does wrong."""

    def as_defect(self) -> Defect:
        """The defect that puts the policy into every world of a running mock."""

        def install(mock: Seams) -> Undo:
            undo: Undo = mock.worlds.exchange(self.rule, self.replacement)
            return undo

        return Defect(self.clause, self.kind, _operation(self.clause), _text(self.replacement), install)


Reorder = Callable[[Arguments, list[Finding]], Sequence[Finding]]
"""From what is wrong with a request, in the documented order, to another order; never to nothing."""


@dataclass(frozen=True, slots=True)
class OrderDefect:
    """A wrong order of findings: ``reorder`` decides which of several answers."""

    clause: str
    kind: str
    reorder: Reorder
    """Its docstring says what the mock does wrong."""

    def as_defect(self) -> Defect:
        """The defect that puts the order into one operation of a running mock."""
        api, operation = self.clause.split(".")[:2]

        def install(mock: Seams) -> Undo:
            seams = mock.operation(api, operation)
            kept = seams.rules
            seams.rules = _Reordered(kept, self.reorder)

            def undo() -> None:
                seams.rules = kept

            return undo

        return Defect(self.clause, self.kind, operation, _text(self.reorder), install)


@dataclass(frozen=True, slots=True)
class SeamDefect:
    """A wrong way for requests: ``spoil`` exchanges parts of one operation."""

    clause: str
    kind: str
    spoil: Callable[[OperationSeams], None]
    """Its docstring says what the mock does wrong."""

    def as_defect(self) -> Defect:
        """The defect that spoils one operation of a running mock."""
        api, operation = self.clause.split(".")[:2]

        return Defect(self.clause, self.kind, operation, _text(self.spoil), spoiling(api, operation, self.spoil))


class _Reordered:
    """Rules that report their findings in another order."""

    def __init__(self, rules: Rules, reorder: Reorder) -> None:
        self._inner = rules
        self._reorder = reorder

    def valid(self, arguments: Arguments) -> bool:
        return self._inner.valid(arguments)

    def findings(self, arguments: Arguments) -> list[Finding]:
        return list(self._reorder(arguments, self._inner.findings(arguments)))


def _operation(clause: str) -> str:
    return clause.split(".")[1]


def _text(policy: Callable[..., Any]) -> str:
    """The first line of a policy's docstring, as the sentence that it is."""
    return " ".join((policy.__doc__ or policy.__name__).strip().partition("\n\n")[0].split())
