"""How fast a target is asked: evenly, at a rate; or as fast as it goes, where that is the subject."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from conformance.target import Target
from specs.model import Contract
from specs.rates import RateLimit

SHARE = 5 / 6
"""How much of a documented limit is used where the target names no rate: a count may go on while ours begins anew."""


class Pace:
    """When the next request may go out. Time is the machine's monotonic clock, in seconds."""

    def __init__(
        self,
        rate: float | None = None,
        *,
        asked: float | None = None,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``rate`` is in requests a second, ``asked`` when somebody else may have asked last; ``None``: never."""
        self._interval = _interval(rate)
        self._now = now
        self._sleep = sleep
        self._asked = asked
        self._next = 0.0
        self.is_lifted = False
        """Whether the calls of the moment keep to no pace of the target's."""

    @contextmanager
    def turn(self) -> Iterator[None]:
        """A block that sends a request and waits for its answer; begins when its time has come."""
        self._wait_until(self._next)
        self._next = self._now() + self._interval
        try:
            yield
        finally:
            self._asked = self._now()

    def rest(self, seconds: float) -> None:
        """Let nothing go out for so many seconds."""
        self._next = self._now() + seconds

    @contextmanager
    def lifted(self, rest: float, rate: float | None = None) -> Iterator[None]:
        """A block at another rate (``None``: as fast as it goes), ``rest`` seconds without requests around it."""
        if self._asked is not None:
            self._wait_until(self._asked + rest)
        kept, self._interval, self._next = self._interval, _interval(rate), 0.0
        self.is_lifted = True
        try:
            yield
        finally:
            self.is_lifted = False
            self._interval = kept
            self.rest(rest)

    def _wait_until(self, moment: float) -> None:
        missing = moment - self._now()
        if missing > 0:
            self._sleep(missing)


def _interval(rate: float | None) -> float:
    return 0.0 if rate is None else 1 / rate


def pace_of(contract: Contract, target: Target, *, workers: int = 0, asked: float | None = None) -> Pace:
    """The pace of one of that many workers: the target's rate, else what the document allows, shared out evenly."""
    rate = target.limits.rate
    if rate is None:
        documented = [limit.rate for operation in contract if (limit := RateLimit.of(operation)) is not None]
        rate = min(documented) * SHARE if documented else None
    return Pace(None if rate is None else rate / max(workers, 1), asked=asked)
