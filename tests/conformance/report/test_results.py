"""results.json: its schema, its way back, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from conformance.errors import ConfigurationError
from conformance.report.results import SCHEMA, read_results, results_of, schema, write_results
from conformance.run_result import RunResult
from tests.conformance.report import sample


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "results.json"


def objects(value: Any) -> list[dict[str, Any]]:
    """Every JSON object within a value."""
    inner = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    return ([value] if isinstance(value, dict) else []) + [found for item in inner for found in objects(item)]


def test_schema_is_a_schema_and_strict() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())
    assert schema()["$id"] == SCHEMA
    closed = [item for item in objects(schema()) if "properties" in item and "type" in item]
    assert [item for item in closed if item.get("additionalProperties") is not False] == []
    assert [item for item in closed if sorted(item["required"]) != sorted(item["properties"])] == []


@pytest.mark.parametrize("result", sample.RUNS.values(), ids=sample.RUNS)
def test_what_is_written_follows_the_schema_and_reads_back(result: RunResult, path: Path) -> None:
    write_results(result, path)
    content = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.validate(content, schema(), jsonschema.Draft202012Validator)
    assert read_results(path) == result


def test_content_of_a_clause() -> None:
    (item,) = results_of(sample.run_of(sample.CODE))["clauses"]
    assert item == {
        "id": "shop.placeOrder.body.item.required",
        "level": "MUST",
        "kind": "error",
        "operation": "placeOrder",
        "text": "The text of placeOrder.body.item.required.",
        "lines": [10, 10],
        "expect": {"status": 400, "code": "1001"},
        "node": "body.item",
        "rule": None,
        "capability": None,
        "excluded": None,
        "why": None,
        "derived": False,
        "verdict": "fail",
        "treatment": "gating",
        "note": "",
        "checks": 1,
        "reasons": [
            {
                "check": "laws.node_rules.refused[item]",
                "status": "fail",
                "expected": "",
                "seen": "",
                "blocker": "",
                "exchange": {
                    "operation": "placeOrder",
                    "curl": sample.ORDER.curl,
                    "status": 201,
                    "answer": sample.ORDER.answer,
                    "code": "",
                },
            }
        ],
    }


def test_content_about_the_run() -> None:
    content = results_of(sample.RED)
    assert content["exit"] == {"code": 1, "name": "FAILED", "cause": "2 gating clauses are broken"}
    assert content["counts"] == {
        "judged": 5,
        "in_scope": 9,
        "passed": 1,
        "failed": 4,
        "errors": 0,
        "blocked": 3,
        "not_run": 1,
        "not_applicable": 1,
        "excluded": 1,
        "not_selected": 1,
    }
    assert list(content)[-1] == "complete"


def test_secrets_stay_out(path: Path) -> None:
    write_results(sample.RED, path)
    assert "a-secret" not in path.read_text(encoding="utf-8")


def test_schema_refuses_a_target_in_the_clear() -> None:
    content = results_of(sample.RED)
    content["target"] = sample.TARGET.as_json()
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema(), jsonschema.Draft202012Validator)


def test_a_file_cut_off_anywhere_is_refused(path: Path) -> None:
    write_results(sample.RED, path)
    whole = path.read_bytes().rstrip()
    for length in (*range(0, len(whole), 97), len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(ConfigurationError, match="is cut off"):
            read_results(path)


def test_a_file_without_its_footer_is_refused(path: Path) -> None:
    content = results_of(sample.RED)
    del content["complete"]
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="its last key 'complete' is missing; run again"):
        read_results(path)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"$schema": "urn:workflow-contract-kit:results:0"}, r"is no results file of this version"),
        ({"seed": "7"}, r"does not follow its schema at /seed"),
        ({"extra": 1}, r"does not follow its schema at /: .*extra"),
        ({"complete": False}, r"is cut off"),
    ],
)
def test_a_file_that_is_not_ours_is_refused(path: Path, change: dict[str, Any], message: str) -> None:
    path.write_text(json.dumps({**results_of(sample.RED), **change}), encoding="utf-8")
    with pytest.raises(ConfigurationError, match=message):
        read_results(path)


def test_a_file_that_is_not_there_is_refused(path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"results\.json cannot be read: No such file"):
        read_results(path)


def test_a_list_is_no_results_file(path: Path) -> None:
    path.write_text("[]", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="is no results file"):
        read_results(path)


def test_a_write_that_fails_leaves_the_old_file_and_no_draft(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_results(sample.RED, path)

    def full(self: Path, target: Path) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="disk full"):
        write_results(sample.GREEN, path)
    assert read_results(path) == sample.RED
    assert [file.name for file in path.parent.iterdir()] == ["results.json"]
