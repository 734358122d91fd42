"""GitHub Actions: what its runner makes of our lines, and what a hostile server cannot make of them."""

from __future__ import annotations

import html
import io
import re
from dataclasses import replace
from enum import StrEnum
from pathlib import Path

import pytest
from rich.console import Console

from conformance.exitcode import ExitCode
from conformance.outcome import Exchange
from conformance.report.github import report, summary, verbatim
from conformance.report.terminal import render
from conformance.run_result import RunResult
from conformance.verdict import Treatment, Verdict
from tests.conformance.report import sample

HERE = {"GITHUB_ACTIONS": "true"}
EVIL = "\n::error title=owned::a%0Ab\r,:|<b>`*[x](y)"


class Later(StrEnum):
    """Treatments that this version does not know."""

    POSTPONED = "postponed"


class Runner:
    """Reads lines as the runner of GitHub Actions does: which are commands, and what they say."""

    def __init__(self, text: str) -> None:
        self.commands: list[tuple[str, dict[str, str], str]] = []
        self.text: list[str] = []
        self.stopped = ""
        for line in text.splitlines():
            self._read(line)

    def _read(self, line: str) -> None:
        if self.stopped:
            if line.strip() == f"::{self.stopped}::":
                self.stopped = ""
            else:
                self.text.append(line)
            return
        found = re.fullmatch(r"::([a-z-]+)(?: (.*?))?::(.*)", line.strip()) or re.search(r"##\[([a-z]+)()\](.*)", line)
        if found is None:
            self.text.append(line)
        elif found[1] == "stop-commands":
            self.stopped = found[3]
        else:
            pairs = (pair.split("=", 1) for pair in (found[2] or "").split(",") if pair)
            self.commands.append(
                (found[1], {name: self._decoded(value) for name, value in pairs}, self._decoded(found[3]))
            )

    @staticmethod
    def _decoded(text: str) -> str:
        for code, sign in (("%3A", ":"), ("%2C", ","), ("%0D", "\r"), ("%0A", "\n"), ("%25", "%")):
            text = text.replace(code, sign)
        return text


def printed(result: RunResult, environment: dict[str, str], *, encoding: str = "utf-8") -> str:
    raw = io.BytesIO()
    stream = io.TextIOWrapper(raw, encoding=encoding)
    report(result, Console(file=stream, width=80, highlight=False), environment)
    stream.flush()
    return raw.getvalue().decode(encoding)


def commands(result: RunResult) -> list[tuple[str, dict[str, str], str]]:
    return Runner(printed(result, HERE)).commands


@pytest.mark.parametrize("environment", [{}, {"GITHUB_ACTIONS": "false"}, {"GITHUB_ACTIONS": ""}, {"CI": "true"}])
def test_elsewhere_nothing_happens(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    stream = io.StringIO()
    console = Console(file=stream, width=80)
    environment = {**environment, "GITHUB_STEP_SUMMARY": str(path)}
    with verbatim(console, environment):
        report(sample.RED, console, environment)
    assert stream.getvalue() == ""
    assert not path.exists()


def test_what_gates_is_an_error_and_what_advises_is_not() -> None:
    assert [(level, properties) for level, properties, _ in commands(sample.BROKEN)] == [
        ("error", {"title": "shop fault of the suite"}),
        ("error", {"title": "error: shop.listOrders.own-orders"}),
        ("error", {"title": "fail: shop.listOrders.paging.size"}),
        ("error", {"title": "fail: shop.placeOrder.body.item.required"}),
        ("warning", {"title": "warn: shop.placeOrder.body.item.type"}),
        ("notice", {"title": "note: shop.listOrders.beyond"}),
        ("error", {"title": "blocked: shop.placeOrder.repeat"}),
        ("error", {"title": "blocked: shop.placeOrder.listed"}),
        ("error", {"title": "not run: shop.error-body"}),
    ]


def test_an_annotation_is_readable_alone() -> None:
    ((level, properties, message),) = commands(sample.run_of(sample.SIZE))
    assert (level, properties) == ("error", {"title": "fail: shop.listOrders.paging.size"})
    assert message.splitlines() == [
        "MUST pagination: A page holds at most pageSize rows, however many orders match the filter.",
        "document: lines 11-12",
        "expected: at most 2 rows",
        "seen: 3 rows",
        f"request: {sample.LIST.curl}",
        "status: 200",
        f"answer: {' '.join(sample.LIST.answer.split())}",
        "check: laws.paging.size[listOrders]",
        "also: 2 other checks: suite.shop.lists.pages, suite.shop.lists.other",
    ]


def test_a_green_run_says_nothing() -> None:
    assert printed(sample.GREEN, HERE) == ""


def test_a_run_that_was_stopped_speaks_for_what_did_not_run() -> None:
    assert commands(sample.DEAD) == [
        (
            "error",
            {"title": "shop unreachable"},
            "exit 4: http://shop.example:8080 does not answer: connection refused\n" + str(sample.DEAD.counts),
        )
    ]


def test_a_treatment_that_is_new_is_a_notice_by_its_own_name() -> None:
    later = replace(sample.SIZE, treatment=Later.POSTPONED)
    blocked = replace(sample.BLOCKED, treatment=Later.POSTPONED)
    found = commands(sample.run_of(sample.PASSED, later, blocked, code=ExitCode.OK))
    assert [(level, properties) for level, properties, _ in found] == [
        ("notice", {"title": "postponed: shop.listOrders.paging.size"})
    ]


def test_what_was_known_before_is_an_error_only_when_it_is_stale() -> None:
    stale = replace(sample.PASSED, treatment=Treatment.STALE, note="is not broken any more, take it off: shop-1.0")
    waived = replace(sample.SIZE, treatment=Treatment.WAIVED, note="shop-1.0 does not page")
    result = sample.run_of(stale, waived)
    assert [
        (level, properties["title"], message.splitlines()[2]) for level, properties, message in commands(result)
    ] == [
        ("error", "stale: shop.listOrders.accepts", f"known: {stale.note}"),
        ("notice", "waived: shop.listOrders.paging.size", f"known: {waived.note}"),
    ]
    assert cells(summary(result))[2] == ["stale", "shop.listOrders.accepts", "MUST", stale.note]


def test_ten_of_a_level_are_shown_and_the_last_line_counts_the_rest() -> None:
    many = [replace(sample.SIZE, clause=sample.clause(f"x.{number}")) for number in range(13)]
    more = [replace(sample.WARN, clause=sample.clause(f"y.{number}", level="SHOULD")) for number in range(11)]
    ten = [replace(sample.NOTE, clause=sample.clause(f"z.{number}", level="MAY")) for number in range(10)]
    text = printed(sample.run_of(*many, *more, *ten), HERE)
    levels = [level for level, _, _ in Runner(text).commands]
    assert {level: levels.count(level) for level in levels} == {"error": 10, "warning": 10, "notice": 10}
    assert text.splitlines()[-1] == "and 3 more errors, 1 more warning; report.html and results.json list all"


def test_no_text_of_a_run_becomes_a_command_or_a_property() -> None:
    said = Exchange("placeOrder", f"curl {EVIL}", 200, EVIL)
    clause = sample.clause(f"a,b:c{EVIL}", "placeOrder", text=EVIL, why=EVIL)
    result = sample.run_of(sample.judged(clause, Verdict.FAIL, sample.fail(f"check{EVIL}", EVIL, EVIL, said)))
    text = printed(result, HERE)
    assert len(text.splitlines()) == 1
    ((level, properties, message),) = Runner(text).commands
    shown = "\\n::error title=owned::a%0Ab\\r,:|<b>`*[x](y)"
    assert (level, properties) == ("error", {"title": f"fail: shop.a,b:c{shown}"})
    assert message.splitlines() == [
        f"MUST error: {shown}",
        f"document: line 10; assumed: {shown}",
        f"expected: {shown}",
        f"seen: {shown}",
        f"request: curl {shown}",
        "status: 200",
        "answer: ::error title=owned::a%0Ab ,:|<b>`*[x](y)",
        f"check: check{shown}",
    ]


def test_a_console_of_few_characters_gets_escapes() -> None:
    (command,) = Runner(printed(sample.run_of(sample.CODE), HERE, encoding="ascii")).commands
    assert '{"item": "\\u8336"}' in command[2]


WRAPPED = "x" * 68 + " ::add-mask::a"
"""An answer whose second line in the terminal looks like a command."""


@pytest.mark.parametrize("answer", [WRAPPED, "##[error]owned"])
def test_the_terminal_report_holds_no_commands(answer: str) -> None:
    said = Exchange("placeOrder", "curl", 200, answer)
    failing = sample.judged(sample.clause("a"), Verdict.FAIL, sample.fail("check", "a", "b", said))
    texts = []
    for environment in ({}, HERE):
        stream = io.StringIO()
        console = Console(file=stream, width=80, highlight=False)
        with verbatim(console, environment):
            render(sample.run_of(failing), console)
        texts.append(stream.getvalue())
    assert len(Runner(texts[0]).commands) == 1, "this answer would have been taken for a command"
    assert Runner(texts[1]).commands == []
    assert Runner(texts[1]).stopped == "", "commands count again behind the report"
    assert texts[1].splitlines()[1:-1] == texts[0].splitlines()


def test_nobody_can_know_the_word_that_ends_the_report() -> None:
    words = set()
    for _ in range(2):
        stream = io.StringIO()
        with verbatim(Console(file=stream, width=20), HERE):
            pass
        start, end = stream.getvalue().splitlines()
        assert start.removeprefix("::stop-commands::") == end.strip(":")
        words.add(end)
    assert len(words) == 2
    assert {len(word.strip(":")) for word in words} == {32}


def test_commands_count_again_after_a_crash_of_the_report() -> None:
    stream = io.StringIO()

    def crash() -> None:
        with verbatim(Console(file=stream, width=80), HERE):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        crash()
    assert Runner(stream.getvalue()).stopped == ""


def cells(text: str) -> list[list[str]]:
    """The table of a summary, as a reader sees it."""
    rows = [line for line in text.splitlines() if line.startswith("|")]
    return [
        [html.unescape(re.sub(r"</?code>", "", cell)).strip() for cell in row.strip("|").split("|")] for row in rows
    ]


def test_summary_tells_the_cause_the_counts_and_what_did_not_hold() -> None:
    text = html.unescape(summary(sample.RED))
    assert text.splitlines()[:6] == [
        "### Conformance of shop: failed",
        "",
        "exit 1: 2 gating clauses are broken",
        "",
        str(sample.RED.counts),
        "",
    ]
    blocked = "blocked by clause shop.placeOrder.accepts: placeOrder answered 500"
    assert cells(summary(sample.RED)) == [
        ["verdict", "clause", "level", "what happened"],
        ["---", "---", "---", "---"],
        ["fail", "shop.listOrders.paging.size", "MUST", "expected at most 2 rows, saw 3 rows"],
        ["fail", "shop.placeOrder.body.item.required", "MUST", "expected 400 with code 1001, saw status 201"],
        ["warn", "shop.placeOrder.body.item.type", "SHOULD", "expected 400, saw 201"],
        ["note", "shop.listOrders.beyond", "MAY", "expected an empty page, saw no answer: timed out after 10 s"],
        ["blocked", "shop.placeOrder.repeat", "MUST", blocked],
        ["blocked", "shop.placeOrder.listed", "SHOULD", blocked],
        ["not run", "shop.error-body", "MUST", "no check spoke about this clause"],
    ]


def test_summary_of_a_green_run_has_no_table() -> None:
    assert "|" not in summary(sample.GREEN)
    assert html.unescape(summary(sample.GREEN)).splitlines()[0] == "### Conformance of shop: passed"


def test_summary_is_cut_after_fifty_clauses() -> None:
    many = [replace(sample.SIZE, clause=sample.clause(f"x.{number}")) for number in range(52)]
    text = summary(sample.run_of(*many))
    assert len(cells(text)) == 2 + 50
    assert text.endswith("\nand 2 more; report.html and results.json list all\n\n")


def test_no_text_of_a_run_becomes_markdown_or_html() -> None:
    clause = sample.clause(f"a{EVIL}", "placeOrder")
    failing = sample.judged(clause, Verdict.FAIL, sample.fail("check", EVIL, "www.x.example @you #1 ~~s~~ __b__"))
    text = summary(sample.run_of(failing, api=EVIL))
    shown = "\\n::error title=owned::a%0Ab\\r,:|<b>`*[x](y)"
    assert cells(text)[2] == [
        "fail",
        f"shop.a{shown}",
        "MUST",
        "expected ::error title=owned::a%0Ab ,:|<b>`*[x](y), saw www.x.example @you #1 ~~s~~ __b__",
    ]
    row = text.splitlines()[8]
    assert set(re.sub(r"&#\d+;|</?code>|\| ?", "", row)) <= set("abcdefghijklmnopqrstuvwxyzABMSTU01 ")


def test_summary_is_appended_to_the_file_that_github_names(tmp_path: Path) -> None:
    path = tmp_path / "summary.md"
    path.write_text("before\n")
    printed(sample.HARMFUL, {**HERE, "GITHUB_STEP_SUMMARY": str(path)})
    assert path.read_text(encoding="utf-8") == "before\n" + summary(sample.HARMFUL)
