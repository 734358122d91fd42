"""Whatever breaks inside a run has the exit code of its cause; Python's own 1 is never the answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NoReturn

import pytest
from rich.console import Console

import conformance.cli
import conformance.run
from conformance import Target
from conformance.cli import main
from conformance.ledger.cleanup import Cleanup, Leftover
from conformance.outcome import Outcome, Status
from conformance.plugin import Recorder
from conformance.report.terminal import Progress

STAGES = (
    "_say_hello",
    "_run_checks",
    "faults_of",
    "_clean",
    "known_failures",
    "judge_clauses",
    "exit_code",
    "write_results",
    "write_junit",
    "render",
)


@pytest.fixture
def arguments(tmp_path: Path, target: Target, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A run whose stages all do nothing, so that one can be made to fail."""
    path = tmp_path / "target.json"
    path.write_text(json.dumps(target.as_json()))
    monkeypatch.setattr(conformance.run, "_say_hello", lambda _: None)
    monkeypatch.setattr(conformance.run, "_run_checks", giving(recorder()))
    report = str(tmp_path / "report")
    return ["run", "--base-url", "http://127.0.0.1:1", "--target", str(path), "--report-dir", report]


def recorder() -> Recorder:
    return Recorder(Progress(Console(quiet=True)))


def giving(value: Any) -> Any:
    return lambda *_: value


def raising(error: BaseException) -> Any:
    def stage(*_: Any, **__: Any) -> NoReturn:
        raise error

    return stage


def test_a_run_in_which_nothing_was_judged_is_incomplete(arguments: list[str]) -> None:
    assert main(arguments) == 3


@pytest.mark.parametrize("stage", STAGES)
def test_an_exception_in_a_stage_exits_5(
    arguments: list[str], stage: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(conformance.run, stage, raising(RuntimeError("boom")))
    assert main(arguments) == 5
    assert "a fault of the suite itself: RuntimeError: boom" in capsys.readouterr().err


@pytest.mark.parametrize("stage", STAGES)
def test_an_interrupt_in_a_stage_exits_130(arguments: list[str], stage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance.run, stage, raising(KeyboardInterrupt()))
    assert main(arguments) == 130


def test_an_interrupt_before_anything_else_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conformance.cli, "_parser", raising(KeyboardInterrupt()))
    assert main([]) == 130


def test_the_mocks_own_faults_exit_5(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    counts = iter((7, 8))
    monkeypatch.setattr(conformance.run, "faults_of", lambda _: next(counts))
    assert main(arguments) == 5


def test_faults_that_the_mock_had_before_are_not_this_runs(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conformance.run, "faults_of", lambda _: 7)
    assert main(arguments) == 3


def test_what_could_not_be_taken_away_makes_a_run_incomplete(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passed = recorder()
    passed.outcomes.append(Outcome("a.check", ("supos.queryPending.accepts",), Status.PASS))
    failed = Cleanup(failed=(Leftover("gw0-1", "startProcess", ("t1-1",), "cancel answered 500"),))
    monkeypatch.setattr(conformance.run, "_run_checks", giving(passed))
    narrow = [*arguments, "--select", "supos.queryPending.accepts"]
    assert main(narrow) == 0
    monkeypatch.setattr(conformance.run, "_clean", giving(failed))
    assert main(narrow) == 3
    assert "1 object that the run made may still be there" in capsys.readouterr().out


def test_what_breaks_in_pytest_exits_5(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    broken = recorder()
    broken.broken.append("laws/paging.py: SyntaxError")
    monkeypatch.setattr(conformance.run, "_run_checks", giving(broken))
    assert main(arguments) == 5


def test_what_was_made_is_taken_away_even_if_the_suite_breaks(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    cleaned: list[str] = []
    monkeypatch.setattr(conformance.run, "_clean", lambda settings: cleaned.append(settings.run_tag))
    monkeypatch.setattr(conformance.run, "_run_checks", raising(RuntimeError("boom")))
    assert main(arguments) == 5
    assert len(cleaned) == 1


def test_a_target_that_does_not_answer_is_not_asked_to_clean_up(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = recorder()
    gone.unreachable = "20 requests in a row got no answer"
    monkeypatch.setattr(conformance.run, "_run_checks", giving(gone))
    monkeypatch.setattr(conformance.run, "_clean", raising(RuntimeError("asked all the same")))
    assert main(arguments) == 4


def test_a_target_that_goes_away_exits_4(arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    gone = recorder()
    gone.unreachable = "20 requests in a row got no answer"
    monkeypatch.setattr(conformance.run, "_run_checks", giving(gone))
    assert main(arguments) == 4


def test_a_report_folder_that_cannot_be_made_exits_2(arguments: list[str], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert main([*arguments[:-1], str(tmp_path / "file" / "below")]) == 2
