"""Calls that are refused for their number although the pace was kept: others call as well, or the server miscounts."""

from __future__ import annotations

from conformance.answer import Answer
from conformance.errors import Prevented
from conformance.outcome import Blocker
from conformance.wire.pace import Pace
from specs.model import Contract
from specs.rates import RateLimit

TRIES = 3
"""How often in a row calls may be refused for their number before none is sent again."""

SLACK = 1.05
"""How much longer than the span of a limit is waited, for clocks that differ."""


class Crowd:
    """Makes room: such a call has done nothing, so it is sent again after a rest."""

    def __init__(self, contract: Contract, pace: Pace) -> None:
        self._contract = contract
        self._pace = pace
        self._limits = {operation.id: RateLimit.of(operation) for operation in contract}
        self._refused = 0

    def is_in_the_way(self, answer: Answer) -> bool:
        """Whether a call is to be sent again, the next turn being after a rest.

        Raises ``Prevented`` when that has not helped: the check is blocked by the clause that promises to serve.
        """
        limit = self._limits[answer.operation]
        if limit is None or self._pace.is_lifted or not _is(answer, limit):
            self._refused = 0
            return False
        self._refused += 1
        if self._refused >= TRIES:
            clause = f"{self._contract.api}.{answer.operation}.rate.served"
            raise Prevented(Blocker("clause", clause), "calls are refused for their number at an allowed pace", answer)
        self._pace.rest(limit.seconds * SLACK)
        return True


def _is(answer: Answer, limit: RateLimit) -> bool:
    return limit.refusal.allows(answer.status) and limit.refusal.code in (None, answer.exchange.code)
