"""Judging in this process: every check of an API, one after the other, through any transport."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from conformance.check import Item, items_of, run
from conformance.client import Client
from conformance.errors import TargetUnreachable
from conformance.given import Given
from conformance.outcome import Outcome
from conformance.preflight import preflight
from conformance.target import Target
from conformance.verdict import Judgement, judge_clauses
from conformance.wire.transport import Transport
from specs.model import Contract


def judge(
    contract: Contract,
    target: Target,
    transport: Transport,
    *,
    selected: Callable[[str], bool] = lambda _: True,
    run_tag: str = "run",
) -> list[Judgement]:
    """A judgement for every clause. Raises ``TargetUnreachable`` when the target does not answer as this API."""
    client = Client(contract, target, transport)
    given = Given(client, run_tag)
    preflight(client, given)
    wanted = [item for item in items_of(contract) if concerns(item, contract, selected)]
    return judge_clauses(contract, run_items(wanted, client, given), selected=selected, claimed=target.capabilities)


def run_items(items: Iterable[Item], client: Client, given: Given) -> list[Outcome]:
    """The outcome of each item, in order."""
    return [run(item, client, given) for item in items]


def concerns(item: Item, contract: Contract, selected: Callable[[str], bool]) -> bool:
    """Whether an item speaks about a selected clause; schema clauses are spoken about by their ``accepts``."""
    if any(selected(clause) for clause in item.clauses):
        return True
    if len(item.clauses) != 1 or not item.clauses[0].endswith(".accepts"):
        return False
    operation = contract.clauses[item.clauses[0]].operation
    return any(
        selected(clause.id)
        for clause in contract.clauses.values()
        if clause.kind == "schema" and (clause.operation == operation or clause.id == f"{contract.api}.error-body")
    )


__all__ = ["TargetUnreachable", "concerns", "judge", "run_items"]
