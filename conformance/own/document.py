"""Reads a user's own OpenAPI document: bundled, linted, with the clauses that follow from it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import specs
from conformance.errors import ConfigurationError
from conformance.examples import example_call
from conformance.laws.violations import violations
from conformance.lint import structural
from conformance.lint.subject import Subject
from specs.bundle import with_clauses
from specs.clauses import read_clauses, write_clause
from specs.model import Clause, Contract
from specs.requests import RequestRules

SHOWN = 5
"""Problems that are told; lint tells all of them."""

UNBREAKABLE = "No request is known that breaks this rule and no other."


def read_contract(path: Path) -> Contract:
    """The contract of a document. Raises ``ConfigurationError``, which says what to change."""
    if not path.is_file():
        raise ConfigurationError(f"there is no document {path}")
    subject = Subject.of(path)
    problems = structural(subject)
    if problems:
        lines = [f"{path} cannot be judged by:"]
        lines += [f"  {p.place or '/'}: {p.message} {p.advice}".rstrip() for p in problems[:SHOWN]]
        left = len(problems) - SHOWN
        lines.append(f"run `conformance lint {path}` for all" + (f" ({left} more)" if left > 0 else ""))
        raise ConfigurationError("\n".join(lines))
    _check_name(path, subject.api)
    if "error-when" in subject.document.get("x-outcome", {}):
        raise ConfigurationError(
            f"{path}: /x-outcome: error-when is not judged yet; refusals must show by their status"
        )
    named = Contract(subject.api, {"x-api": subject.api, **subject.contract.document})
    return Contract(subject.api, _without_the_unbreakable(with_clauses(named, path.parent)))


def _check_name(path: Path, name: str) -> None:
    if name in specs.names():
        raise ConfigurationError(
            f"{path}: {name} is the name of an API of ours; give the document another one with x-api: NAME at its root"
        )


def _without_the_unbreakable(document: dict[str, Any]) -> dict[str, Any]:
    """The document, each clause excluded whose rule nothing breaks alone: nobody wrote it down to be judged."""
    contract = Contract(document["x-api"], document)
    made = {operation.id: RequestRules(contract, operation) for operation in contract}
    examples = {operation.id: example_call(contract, operation).call for operation in contract}
    sound = {name for name, call in examples.items() if made[name].valid(call.arguments())}

    def excluded(clause: Clause) -> Clause:
        if clause.operation not in sound or clause.node is None or clause.rule is None or clause.excluded:
            return clause
        rules = made[clause.operation]
        broken = violations(rules, examples[clause.operation], rules.nodes[clause.node], clause.rule)
        if next(broken, None) is not None:
            return clause
        return replace(clause, excluded="no-documented-way", why=UNBREAKABLE)

    clauses = [write_clause(excluded(clause)) for clause in read_clauses(document["x-clauses"])]
    return {**document, "x-clauses": clauses}
