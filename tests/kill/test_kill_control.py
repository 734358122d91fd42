"""The control API is judged like the others: by its document alone, and red on every defect that follows from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import mockserver.control
from conformance import Target
from conformance.outcome import Status
from conformance.own.document import read_contract
from mockserver import Options, create_app
from mockserver.defects import Defect
from mockserver.defects.answers import answer_defects
from mockserver.defects.requests import door_defects, node_defects
from tests.kill.harness import Harness

TOKEN = "t0ken"
CONTRACT = read_contract(Path(mockserver.control.__file__).with_name("openapi.json"))
TARGET = Target("control", "http://mock.example", identities={"main": {"token": TOKEN}}, writes="full")
DEFECTS = [
    defect
    for operation in CONTRACT
    for factory in (door_defects, node_defects, answer_defects)
    for defect in factory(CONTRACT, operation)
]


@pytest.fixture(scope="module")
def harness() -> Iterator[Harness]:
    mock = create_app(options=Options(control_token=TOKEN))
    made = Harness(CONTRACT, mock, TARGET)
    yield made
    made.close()
    assert mock.faults.count == 0


def test_every_clause_of_the_document_passes(harness: Harness) -> None:
    outcomes = harness.run_all()
    assert [outcome for outcome in outcomes if outcome.status is not Status.PASS] == []
    assert [clause.id for clause in CONTRACT.clauses.values() if clause.excluded is not None] == []


def test_every_clause_has_a_defect() -> None:
    assert CONTRACT.clauses.keys() - {defect.clause for defect in DEFECTS} == set()


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.id)
def test_a_defect_is_killed_by_its_own_clause(harness: Harness, defect: Defect) -> None:
    harness.kill(defect)
    harness.others(defect)
