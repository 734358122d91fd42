"""What narrows, stops or excuses a run: waivers, -x, --last-failed, --allow-partial."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from conformance.target import Target
from tests.conformance.running import running_mock_server

DEFECT = "supos.cancel.stranger:unchecked"
CLAUSE = "supos.cancel.stranger"


def run(folder: Path, target: Target, *arguments: str) -> tuple[int, dict[str, Any], str]:
    """Exit code, results and what was printed."""
    (folder / "target.json").write_text(json.dumps(target.as_json()))
    command = [sys.executable, "-P", "-m", "conformance", "run", "--target", "target.json", *arguments]
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=120)
    results = folder / "conformance-report" / "results.json"
    said = ended.stdout + ended.stderr
    return ended.returncode, json.loads(results.read_text()) if results.exists() else {}, said


def clause_of(results: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(clause for clause in results["clauses"] if clause["id"] == CLAUSE)
    return found


def waivers_for(results: dict[str, Any], folder: Path) -> str:
    """The file that waives the failures of a run, as its results tell them."""
    failures = [
        {"check": reason["check"], "status": reason["exchange"]["status"], "code": reason["exchange"]["code"]}
        for reason in clause_of(results)["reasons"]
    ]
    item = {"clause": CLAUSE, "failures": failures, "reason": "FLOW-12", "owner": "team", "expires": "2999-12-31"}
    (folder / "waivers.json").write_text(json.dumps({"waivers": [item]}))
    return "waivers.json"


def test_a_known_bug_is_waived_until_it_is_mended(tmp_path: Path) -> None:
    with running_mock_server("supos", arguments=("--defect", DEFECT)) as target:
        code, results, _ = run(tmp_path, target, "--select", "supos.cancel.*")
        assert (code, clause_of(results)["verdict"], clause_of(results)["treatment"]) == (1, "fail", "gating")
        file = waivers_for(results, tmp_path)
        code, results, said = run(tmp_path, target, "--select", "supos.cancel.*", "--waivers", file)
        assert (code, clause_of(results)["verdict"], clause_of(results)["treatment"]) == (0, "fail", "waived")
        assert clause_of(results)["note"] == "FLOW-12 (team, until 2999-12-31)"
        assert f"waived {CLAUSE}" in said
    with running_mock_server("supos") as target:
        code, results, said = run(tmp_path, target, "--select", "supos.cancel.*", "--waivers", file)
    assert (code, clause_of(results)["verdict"], clause_of(results)["treatment"]) == (1, "pass", "stale")
    assert "what is known of 1 clause does not hold any more" in said


@pytest.mark.parametrize("workers", ["0", "2"])
def test_the_first_failure_that_gates_ends_a_run_with_x(tmp_path: Path, workers: str) -> None:
    with running_mock_server("supos", arguments=("--defect", DEFECT)) as target:
        code, results, said = run(tmp_path, target, "-x", "--workers", workers)
    assert code == 1, said
    assert results["stopped"].startswith("the first failure ended the run: suite.supos.cancelling.")
    assert clause_of(results)["verdict"] == "fail"
    assert results["counts"]["failed"] == 1
    assert results["counts"]["not_run"] > 100
    assert results["cleanup"]["failed"] == []


def test_what_the_last_run_did_not_pass_is_judged_again(tmp_path: Path) -> None:
    with running_mock_server("supos", arguments=("--defect", DEFECT)) as target:
        run(tmp_path, target, "--select", "supos.cancel.*")
        code, results, _ = run(tmp_path, target, "--last-failed")
        assert (code, results["counts"]["in_scope"], clause_of(results)["verdict"]) == (1, 1, "fail")
    with running_mock_server("supos") as target:
        code, results, _ = run(tmp_path, target, "--last-failed")
        assert (code, results["counts"]["in_scope"], clause_of(results)["verdict"]) == (0, 1, "pass")
        code, results, said = run(tmp_path, target, "--last-failed", "--select", "supos.cancel.*")
    assert "the last run left nothing to be judged again" in said
    assert (code, results["counts"]["in_scope"] > 1) == (0, True)


def test_without_a_last_run_there_is_nothing_to_judge_again(tmp_path: Path) -> None:
    code, _, said = run(tmp_path, Target("supos", "http://127.0.0.1:1"), "--last-failed")
    assert (code, "results.json cannot be read" in said) == (2, True)


def test_a_server_that_may_only_be_read_is_judged_in_part(tmp_path: Path) -> None:
    with running_mock_server("supos") as target:
        content = Target(
            api="supos",
            base_url=target.base_url,
            identities=target.identities,
            roles=target.roles,
            writes="none",
        )
        code, results, _ = run(tmp_path, content)
        assert (code, results["counts"]["failed"], results["counts"]["not_applicable"] > 300) == (3, 0, True)
        assert results["exit"]["cause"].endswith("clauses that are in scope or not applicable were judged")
        ledger = (tmp_path / "conformance-report" / "ledger.jsonl").read_text().splitlines()
        assert len(ledger) == 1
        code, results, _ = run(tmp_path, content, "--allow-partial")
    assert (code, results["counts"]["blocked"]) == (0, 0)


@pytest.mark.parametrize("flag", [("--waivers", "w.json"), ("--target", "t.json"), ("--confirm-host", "x.example")])
def test_the_mock_takes_no_target_and_no_waivers(tmp_path: Path, flag: tuple[str, str]) -> None:
    command = [sys.executable, "-P", "-m", "conformance", "run", "--api", "supos", "--mock", *flag]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60)
    assert ended.returncode == 2
    assert f"--mock brings a target of its own; leave {flag[0]} out" in ended.stderr
