"""Breadth: what is made up, how it is judged, and what it leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

import specs
from conformance.client import Client
from conformance.fuzz import fuzz
from conformance.fuzz.generator import Generator
from conformance.given import Given
from conformance.outcome import Outcome
from conformance.target import Target
from conformance.transport import Message, RawAnswer
from mockserver import create_app
from mockserver.defects import find
from tests.in_process import AsgiTransport
from tests.kill.harness import target_for

CONTRACT = specs.load("supos")
SEEDS = (1, 2)


@pytest.fixture(scope="module")
def mock() -> Any:
    return create_app(apis=("supos",))


@pytest.fixture
def client(mock: Any) -> Iterator[Client]:
    transport = AsgiTransport(mock)
    yield Client(CONTRACT, target_for(CONTRACT, mock), transport)
    transport.close()


def findings(outcomes: list[Outcome]) -> list[tuple[str, tuple[str, ...]]]:
    return [(b.clause, b.findings) for outcome in outcomes for b in outcome.bookings if b.findings]


@pytest.mark.parametrize("seed", SEEDS)
def test_the_mock_has_no_finding_and_every_operation_gets_past_its_refusals(
    mock: Any, client: Client, seed: int
) -> None:
    outcomes, coverage = fuzz(client, Given(client, f"fuzz{seed}"), "quick", seed)
    assert findings(outcomes) == []
    assert [one.operation for one in coverage if not one.succeeded] == []
    assert {one.operation for one in coverage} == set(CONTRACT.operations)
    assert mock.faults.count == 0


def test_the_same_seed_makes_the_same_requests_and_another_seed_others() -> None:
    operation = CONTRACT.operations["startProcess"]
    with TemporaryDirectory() as folder:
        made = [
            [
                one.message
                for one in Generator(CONTRACT, "http://x", Path(folder)).requests(
                    operation, valid=False, count=9, seed=seed
                )
            ]
            for seed in (1, 1, 2)
        ]
    assert made[0] == made[1]
    assert made[0] != made[2]


def test_no_request_brings_credentials_of_its_own() -> None:
    operation = CONTRACT.operations["queryPending"]
    with TemporaryDirectory() as folder:
        made = Generator(CONTRACT, "http://x", Path(folder)).requests(operation, valid=True, count=20, seed=1)
    assert {name.lower() for one in made for name, _ in one.message.headers} & {"authorization"} == set()


def test_an_answer_that_breaks_its_schema_is_a_finding_with_seed_and_request(mock: Any, client: Client) -> None:
    (defect,) = find([CONTRACT], ["supos.error-body:startProcess-drop-message"])
    undo = defect.install(mock)
    try:
        outcomes, _ = fuzz(client, Given(client, "broken"), "quick", 1)
    finally:
        undo()
    (clause, texts), *_ = findings(outcomes)
    assert clause == "supos.error-body"
    assert texts[0].startswith("/message is missing (fuzz seed 1, request ")


class Failing:
    """A server that fails, undocumented, whatever it is asked."""

    def send(self, message: Message, deadline: float) -> RawAnswer:
        return RawAnswer(502, {"content-type": "text/html"}, b"bad gateway")


def test_an_undocumented_failure_is_a_finding_for_every_operation(target: Target) -> None:
    client = Client(CONTRACT, target, Failing())
    outcomes, coverage = fuzz(client, Given(client, "dead"), "quick", 1)
    assert {outcome.check for outcome in outcomes if findings([outcome])} == {
        f"fuzz.{operation.id}" for operation in CONTRACT
    }
    assert not any(one.succeeded for one in coverage)


def test_a_target_that_forbids_writes_is_only_read(target: Target) -> None:
    reader = Target(api="supos", base_url="http://x", identities=target.identities, roles=target.roles, writes="none")
    client = Client(CONTRACT, reader, Failing())
    _, coverage = fuzz(client, Given(client, "read"), "quick", 1)
    reads = {operation.id for operation in CONTRACT if operation.method == "GET"}
    assert {one.operation for one in coverage} == reads
