"""Kills defects: shows that the suite turns red, for the right reason, on each deliberate way to be wrong."""

from __future__ import annotations

import random
import zlib
from itertools import count
from typing import Any

from conformance.check import Item, items_of, run
from conformance.client import Client
from conformance.given import Given
from conformance.outcome import Outcome, Status
from conformance.target import Target
from conformance.targets import parse_target
from conformance.verdict import Verdict, judge_clauses
from mockserver.cli import target_of
from mockserver.defects import Defect
from specs import Contract
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
        self._worlds = count()

    def fresh(self) -> tuple[Client, Given]:
        """A client in a world of its own."""
        self._transport.world = f"kill-{next(self._worlds)}"
        client = Client(self.contract, self.target, self._transport)
        return client, Given(client, "kill")

    def close(self) -> None:
        """Give the event loop back."""
        self._transport.close()

    def run_all(self) -> list[Outcome]:
        """Every check on the mock as it is, in one world."""
        client, given = self.fresh()
        return [run(item, client, given) for item in self.items]

    def kill(self, defect: Defect) -> Outcome:
        """The outcome that refutes the defect's clause. Fails when there is none, or a wrong one."""
        client, given = self.fresh()
        undo = defect.install(self.mock)
        try:
            before = self._transport.tampered
            outcomes = []
            for item in self.speaking_about(defect):
                outcomes.append(run(item, client, given))
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
        rest = [item for item in self.items if defect.clause not in item.clauses]
        client, given = self.fresh()
        undo = defect.install(self.mock)
        try:
            outcomes = [run(item, client, given) for item in chooser.sample(rest, OTHERS)]
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
        wanted = "error" if clauses[defect.clause].operation is None else "schema"
        return [
            item
            for item in self.items
            if clauses[item.clauses[0]].operation == defect.operation and clauses[item.clauses[0]].kind == wanted
        ]

    def _verdict(self, clause: str, outcomes: list[Outcome]) -> Verdict:
        return next(j.verdict for j in judge_clauses(self.contract, outcomes) if j.clause.id == clause)

    def _by_design(self, defect: Defect, outcome: Outcome, *, tampered: bool) -> None:
        """No kill by accident: the failing answer is the tampered one, or at least a documented one."""
        if tampered:
            return
        exchange = outcome.exchange
        assert exchange is not None, f"{defect.id} is killed without an answer: {outcome.seen}"
        documented = self.contract.operations[exchange.operation].responses
        assert exchange.status in documented, f"{defect.id} is killed by an undocumented {exchange.status}"
        assert exchange.status != 401, f"{defect.id} is killed by a refused signature"


def target_for(contract: Contract, mock: Any) -> Target:
    """The target that the mock itself describes, at an address that nobody dials."""
    described = parse_target(target_of(contract.api, mock.worlds), "the mock's own target")
    return described.at("http://mock.example")
