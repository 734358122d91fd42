"""Kills defects: shows that the suite turns red, for the right reason, on each deliberate way to be wrong."""

from __future__ import annotations

import random
import zlib
from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from conformance.check import Item, items_of, run
from conformance.client import Client
from conformance.given import Given
from conformance.outcome import Outcome, Status
from conformance.target import Target
from conformance.targets import parse_target
from conformance.verdict import Verdict, judge_clauses
from conformance.wire.pace import Pace
from mockserver.cli import target_of
from mockserver.defects import Defect
from specs import Contract
from specs.rates import RateLimit
from tests.in_process import AsgiTransport

OTHERS = 5
"""Other checks that are run on a defective mock, to see that they do not turn red for nothing."""


class Harness:
    """A seeded mock in this process, a fresh world for each defect."""

    def __init__(self, contract: Contract, mock: Any, target: Target) -> None:
        self.contract = contract
        self.mock = mock
        self.target = target
        self.items = items_of(contract)
        self._transport = AsgiTransport(mock)
        self._counts_calls = any(RateLimit.of(operation) is not None for operation in contract)
        self._refusals = {
            clause.expect
            for clause in contract.clauses.values()
            if clause.derived and clause.kind == "auth" and clause.expect is not None
        }
        self._worlds = count()

    def fresh(self) -> tuple[Client, Given]:
        """A client in a world of its own, as fast as it goes."""
        self._transport.world = f"kill-{next(self._worlds)}"
        client = Client(self.contract, self.target, self._transport, pace=Pace())
        return client, Given(client, "kill")

    def run(self, items: Iterable[Item]) -> Iterator[Outcome]:
        """The outcomes of checks in one world; where the API counts calls, each check has a world of its own."""
        client, given = self.fresh()
        for item in items:
            if self._counts_calls:
                client, given = self.fresh()
            yield run(item, client, given)

    def close(self) -> None:
        """Give the event loop back."""
        self._transport.close()

    def run_all(self) -> list[Outcome]:
        """Every check on the mock as it is, in one world."""
        return list(self.run(self.items))

    def kill(self, defect: Defect) -> Outcome:
        """The outcome that refutes the defect's clause. Fails when there is none, or a wrong one."""
        undo = defect.install(self.mock)
        try:
            before = self._transport.tampered
            outcomes = []
            for outcome in self.run(self.speaking_about(defect)):
                outcomes.append(outcome)
                if self._verdict(defect.clause, outcomes) is Verdict.FAIL:
                    break
            verdict = self._verdict(defect.clause, outcomes)
            told = "; ".join(f"{o.check}: {o.status} {o.blocker or ''} {o.expected} / {o.seen}" for o in outcomes)
            assert verdict is Verdict.FAIL, f"{defect.id} survives, verdict {verdict}: {told}"
            last = outcomes[-1]
            self._by_design(defect, last, tampered=self._transport.tampered > before)
            return last
        finally:
            undo()

    def others(self, defect: Defect) -> list[Outcome]:
        """A sample of other checks on the defective mock, which may be red only where they met the defect."""
        chooser = random.Random(zlib.crc32(defect.id.encode()))
        rest = [item for item in self.items if defect.clause not in item.clauses and not item.check.serial]
        undo = defect.install(self.mock)
        try:
            outcomes = list(self.run(chooser.sample(rest, min(OTHERS, len(rest)))))
        finally:
            undo()
        for outcome in outcomes:
            assert outcome.status is not Status.ERROR, f"{defect.id} breaks {outcome.check}: {outcome.seen}"
            innocent = defect.operation not in outcome.operations
            assert outcome.status is Status.PASS or not innocent, f"{defect.id} turns {outcome.check} red for nothing"
        return outcomes

    def speaking_about(self, defect: Defect) -> list[Item]:
        """The checks that judge a defect's clause; for a schema clause those whose answers are booked on it."""
        direct = [item for item in self.items if defect.clause in item.clauses]
        if direct:
            return direct
        clauses = self.contract.clauses
        kinds = ("error", "auth") if clauses[defect.clause].operation is None else ("schema",)
        told = [item for item in self.items if clauses[item.clauses[0]].operation == defect.operation]
        found = ([item for item in told if clauses[item.clauses[0]].kind == kind] for kind in kinds)
        return next((items for items in found if items), [])

    def _verdict(self, clause: str, outcomes: list[Outcome]) -> Verdict:
        judgements = judge_clauses(self.contract, outcomes, claimed=self.target.capabilities)
        return next(judgement.verdict for judgement in judgements if judgement.clause.id == clause)

    def _by_design(self, defect: Defect, outcome: Outcome, *, tampered: bool) -> None:
        """No kill by accident: the failing answer is the tampered one, or at least a documented one."""
        if tampered:
            return
        exchange = outcome.exchange
        assert exchange is not None, f"{defect.id} is killed without an answer: {outcome.seen}"
        documented = self.contract.operations[exchange.operation].responses
        assert exchange.status in documented, f"{defect.id} is killed by an undocumented {exchange.status}"
        by_door = any(exchange.status == r.status and r.code in (None, exchange.code) for r in self._refusals)
        assert not by_door, f"{defect.id} is killed by refused credentials"


def target_for(contract: Contract, mock: Any) -> Target:
    """The target that the mock itself describes, at an address that nobody dials."""
    described = parse_target(target_of(contract.api, mock.worlds), "the mock's own target")
    return described.at("http://mock.example")
