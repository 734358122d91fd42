"""What ``x-rate-limit`` promises, in real time: what is served, what is refused, and what counts.

Servers may count in a sliding or in a fixed span of time, so a burst that has just begun may be served up to twice the
number. These checks need the target to themselves: who claims the capability says that nobody else uses its key.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from conformance.answer import Answer
from conformance.check import Case, law
from conformance.client import Client
from conformance.errors import Prevented
from conformance.given import Given
from conformance.laws.node_rules import rules_of
from conformance.laws.violations import violations
from conformance.outcome import Blocker
from conformance.wire.call import Call
from conformance.wire.crowd import SLACK
from specs.model import Contract, Operation
from specs.rates import RateLimit


def operations(contract: Contract) -> Iterator[Case]:
    """Each law of each operation that has a limit."""
    for operation in contract:
        limit = RateLimit.of(operation)
        if limit is not None:
            for rule in limit.laws():
                clause = f"{contract.api}.{operation.id}.rate.{rule}"
                yield Case(clause, f"{operation.id}-{rule}", (operation.id, rule))


@law(operations, serial=True)
def calls_are_counted(client: Client, given: Given, case: Case) -> None:
    """One law of one limit, after a time of silence."""
    operation, rule = case.data
    limit = RateLimit.of(client.contract.operations[operation])
    if limit is None:
        raise LookupError(f"{operation} has no limit")
    LAWS[rule](_Caller(client, given, client.contract.operations[operation], limit))


@dataclass(frozen=True, slots=True)
class _Caller:
    """Calls one operation more often than it likes."""

    client: Client
    given: Given
    operation: Operation
    limit: RateLimit

    @property
    def rest(self) -> float:
        """Seconds after which nothing counts any more."""
        return self.limit.seconds * SLACK

    def valid(self) -> Call:
        return self.given.request(self.operation.id)

    def nobodys(self) -> Call:
        """The valid request without credentials."""
        return replace(self.valid(), identity=None)

    def invalid(self) -> Call:
        """The valid request with one rule of one node broken."""
        rules, valid = rules_of(self.client, self.operation.id), self.valid()
        for node in rules.nodes.values():
            for rule in node.rules():
                for call in violations(rules, valid, node, rule):
                    return call
        raise LookupError(f"no request breaks a rule of {self.operation.id}")

    def volley(self, call: Call, count: int) -> list[Answer]:
        return self.client.volley(call, count)

    def until_refused(self, call: Call) -> list[Answer]:
        """A burst of a call that is refused in the end; if it is not, the check is blocked."""
        answers = self.burst(call)
        if not any(answer.meets(self.limit.refusal) for answer in answers):
            clause = f"{self.client.contract.api}.{self.operation.id}.rate.refused"
            raise Prevented(Blocker("clause", clause), f"{len(answers)} calls were not too many", answers[-1])
        return answers

    def recovered(self, call: Call) -> None:
        """A call after a rest; if even that is refused for its number, the check is blocked."""
        with self.client.unpaced(self.rest):
            answer = self.client.call(call)
        if answer.meets(self.limit.refusal):
            clause = f"{self.client.contract.api}.{self.operation.id}.rate.recovers"
            raise Prevented(Blocker("clause", clause), "a call is refused after a rest", answer)

    def burst(self, call: Call) -> list[Answer]:
        """More calls than any way of counting allows within the span. Blocks the check if the target is too slow."""
        began = time.monotonic()
        answers = self.volley(call, self.limit.calls + 1)
        if not any(answer.meets(self.limit.refusal) for answer in answers):
            answers += self.volley(call, self.limit.calls)
        took = time.monotonic() - began
        if took > self.limit.seconds and not any(answer.meets(self.limit.refusal) for answer in answers):
            raise Prevented(Blocker("capability", "burst"), f"{len(answers)} calls took {took:.1f} s", answers[-1])
        return answers


def _served(caller: _Caller) -> None:
    with caller.client.unpaced(caller.rest):
        for answer in caller.volley(caller.valid(), caller.limit.calls):
            answer.succeeds()


def _refused(caller: _Caller) -> None:
    with caller.client.unpaced(caller.rest):
        answers = caller.burst(caller.valid())
    refused = [answer for answer in answers if not answer.succeeded]
    (refused or answers)[-1].expect(caller.limit.refusal)


def _recovers(caller: _Caller) -> None:
    with caller.client.unpaced(caller.rest):
        caller.until_refused(caller.valid())
    with caller.client.unpaced(caller.rest):
        caller.client.call(caller.valid()).succeeds()


def _refused_uncounted(caller: _Caller) -> None:
    """Twice as many calls as are allowed go on, so that refused ones, if they counted, would never let one through."""
    call, seconds = caller.valid(), caller.limit.seconds
    with caller.client.unpaced(caller.rest, rate=2 * caller.limit.rate):
        caller.until_refused(call)
        began, sent = time.monotonic(), 0
        while True:
            answer = caller.client.call(call)
            sent += 1
            took = time.monotonic() - began
            if not answer.meets(caller.limit.refusal) or took > 1.5 * seconds:
                break
    if sent < took * caller.limit.rate:
        raise Prevented(Blocker("capability", "burst"), f"{sent} calls took {took:.1f} s", answer)
    if answer.meets(caller.limit.refusal):
        caller.recovered(call)
    answer.succeeds()


def _uncounted(caller: _Caller, bad: Call) -> None:
    """More bad calls than any way of counting allows, and after them a valid one, which is served."""
    with caller.client.unpaced(caller.rest):
        for answer in caller.volley(bad, 2 * caller.limit.calls):
            answer.refuses()
        caller.client.call(caller.valid()).succeeds()


def _counted(caller: _Caller, bad: Call) -> None:
    """So many bad calls that the last ones are refused for their number."""
    with caller.client.unpaced(caller.rest):
        answers = caller.burst(bad)
        if not any(answer.meets(caller.limit.refusal) for answer in answers):
            caller.until_refused(caller.valid())  # else there is no limit at all
            answers[-1].expect(caller.limit.refusal)


LAWS: Mapping[str, Callable[[_Caller], None]] = {
    "served": _served,
    "refused": _refused,
    "recovers": _recovers,
    "refused-uncounted": _refused_uncounted,
    "unauthorized-uncounted": lambda caller: _uncounted(caller, caller.nobodys()),
    "unauthorized-counted": lambda caller: _counted(caller, caller.nobodys()),
    "invalid-uncounted": lambda caller: _uncounted(caller, caller.invalid()),
    "invalid-counted": lambda caller: _counted(caller, caller.invalid()),
}
