"""The terminal report: snapshots of whole reports, and what holds for each of them."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from rich.console import Console
from rich.text import Text

from conformance.exitcode import ExitCode
from conformance.outcome import Status
from conformance.report.results import read_results, write_results
from conformance.report.terminal import Progress, render
from conformance.run_result import RunResult
from conformance.verdict import Verdict
from tests.conformance.report import sample

SNAPSHOTS = Path(__file__).parent / "snapshots"
UPDATE = "CONTRACT_KIT_SNAPSHOTS"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever runs the tests may have asked rich for colours or columns."""
    for name in ("FORCE_COLOR", "NO_COLOR", "TTY_COMPATIBLE", "TTY_INTERACTIVE", "COLUMNS", "LINES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def text_of(result: RunResult, *, width: int = 80, verbose: bool = False) -> str:
    stream = io.StringIO()
    render(result, Console(file=stream, width=width, highlight=False), verbose=verbose)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "result", "width", "verbose"),
    [
        ("green", sample.GREEN, 80, False),
        ("red-80", sample.RED, 80, False),
        ("red-120", sample.RED, 120, False),
        ("red-verbose", sample.RED, 120, True),
        ("broken", sample.BROKEN, 80, False),
        ("dead", sample.DEAD, 80, False),
        ("crashed", sample.CRASHED, 80, False),
        ("harmful", sample.HARMFUL, 80, False),
        ("fuzzed", sample.FUZZED, 120, False),
        ("known", sample.KNOWN, 100, False),
        ("fuzzed-verbose", sample.FUZZED, 120, True),
    ],
)
def test_report_is_as_in_its_snapshot(name: str, result: RunResult, width: int, verbose: bool) -> None:
    """``CONTRACT_KIT_SNAPSHOTS=update python -m pytest tests/conformance/report`` writes the snapshots anew.

    Read the difference before committing it: the snapshots are what users see.
    """
    path = SNAPSHOTS / f"{name}.txt"
    text = text_of(result, width=width, verbose=verbose)
    if os.environ.get(UPDATE) == "update":
        path.write_bytes(text.encode())
    assert path.read_bytes().decode() == text


@pytest.mark.parametrize("result", sample.RUNS.values(), ids=sample.RUNS)
@pytest.mark.parametrize("width", [40, 80, 120])
def test_last_line_is_the_counts_and_the_one_above_the_exit_code(result: RunResult, width: int) -> None:
    lines = text_of(result, width=width).splitlines()
    assert lines[-1] == str(result.counts)
    assert lines[-2].startswith(f"exit {result.exit_code.value}: ")


@pytest.mark.parametrize("result", [sample.RED, sample.BROKEN], ids=["red", "broken"])
@pytest.mark.parametrize("width", [40, 80, 120])
def test_curl_lines_are_never_wrapped(result: RunResult, width: int) -> None:
    lines = text_of(result, width=width).splitlines()
    assert f"  request   {sample.LIST.curl}" in lines
    assert f"  request   {sample.ORDER.curl}" in lines


@pytest.mark.parametrize("result", sample.RUNS.values(), ids=sample.RUNS)
@pytest.mark.parametrize("width", [80, 120])
def test_everything_else_fits_the_width(result: RunResult, width: int) -> None:
    lines = text_of(result, width=width).splitlines()[:-2]
    assert [line for line in lines if len(line) > width and not line.startswith("  request   curl ")] == []


@pytest.mark.parametrize("result", sample.RUNS.values(), ids=sample.RUNS)
def test_no_line_ends_in_blanks(result: RunResult) -> None:
    assert [line for line in text_of(result).splitlines() if line != line.rstrip()] == []


@pytest.mark.parametrize("result", sample.RUNS.values(), ids=sample.RUNS)
@pytest.mark.parametrize("verbose", [False, True])
def test_colours_add_nothing_but_colours(result: RunResult, verbose: bool) -> None:
    stream = Terminal()
    console = Console(file=stream, width=100, highlight=False, color_system="standard", legacy_windows=False)
    render(result, console, verbose)
    coloured = stream.getvalue()
    assert "\x1b[" in coloured
    plain = "\n".join(Text.from_ansi(line).plain for line in coloured.splitlines())
    assert plain == text_of(result, width=100, verbose=verbose).rstrip("\n")


def test_nothing_from_the_target_reaches_the_terminal_raw() -> None:
    text = text_of(sample.HARMFUL, verbose=True)
    assert {character for character in text if not character.isprintable()} == {"\n"}
    assert "[bold]:smile:[/bold]" in text
    assert "\\x1b[2J\\ud800" in text


def test_a_console_of_few_characters_gets_escapes() -> None:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding="ascii")
    render(sample.RED, Console(file=stream, width=80, highlight=False))
    stream.flush()
    assert b'{"item": "\\u8336"}' in raw.getvalue()


def test_errors_come_before_what_gates_and_that_before_what_advises() -> None:
    marks = [line.split(" ")[0] for line in text_of(sample.BROKEN).splitlines() if " (M" in line or " (SHOULD" in line]
    assert marks == ["ERROR", "FAIL", "FAIL", "warn", "note"]


def test_long_lists_are_cut_unless_verbose() -> None:
    many = [sample.judged(sample.clause(f"x.{number}"), Verdict.NOT_RUN) for number in range(12)]
    result = sample.run_of(sample.PASSED, *many)
    assert "  and 2 more; results.json lists all" in text_of(result).splitlines()
    assert "  shop.x.11" not in text_of(result).splitlines()
    assert "  shop.x.11" in text_of(result, verbose=True).splitlines()


def test_what_was_not_selected_gets_no_row() -> None:
    assert "dropOrder" not in text_of(sample.RED)


def test_report_made_from_the_file_is_the_same(tmp_path: Path) -> None:
    write_results(sample.BROKEN, tmp_path / "results.json")
    assert text_of(read_results(tmp_path / "results.json"), verbose=True) == text_of(sample.BROKEN, verbose=True)


@pytest.mark.parametrize(
    ("result", "line"),
    [
        (sample.GREEN, "exit 0: no gating clause is broken, and none was left unjudged"),
        (sample.RED, "exit 1: 2 gating clauses are broken"),
        (sample.run_of(sample.SIZE), "exit 1: 1 gating clause is broken"),
        (sample.run_of(sample.PASSED, sample.NOT_RUN), "exit 3: 1 clause in scope was not judged"),
        (sample.run_of(sample.PASSED, sample.NOT_RUN, sample.BLOCKED), "exit 3: 2 clauses in scope were not judged"),
        (sample.run_of(sample.EXCLUDED), "exit 3: nothing was judged"),
        (
            sample.run_of(sample.PASSED, sample.NOT_APPLICABLE, sample.NOT_APPLICABLE),
            "exit 3: only 1 of 3 clauses that are in scope or not applicable were judged",
        ),
        (sample.DEAD, "exit 4: http://shop.example:8080 does not answer: connection refused"),
        (
            sample.BROKEN,
            "exit 5: the suite itself failed in judging 1 clause and the mock counted 2 faults of its own",
        ),
        (
            sample.run_of(sample.PASSED, code=ExitCode.INTERNAL, faults=1),
            "exit 5: the mock counted 1 fault of its own",
        ),
        (
            sample.CRASHED,
            "exit 5: the suite itself failed: suite/shop/lists.py: Traceback line 3 NameError: x",
        ),
        (sample.run_of(code=ExitCode.INTERRUPTED), "exit 130: somebody stopped the run"),
        (
            sample.run_of(code=ExitCode.USAGE),
            "exit 2: the command line, the configuration or the spec is not usable",
        ),
    ],
)
def test_the_exit_line_says_why(result: RunResult, line: str) -> None:
    assert text_of(result).splitlines()[-2] == line


def progress_lines(total: int, stream: io.StringIO) -> list[str]:
    progress = Progress(Console(file=stream, width=80))
    progress.started(total)
    for number in range(total):
        progress.advanced(f"check[{number}]", Status.FAIL if number == 0 else Status.PASS)
    progress.finished()
    progress.finished()
    return stream.getvalue().splitlines()


def test_progress_in_a_pipe_is_one_line_every_ten_per_cent() -> None:
    lines = progress_lines(250, io.StringIO())
    assert len(lines) == 10
    assert (lines[0], lines[-1]) == (
        "25 of 250 checks (10 %), 1 not passed",
        "250 of 250 checks (100 %), 1 not passed",
    )


def test_progress_of_a_few_checks_is_one_line_each() -> None:
    assert progress_lines(3, io.StringIO()) == [
        "1 of 3 checks (33 %), 1 not passed",
        "2 of 3 checks (66 %), 1 not passed",
        "3 of 3 checks (100 %), 1 not passed",
    ]


def test_progress_without_a_total_says_nothing() -> None:
    stream = io.StringIO()
    progress = Progress(Console(file=stream))
    progress.advanced("check", Status.PASS)
    progress.finished()
    assert stream.getvalue() == ""


def test_progress_on_a_terminal_is_a_bar_that_goes_away() -> None:
    text = "\n".join(progress_lines(5, Terminal()))
    assert "5/5" in text
    assert text.index("\x1b[?25l") < text.rindex("\x1b[?25h")


def test_progress_writes_where_the_console_wrote_when_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    before, after = io.StringIO(), io.StringIO()
    monkeypatch.setattr("sys.stdout", before)
    progress = Progress(Console())
    monkeypatch.setattr("sys.stdout", after)
    progress.started(1)
    progress.advanced("check", Status.PASS)
    assert (before.getvalue(), after.getvalue()) == ("1 of 1 checks (100 %), 0 not passed\n", "")
