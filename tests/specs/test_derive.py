"""Derived clauses of ``mini.json``, exactly."""

from __future__ import annotations

import pytest

from specs.clauses import read_clauses, write_clause
from specs.derive import derive
from specs.model import Clause, Contract, Expectation

EXPECTED = """
mini.listThings.accepts MUST 200
mini.listThings.200.schema MUST 200
mini.listThings.503.schema MUST 503
mini.listThings.auth.absent MUST 401
mini.listThings.auth.wrong MUST 401
mini.listThings.query.start.type MUST 400 with code 3
mini.listThings.query.start.minimum MUST 400 with code 3
mini.listThings.query.size.type SHOULD 422
mini.listThings.query.size.maximum MUST 422
mini.listThings.query.tags.each.type SHOULD 422
mini.listThings.paging.size MUST -
mini.listThings.paging.walk MUST -
mini.listThings.paging.first MUST -
mini.listThings.paging.beyond MUST -
mini.listThings.paging.default MUST -
mini.addThing.accepts MUST 201
mini.addThing.201.schema MUST 201
mini.addThing.body.required MUST 422
mini.addThing.body.null SHOULD 422
mini.addThing.body.type SHOULD 422
mini.addThing.body.name.required MUST 422 with code 1
mini.addThing.body.name.null MUST 422 with code 2
mini.addThing.body.name.minLength MUST 422 with code 1
mini.addThing.body.name.type SHOULD 422
mini.addThing.body.kind.type SHOULD 422
mini.addThing.body.kind.enum MUST 422
mini.addThing.body.note.required-if MUST 422 with code 7
mini.addThing.body.note.type SHOULD 422
mini.addThing.body.note.maxLength MUST 422
mini.addThing.repeat MUST 409 with code E5
mini.dropThing.accepts MUST 204
mini.dropThing.204.schema MUST 204
mini.dropThing.path.id.type SHOULD 422
mini.error-body MUST -
"""


@pytest.fixture
def clauses(mini: Contract) -> dict[str, Clause]:
    return {clause.id: clause for clause in derive(mini)}


def test_ids_levels_and_expectations_are_these_in_this_order(clauses: dict[str, Clause]) -> None:
    assert EXPECTED.split("\n")[1:-1] == [
        f"{clause.id} {clause.level} {clause.expect or '-'}" for clause in clauses.values()
    ]


def test_lines_are_those_of_the_node_then_of_the_parameter_then_of_the_operation(clauses: dict[str, Clause]) -> None:
    assert {
        name: clauses[f"mini.{name}"].lines
        for name in (
            "addThing.body.name.null",
            "listThings.query.size.type",
            "listThings.query.tags.each.type",
            "listThings.query.start.type",
            "addThing.accepts",
            "dropThing.accepts",
            "error-body",
        )
    } == {
        "addThing.body.name.null": (8, 9),
        "listThings.query.size.type": (3, 3),
        "listThings.query.tags.each.type": (1, 5),
        "listThings.query.start.type": (2, 2),
        "addThing.accepts": (6, 20),
        "dropThing.accepts": None,
        "error-body": (90, 91),
    }


def test_an_exclusion_holds_for_the_rules_that_it_names(clauses: dict[str, Clause]) -> None:
    note = "mini.addThing.body.note"
    assert (clauses[f"{note}.maxLength"].excluded, clauses[f"{note}.maxLength"].why) == (
        "not-observable",
        "Nobody knows.",
    )
    assert (clauses[f"{note}.type"].excluded, clauses[f"{note}.type"].why) == (None, "We think so.")


def test_an_excluded_answer_keeps_its_clause_with_the_reason(clauses: dict[str, Clause]) -> None:
    clause = clauses["mini.listThings.503.schema"]
    assert (clause.excluded, clause.why) == ("no-documented-way", "It never fails.")


def test_a_clause_of_a_node_names_node_and_rule(clauses: dict[str, Clause]) -> None:
    assert clauses["mini.addThing.body.name.minLength"] == Clause(
        id="mini.addThing.body.name.minLength",
        level="MUST",
        kind="error",
        text="addThing refuses a request whose body.name is shorter than allowed.",
        lines=(8, 9),
        operation="addThing",
        expect=Expectation(422, "1"),
        node="body.name",
        rule="minLength",
    )


def test_clauses_survive_their_json_form(clauses: dict[str, Clause]) -> None:
    written = [write_clause(clause) for clause in clauses.values()]
    assert list(read_clauses(written)) == list(clauses.values())


def test_a_hand_written_clause_says_so() -> None:
    (clause,) = read_clauses([{"id": "a.b.c", "level": "MAY", "kind": "error", "text": "T."}])
    assert clause == Clause("a.b.c", "MAY", "error", "T.", None, derived=False)
