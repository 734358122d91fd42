"""``conformance run`` as a process: its exit codes by cause, and what it leaves behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from conformance import Target

JUDGE = (sys.executable, "-P", "-m", "conformance")
SERVER = Path(__file__).with_name("null_server.py")


def conformance(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*JUDGE, *arguments],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture
def target_file(tmp_path: Path, target: Target) -> Path:
    path = tmp_path / "target.json"
    path.write_text(json.dumps({**target.as_json(), "limits": {"timeout": 0.5}}))
    return path


@pytest.mark.parametrize(
    ("arguments", "advice"),
    [
        (("run",), "which API does the server speak? add --api with one of jodoo, supos"),
        (("run", "--mock"), "--api is missing; choose from jodoo, supos"),
        (("run", "--mock", "--api", "soupos"), "there is no API called 'soupos'"),
        (("run", "--mock", "--api", "supos", "--select", "supos.no-such.*"), "no clause matches supos.no-such.*"),
        (("run", "--base-url", "http://127.0.0.1:1"), "which API does the server speak?"),
        (("run", "--base-url", "127.0.0.1", "--target", "target.json"), "'127.0.0.1' is no address"),
        (("run", "--base-url", "http://127.0.0.1:1", "--target", "none.json"), "none.json cannot be read"),
        (("run", "--mock", "--api", "supos", "--defect", "supos.nothing:at-all"), "there is no defect"),
        (("lint", "no-such.yaml"), "no-such.yaml"),
        (("clauses", "--api", "nothing"), "there is no API called 'nothing'"),
    ],
)
def test_what_cannot_be_used_exits_2_and_says_what_to_change(
    tmp_path: Path, target_file: Path, arguments: tuple[str, ...], advice: str
) -> None:
    ended = conformance(tmp_path, *arguments)
    assert ended.returncode == 2, ended.stdout + ended.stderr
    assert advice in ended.stderr
    assert "Traceback" not in ended.stderr


def test_clauses_prints_ids_with_the_lines_of_the_document(tmp_path: Path) -> None:
    ended = conformance(tmp_path, "clauses", "--api", "supos")
    assert ended.returncode == 0
    assert (
        "supos.queryPending.query.username.required\n    MUST error, lines 11-11 -> 400 with code 100108502\n"
        in ended.stdout
    )


def test_the_mock_is_judged_and_passes(tmp_path: Path) -> None:
    ended = conformance(tmp_path, "run", "--api", "supos", "--mock")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    results = json.loads((tmp_path / "conformance-report" / "results.json").read_text())
    verdicts = {clause["verdict"] for clause in results["clauses"]}
    assert verdicts == {"pass", "excluded"}
    assert results["faults"] == 0
    assert {row["operation"] for row in results["coverage"]} >= {"queryPending", "startProcess"}
    assert {path.name for path in tmp_path.iterdir()} == {"conformance-report"}
    cleaned = conformance(tmp_path, "cleanup", "conformance-report/ledger.jsonl")
    assert (cleaned.returncode, "a mock of its own, which is gone" in cleaned.stdout) == (0, True)
    assert "(0 blocked, 0 not run), 0 not applicable" in ended.stdout.splitlines()[-1]


@pytest.mark.parametrize(
    "defect",
    [
        "supos.startProcess.process-name:definitions",
        "supos.queryPending.query.username.required:other-code",
        "supos.queryPending.paging.total:of-page",
        "supos.thirdPartyTasksCompletivePost.all-or-none:keeps-stored",
    ],
)
def test_a_defect_turns_its_clause_red_and_no_other(tmp_path: Path, defect: str) -> None:
    ended = conformance(tmp_path, "run", "--api", "supos", "--mock", "--fuzz", "none", "--defect", defect)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    results = json.loads((tmp_path / "conformance-report" / "results.json").read_text())
    assert [row["id"] for row in results["clauses"] if row["verdict"] == "fail"] == [defect.partition(":")[0]]


def test_a_selection_judges_its_clauses_alone(tmp_path: Path) -> None:
    ended = conformance(tmp_path, "run", "--api", "supos", "--mock", "--select", "supos.queryPending.*")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    results = json.loads((tmp_path / "conformance-report" / "results.json").read_text())
    judged = {row["id"].split(".")[1] for row in results["clauses"] if row["verdict"] == "pass"}
    assert judged == {"queryPending"}


def test_reports_of_a_run_tell_the_same(tmp_path: Path) -> None:
    broken = "supos.queryPending.query.username.required"
    ended = conformance(
        tmp_path,
        *("run", "--api", "supos", "--mock", "--select", "supos.queryPending.query.username.*"),
        *("--defect", f"{broken}:other-code"),
        GITHUB_ACTIONS="true",
        GITHUB_STEP_SUMMARY=str(tmp_path / "summary.md"),
    )
    assert ended.returncode == 1, ended.stdout + ended.stderr
    lines = ended.stdout.splitlines()
    (annotation,) = (line for line in lines if line.startswith("::error"))
    assert annotation.startswith(f"::error title=fail%3A {broken}::MUST error: ")
    assert f"FAIL {broken} (MUST, error)" in lines
    folder = tmp_path / "conformance-report"
    assert {path.name for path in folder.iterdir()} >= {"results.json", "junit.xml", "report.html"}
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert f'<details class="clause" id="{broken}" open data-verdict="fail"' in html
    summary = (tmp_path / "summary.md").read_text(encoding="utf-8")
    assert summary.startswith("### Conformance of supos: failed\n")


def test_selecting_a_schema_clause_runs_the_operations_accepts(tmp_path: Path) -> None:
    ended = conformance(tmp_path, "run", "--api", "supos", "--mock", "--select", "supos.startProcess.200.schema")
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert "judged 1 of 1 in scope" in ended.stdout


def test_a_token_that_is_meant_for_another_mock_does_not_lock_the_judge_out_of_its_own(tmp_path: Path) -> None:
    select = ("--select", "supos.queryTotal.query.username.required", "--fuzz", "none")
    ended = conformance(tmp_path, "run", "--mock", "--api", "supos", *select, MOCKSERVER_CONTROL_TOKEN="t0ken")
    assert ended.returncode == 0, ended.stdout + ended.stderr
