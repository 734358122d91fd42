"""``observed.yaml``: what released servers are known to do instead, in the bundle and in lint."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from conformance.lint import lint
from specs.bundle import build
from specs.clauses import read_clauses
from specs.errors import BundleError
from specs.model import Expectation, Observed

Write = Callable[..., Path]

OPENAPI = """
openapi: 3.0.3
info: {title: made, version: "1"}
paths:
  /a: {get: {operationId: getA, tags: [T], summary: An A, responses: {"200": {description: Good.}}}}
"""
OBSERVED = """
made.getA.accepts:
  - {server: made-7.2.0, expect: {status: 500, code: 5}, seen: It breaks down.}
"""


def test_a_derived_clause_has_what_was_observed(write: Write) -> None:
    path = write(openapi=OPENAPI, observed=OBSERVED)
    clauses = {clause.id: clause for clause in read_clauses(build(path)["x-clauses"])}
    assert clauses["made.getA.accepts"].observed == (Observed("made-7.2.0", Expectation(500, "5"), "It breaks down."),)
    assert [clause.id for clause in clauses.values() if clause.observed] == ["made.getA.accepts"]


def test_what_names_no_clause_is_refused(write: Write) -> None:
    path = write(openapi=OPENAPI, observed=OBSERVED.replace("getA", "getB"))
    with pytest.raises(BundleError, match=r"there is no clause made\.getB\.accepts"):
        build(path)


@pytest.mark.parametrize(
    ("change", "place", "message"),
    [
        (("getA", "getB"), "observed.yaml: made.getB.accepts", "there is no such clause"),
        (("made-7.2.0", "Made"), "observed.yaml: made.getA.accepts/0/server", "does not match"),
        (("expect: {status: 500, code: 5}, ", ""), "observed.yaml: made.getA.accepts/0", '"expect" is a required'),
    ],
)
def test_lint_says_what_is_wrong_with_it(write: Write, change: tuple[str, str], place: str, message: str) -> None:
    path = write(openapi=OPENAPI, observed=OBSERVED)
    assert [p for p in lint(path) if p.rule == "clause-observed"] == []
    write(observed=OBSERVED.replace(*change))
    (problem,) = [p for p in lint(path) if p.rule == "clause-observed"]
    assert problem.place == place
    assert message in problem.message
