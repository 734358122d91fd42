"""Limits of calls that are kept wrongly."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from mockserver.defects.model import Defect, Undo
from mockserver.defects.requests import other_code
from mockserver.defects.seams import OperationSeams, Seams, spoiling
from mockserver.engine.world import World
from mockserver.errors import Refused
from mockserver.http.rates import Admission
from specs.model import Contract, Operation
from specs.rates import RateLimit

Spoil = Callable[[OperationSeams, Admission], None]
"""Exchanges ``admit`` of an operation, or more, for something wrong."""

FOREVER = 3_600.0
"""Seconds after which a call still counts where nothing is forgotten."""


def rate_defects(contract: Contract, operation: Operation) -> Iterator[Defect]:
    """For each promise about the limit of an operation: it is not kept."""
    limit = RateLimit.of(operation)
    if limit is None:
        return
    few = max(1, limit.calls // 3)
    rows: Mapping[str, tuple[tuple[str, str, Spoil], ...]] = {
        "served": (("too-few", f"admits {few} calls only", _limit(calls=few)),),
        "refused": (
            ("unlimited", "admits any number of calls", _unlimited),
            *_other_code(contract, operation, limit),
        ),
        "recovers": (("never-again", "admits nobody whom it has once refused", _limit(seconds=FOREVER)),),
        "refused-uncounted": (("counted", "counts calls that it refuses for their number", _count_refused),),
        "unauthorized-uncounted": (("counted", "counts calls before it looks at credentials", _count_everybody),),
        "invalid-counted": (("uncounted", "counts calls only once they are valid", _count_valid),),
    }
    for law in limit.laws():
        for kind, text, spoil in rows.get(law, ()):
            clause = f"{contract.api}.{operation.id}.rate.{law}"
            install = _install(contract, operation, limit, spoil)
            yield Defect(clause, kind, operation.id, f"{operation.id} {text}.", install)


class _Stubborn(Admission):
    """Keeps to its own number of calls, whatever option a world has."""

    def most(self, world: Any) -> int:  # noqa: ARG002 - the option is the world's
        return self.limit.calls


def _install(contract: Contract, operation: Operation, limit: RateLimit, spoil: Spoil) -> Callable[[Seams], Undo]:
    return spoiling(contract.api, operation.id, lambda seams: spoil(seams, _Stubborn(contract, operation, limit)))


def _other_code(contract: Contract, operation: Operation, limit: RateLimit) -> Iterator[tuple[str, str, Spoil]]:
    clause = contract.clauses[f"{contract.api}.{operation.id}.rate.refused"]
    other = other_code(contract, operation, clause)
    if other is not None:
        refusal = replace(limit.refusal, code=other)
        yield "other-code", f"refuses calls beyond its limit with the code {other}", _limit(refusal=refusal)


def _limit(**changes: Any) -> Spoil:
    """Another limit than the documented one."""

    def spoil(seams: OperationSeams, admission: Admission) -> None:
        admission.limit = replace(admission.limit, **changes)
        seams.admit = admission

    return spoil


def _unlimited(seams: OperationSeams, _admission: Admission) -> None:
    seams.admit = None


def _count_refused(seams: OperationSeams, admission: Admission) -> None:
    def admit(world: Any, caller: object) -> None:
        try:
            admission(world, caller)
        except Refused:
            admission.meter(world, caller).note(time.monotonic())
            raise

    seams.admit = admit


def _count_everybody(seams: OperationSeams, admission: Admission) -> None:
    verify, nowhere = seams.verify, World()

    def count_first(scope: Any) -> Any:
        admission(nowhere, None)
        return verify(scope)

    seams.verify, seams.admit = count_first, None


def _count_valid(seams: OperationSeams, admission: Admission) -> None:
    handler = seams.handler

    def count_first(world: Any, **arguments: Any) -> Any:
        admission(world, None)
        return handler(world, **arguments)

    seams.handler, seams.admit = count_first, None
