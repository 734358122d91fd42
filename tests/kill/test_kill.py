"""Every defect is killed by the check of its own clause, and every clause has a defect.

``CONTRACT_KIT_KILL=full`` (tox environment ``kill-full``) runs every check on every defect, not a sample.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

import specs
from conformance.outcome import Status
from mockserver import create_app
from mockserver.defects import Defect, catalogue
from tests.kill import harness
from tests.kill.harness import Harness, target_for

FULL = os.environ.get("CONTRACT_KIT_KILL") == "full"
DEFECTS = [(api, defect) for api in specs.names() for defect in catalogue(specs.load(api))]


@pytest.fixture(scope="session")
def harnesses() -> Iterator[dict[str, Harness]]:
    """A seeded mock for each API. A red check on the mock as it is ends the session."""
    made = {}
    for api in specs.names():
        contract = specs.load(api)
        mock = create_app(apis=(api,))
        made[api] = Harness(contract, mock, target_for(contract, mock))
        red = [outcome for outcome in made[api].run_all() if outcome.status is not Status.PASS]
        if red:
            pytest.exit(f"the clean mock is red: {red[0].check}: {red[0].expected} / {red[0].seen}", returncode=1)
    yield made
    for one in made.values():
        one.close()
    assert sum(one.mock.faults.count for one in made.values()) == 0


@pytest.mark.parametrize(("api", "defect"), DEFECTS, ids=[defect.id for _, defect in DEFECTS])
def test_defect_is_killed_by_its_own_clause(harnesses: dict[str, Harness], api: str, defect: Defect) -> None:
    found = harnesses[api]
    found.kill(defect)
    if FULL:
        harness.OTHERS = len(found.items)
    found.others(defect)


@pytest.mark.parametrize("api", specs.names())
def test_every_clause_that_is_judged_has_a_defect(api: str) -> None:
    contract = specs.load(api)
    broken = {defect.clause for defect in catalogue(contract)}
    judged = {clause.id for clause in contract.clauses.values() if clause.excluded is None}
    assert judged - broken == set()


@pytest.mark.parametrize("api", specs.names())
def test_every_defect_names_a_clause_and_has_an_id_of_its_own(api: str) -> None:
    contract = specs.load(api)
    ids = [defect.id for defect in catalogue(contract)]
    assert len(ids) == len(set(ids))
    assert {defect.clause for defect in catalogue(contract)} <= set(contract.clauses)
