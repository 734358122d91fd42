"""What Schemathesis makes: always the same for a seed, sendable, nothing left behind."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.fuzz.generator import FIELD_VALUE, Generator
from conformance.fuzz.reading import Reader
from conformance.wire.transport import Message
from specs import Contract
from specs.requests import RequestRules
from tests.conformance.fuzz.small import ADDRESS, SHOP

PROGRAM = """
import hashlib, sys
from pathlib import Path
import specs, mockserver.engine.interpreter, conformance.run
from conformance.fuzz.generator import Generator
contract = specs.load("supos")
generator = Generator(contract, "http://x", {}, Path(sys.argv[1]))
made = [
    generator.requests(contract.operations[name], valid=valid, count=8, seed=3)
    for name in ("startProcess", "thirdPartyTasksCompletiveDel")
    for valid in (True, False)
]
print(hashlib.sha256(repr(made).encode("utf-8", "backslashreplace")).hexdigest())
"""


@pytest.fixture
def made(contract: Contract, tmp_path: Path) -> Any:
    """Makes requests to an operation."""
    generator = Generator(contract, "http://x", {"X-Gate": "open"}, tmp_path)

    def make(operation: str, valid: bool = True, count: int = 12, seed: int = 1) -> list[Message]:
        return generator.requests(contract.operations[operation], valid=valid, count=count, seed=seed)

    return make


@pytest.mark.parametrize("valid", [True, False])
def test_the_same_seed_makes_the_same_requests_and_another_seed_others(made: Any, valid: bool) -> None:
    first = made("startProcess", valid)
    assert made("startProcess", valid) == first
    assert made("startProcess", valid, seed=2) != first
    assert len(first) == len(set(first)) == 12


def test_neither_hashes_nor_loaded_modules_change_what_a_seed_makes(contract: Contract, tmp_path: Path) -> None:
    generator = Generator(contract, "http://x", {}, tmp_path / "here")
    here = [
        generator.requests(contract.operations[name], valid=valid, count=8, seed=3)
        for name in ("startProcess", "thirdPartyTasksCompletiveDel")
        for valid in (True, False)
    ]
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path / "there")],
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONHASHSEED": "7", "CI": "true"},
    )
    assert ended.stdout.strip() == hashlib.sha256(repr(here).encode("utf-8", "backslashreplace")).hexdigest()


def test_valid_requests_break_no_rule_and_wrong_ones_break_some(contract: Contract, made: Any) -> None:
    operation = contract.operations["submitTask"]
    rules, read = RequestRules(contract, operation), Reader(contract, operation, "http://x")
    counts = {}
    for valid in (True, False):
        readings = [reading for reading in map(read, made("submitTask", valid, 20)) if reading and reading.plain]
        counts[valid] = sum(rules.valid(reading.arguments) for reading in readings), len(readings)
    assert counts[True][0] == counts[True][1] > 15
    assert counts[False][0] == 0
    assert counts[False][1] > 15


def test_every_request_has_the_headers_of_the_target_and_no_credentials(made: Any) -> None:
    names = [[name.lower() for name, _ in message.headers] for message in (*made("queryPending"), *made("save", False))]
    assert [found for found in names if "x-gate" not in found or "authorization" in found] == []


def test_every_header_can_be_sent(tmp_path: Path) -> None:
    generator = Generator(SHOP, ADDRESS, {}, tmp_path)
    for valid in (True, False):
        for message in generator.requests(SHOP.operations["showOrder"], valid=valid, count=40, seed=1):
            assert [pair for pair in message.headers if not FIELD_VALUE.fullmatch(pair[1])] == []


@pytest.mark.parametrize("operation", ["postForm", "putParts"])
def test_forms_are_made_in_their_media_type(operation: str, tmp_path: Path) -> None:
    generator = Generator(SHOP, ADDRESS, {}, tmp_path)
    made = generator.requests(SHOP.operations[operation], valid=True, count=10, seed=1)
    kinds = {value.partition(";")[0] for message in made for name, value in message.headers if name == "Content-Type"}
    assert kinds <= {SHOP.operations[operation].body_media[0]}
    assert any(message.body for message in made)


def test_a_schema_that_allows_one_request_gives_one(tmp_path: Path) -> None:
    contract = Contract(
        "made",
        {
            "openapi": "3.0.3",
            "info": {"title": "Made", "version": "1"},
            "paths": {"/": {"get": {"operationId": "root", "tags": ["T"], "responses": {"200": {"description": ""}}}}},
            "components": {},
        },
    )
    generator = Generator(contract, "http://x", {}, tmp_path)
    assert generator.requests(contract.operations["root"], valid=True, count=5, seed=1) == [
        Message("GET", "http://x/", (), b"")
    ]
