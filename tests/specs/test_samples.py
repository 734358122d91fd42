"""The payloads that the documents print are facts: requests are accepted, answers are valid.

``tests/samples/<api>/<operation>.request.json`` and ``<operation>.<status>.json``, as printed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

import specs
from specs.requests import Arguments, RequestRules
from specs.schemas import validator

SAMPLES = Path(__file__).parents[1] / "samples"
PRINTED = [path for api in specs.names() for path in sorted((SAMPLES / api).glob("*.*.json"))]
REQUESTS = [path for path in PRINTED if path.name.endswith(".request.json")]
ANSWERS = [path for path in PRINTED if path not in REQUESTS]

FILLER: Mapping[str, frozenset[str]] = {
    # The page prints zeros for page and size; the contract has x-assumption there.
    f"supos/{operation}.200": frozenset(("/pagination/current", "/pagination/pageSize"))
    for operation in ("queryPending", "queryCompletive", "queryAllPending", "queryProcess")
}
"""Printed answers with values that nobody can mean: pointers that must fail, and nothing else."""


def _name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


def _flaws(path: Path) -> set[str]:
    contract = specs.load(path.parent.name)
    operation, status = path.stem.split(".")
    (pointer,) = contract.operations[operation].responses[int(status)].media.values()
    errors = validator(contract, pointer, "response").iter_errors(json.loads(path.read_bytes()))
    return {"".join(f"/{part}" for part in error.instance_path) for error in errors}


@pytest.mark.parametrize("path", REQUESTS, ids=_name)
def test_a_printed_request_is_accepted(path: Path) -> None:
    contract = specs.load(path.parent.name)
    operation = contract.operations[path.name.partition(".")[0]]
    rules = RequestRules(contract, operation)
    segments = {parameter.name: "1" for parameter in operation.parameters if parameter.location == "path"}
    arguments = Arguments(path=segments, body=json.loads(path.read_bytes()))
    assert rules.findings(arguments) == []
    assert rules.valid(arguments)


@pytest.mark.parametrize("path", ANSWERS, ids=_name)
def test_a_printed_answer_is_valid_but_for_its_filler(path: Path) -> None:
    assert _flaws(path) == FILLER.get(_name(path), frozenset())


def test_filler_names_printed_answers() -> None:
    assert set(FILLER) <= {_name(path) for path in ANSWERS}


def test_the_printed_payloads_are_here() -> None:
    assert {path.stem for path in PRINTED if path.parent.name == "supos"} >= {
        "cancel.400",
        "cancel.request",
        "entrust.400",
        "entrust.request",
        "getCompletiveTask.200",
        "getDetail.200",
        "getPendingTask.200",
        "getStartInfo.200",
        "getUrgeInfo.200",
        "queryAllPending.200",
        "queryCompletive.200",
        "queryLog.200",
        "queryProcess.200",
        "queryPending.200",
        "revoke.400",
        "revoke.request",
        "save.200",
        "save.request",
        "saveTaskForm.400",
        "saveTaskForm.request",
        "startProcess.200",
        "startProcess.request",
        "submitTask.400",
        "submitTask.request",
        "thirdPartyProcessesDel.500",
        "thirdPartyProcessesPost.200",
        "thirdPartyProcessesPost.request",
        "thirdPartyTasksCompletiveDel.500",
        "thirdPartyTasksCompletivePost.200",
        "thirdPartyTasksCompletivePost.request",
        "updateProcessPut.request",
    }
    assert {path.stem for path in PRINTED if path.parent.name == "jodoo"} == {"getInstance.200", "getInstance.request"}


@pytest.mark.parametrize("path", REQUESTS, ids=_name)
def test_the_documents_request_example_is_the_printed_one(path: Path) -> None:
    contract = specs.load(path.parent.name)
    operation = contract.operations[path.name.partition(".")[0]]
    (media,) = contract.resolve(operation.raw["requestBody"])["content"].values()
    shown = [contract.resolve(example)["value"] for example in media["examples"].values()]
    assert json.loads(path.read_bytes()) in shown


def test_the_document_of_jodoo_shows_the_printed_answer() -> None:
    operation = specs.load("jodoo").operations["getInstance"]
    (media,) = operation.raw["responses"]["200"]["content"].values()
    printed = json.loads((SAMPLES / "jodoo" / "getInstance.200.json").read_bytes())
    assert media["examples"]["sample"]["value"] == printed
