"""Reads a user's own OpenAPI document: bundled, linted, with the clauses that follow from it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import specs
from conformance.errors import ConfigurationError
from conformance.examples import example_call, sound
from conformance.laws.violations import violations
from conformance.lint import structural
from conformance.lint.subject import Subject
from conformance.own.creating import with_creations
from specs.bundle import with_clauses
from specs.clauses import read_clauses, write_clause
from specs.model import Clause, Contract, Operation
from specs.requests import RequestRules

SHOWN = 5
"""Problems that are told; lint tells all of them."""

UNBREAKABLE = "No request is known that breaks this rule and no other."
UNREFUSED = "No request is documented to be refused."


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
        raise ConfigurationError(f"{path}: x-outcome: error-when is not judged yet; a refusal must show by its status")
    named = Contract(subject.api, {"x-api": subject.api, **subject.contract.document})
    whole = Contract(subject.api, with_creations(named))
    return Contract(subject.api, _judgeable(with_clauses(whole, path.parent)))


def _check_name(path: Path, name: str) -> None:
    if name in specs.names():
        raise ConfigurationError(
            f"{path}: {name} is the name of an API of ours; give the document another one with x-api: NAME at its root"
        )


def _judgeable(document: dict[str, Any]) -> dict[str, Any]:
    """The document, each clause excluded that no request shows. Nobody wrote these down to be judged."""
    contract = Contract(document["x-api"], document)
    breaks = {operation.id: _Breaking(contract, operation) for operation in contract}
    clauses = []
    for clause in map(_of_any_success(contract), read_clauses(document["x-clauses"])):
        unshown = clause is not None and clause.derived and clause.excluded is None and clause.node is not None
        if clause is not None and unshown and not breaks[str(clause.operation)].can(clause):
            clauses.append(replace(clause, excluded="no-documented-way", why=UNBREAKABLE))
        elif clause is not None:
            clauses.append(clause)
    refusals = any(c.expect is not None and _refuses(c.expect.status) and c.excluded is None for c in clauses)
    if not refusals:
        clauses = [
            replace(c, excluded="no-documented-way", why=UNREFUSED) if c.id == f"{contract.api}.error-body" else c
            for c in clauses
        ]
    return {**document, "x-clauses": [write_clause(clause) for clause in clauses]}


def _refuses(status: int) -> bool:
    return status >= 400 or status in (4, 5)


def _of_any_success(contract: Contract) -> Callable[[Clause], Clause | None]:
    """Of several documented successes a server need not show each: one clause speaks for all of them."""
    speakers = {f"{contract.api}.{operation.id}.{operation.success.name}.schema": operation for operation in contract}
    spoken_for = {
        f"{contract.api}.{operation.id}.{answer.name}.schema"
        for operation in contract
        for answer in operation.responses.values()
        if answer.is_success and answer is not operation.success
    }
    several = {name.rsplit(".", 2)[0] for name in spoken_for}

    def spoken(clause: Clause) -> Clause | None:
        if clause.id in spoken_for:
            return None
        if clause.id in speakers and clause.id.rsplit(".", 2)[0] in several:
            text = f"A success of {clause.operation} has the documented media type and body."
            return replace(clause, text=text, expect=speakers[clause.id].accepted)
        return clause

    return spoken


class _Breaking:
    """Whether rules of an operation's request can be broken alone, starting from what the document shows."""

    def __init__(self, contract: Contract, operation: Operation) -> None:
        self._rules = RequestRules(contract, operation)
        self._call = sound(self._rules, example_call(contract, operation).call)
        self._valid = self._rules.valid(self._call.arguments())

    def can(self, clause: Clause) -> bool:
        """Whether a request is known; a document without a valid request leaves that to the target's arguments."""
        if not self._valid or clause.node is None or clause.rule is None:
            return True
        return next(violations(self._rules, self._call, self._rules.nodes[clause.node], clause.rule), None) is not None
