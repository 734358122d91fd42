"""``x-rate-limit``: how often a caller may call an operation."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from mockserver.engine.meters import Meter
from mockserver.errors import Refused
from specs.model import Contract, Operation
from specs.rates import RateLimit

OPTION = "rate-limit"
"""The option of an API that takes the place of its documented number of calls; 0 lifts the limit."""


class Admission:
    """Counts the calls of one operation in a sliding span of real time: in each world, for each caller.

    A call that is refused for its number does not count.
    """

    def __init__(
        self, contract: Contract, operation: Operation, limit: RateLimit, now: Callable[[], float] = time.monotonic
    ) -> None:
        self.limit = limit
        self._operation = f"{contract.api}.{operation.id}"
        self._option = f"{contract.api}.{OPTION}"
        self._now = now

    def __call__(self, world: Any, caller: object) -> None:
        """Let a call in. Raises ``Refused`` for one beyond the limit."""
        most = self.most(world)
        if most == 0:
            return
        meter, now = self.meter(world, caller), self._now()
        if meter.lately(self.limit.seconds, now) >= most:
            raise Refused(self.limit.refusal.code, status=self.limit.refusal.status)
        meter.note(now)

    def most(self, world: Any) -> int:
        """How many calls a world allows; 0 stands for any number."""
        most: int = world.options.get(self._option, self.limit.calls)
        return most

    def meter(self, world: Any, caller: object) -> Meter:
        """What counts the calls of a caller in a world."""
        meters: dict[object, Meter] = world.meters
        key = (self._operation, caller)
        if key not in meters:
            meters[key] = Meter()
        return meters[key]


def admission_of(contract: Contract, operation: Operation) -> Admission | None:
    """What admits calls of an operation, ``None`` if it has no limit."""
    limit = RateLimit.of(operation)
    return None if limit is None else Admission(contract, operation, limit)
