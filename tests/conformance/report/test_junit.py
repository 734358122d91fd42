"""JUnit XML: what turns a CI red, and that any parser takes the file."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from conformance.exitcode import ExitCode
from conformance.report.junit import junit_of, write_junit
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Verdict
from tests.conformance.report import sample


def read(result: RunResult, path: Path) -> ET.Element:
    write_junit(result, path)
    return ET.fromstring(path.read_bytes())  # noqa: S314 - our own file


def kinds(root: ET.Element) -> dict[str, list[str]]:
    """Clause id -> tags and types of what its case holds."""
    return {
        case.attrib["name"]: [f"{child.tag} {child.get('type', '')}".strip() for child in case]
        for case in root.iter("testcase")
    }


def test_a_suite_for_each_operation_and_a_case_for_each_clause(tmp_path: Path) -> None:
    root = read(sample.BROKEN, tmp_path / "junit.xml")
    names = [suite.attrib["name"] for suite in root]
    assert names == ["run", "listOrders", "placeOrder", "(any operation)", "dropOrder"]
    assert len(root.findall("testsuite/testcase")) == 1 + len(sample.BROKEN.judgements)
    case = root.find("testsuite/testcase[@name='shop.listOrders.paging.size']")
    assert case is not None
    assert case.attrib["classname"] == "shop.listOrders"


def test_what_each_verdict_becomes(tmp_path: Path) -> None:
    assert kinds(read(sample.BROKEN, tmp_path / "junit.xml")) == {
        "the run comes to a verdict": ["error internal"],
        "shop.listOrders.accepts": [],
        "shop.listOrders.paging.size": ["failure fail"],
        "shop.listOrders.beyond": ["system-out"],
        "shop.listOrders.foreign": ["system-out"],
        "shop.listOrders.teams": ["skipped"],
        "shop.listOrders.own-orders": ["error error"],
        "shop.placeOrder.body.item.required": ["failure fail"],
        "shop.placeOrder.body.item.type": ["system-out"],
        "shop.placeOrder.repeat": ["failure blocked"],
        "shop.placeOrder.listed": ["failure blocked"],
        "shop.placeOrder.500.schema": ["skipped"],
        "shop.error-body": ["failure not-run"],
        "shop.dropOrder.accepts": ["skipped"],
    }


def test_totals_add_up(tmp_path: Path) -> None:
    root = read(sample.BROKEN, tmp_path / "junit.xml")
    totals = {name: root.attrib[name] for name in ("tests", "failures", "errors", "skipped")}
    assert totals == {"tests": "14", "failures": "5", "errors": "2", "skipped": "3"}
    for suite in root:
        assert suite.attrib["tests"] == str(len(suite.findall("testcase")))
        assert suite.attrib["failures"] == str(len(suite.findall("testcase/failure")))


def test_a_failure_tells_what_the_terminal_tells(tmp_path: Path) -> None:
    failure = read(sample.RED, tmp_path / "junit.xml").find(".//testcase[@name='shop.listOrders.paging.size']/failure")
    assert failure is not None
    assert failure.attrib["message"] == "expected at most 2 rows, saw 3 rows"
    assert (failure.text or "").splitlines() == [
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


@pytest.mark.parametrize(
    ("judgement", "message"),
    [
        (sample.CODE, "expected 400 with code 1001, saw status 201"),
        (sample.BLOCKED, "blocked by clause shop.placeOrder.accepts: placeOrder answered 500"),
        (sample.NOT_RUN, "no check spoke about this clause"),
    ],
)
def test_a_failure_says_in_a_line_what_went_wrong(judgement: Judgement, message: str) -> None:
    failure = junit_of(sample.run_of(judgement, code=ExitCode.OK)).find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == message


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("shop.placeOrder.500.schema", "no-documented-way: No request makes it fail."),
        ("shop.listOrders.teams", "the target does not claim the capability teams"),
        ("shop.dropOrder.accepts", "not selected"),
    ],
)
def test_a_skip_says_why(tmp_path: Path, name: str, reason: str) -> None:
    skipped = read(sample.RED, tmp_path / "junit.xml").find(f".//testcase[@name='{name}']/skipped")
    assert skipped is not None
    assert skipped.attrib == {"message": reason}


@pytest.mark.parametrize(
    ("judgement", "reason"),
    [
        (sample.judged(sample.clause("a"), Verdict.NOT_APPLICABLE), "the target forbids writing"),
        (
            sample.judged(sample.clause("a"), Verdict.NOT_APPLICABLE, sample.blocked("c", "capability writes")),
            "the target forbids writing",
        ),
        (
            sample.judged(sample.clause("a"), Verdict.NOT_APPLICABLE, sample.blocked("c", "capability teams")),
            "the target lacks the capability teams",
        ),
    ],
)
def test_what_does_not_apply_says_why(judgement: Judgement, reason: str) -> None:
    assert [skip.attrib["message"] for skip in junit_of(sample.run_of(judgement)).iter("skipped")] == [reason]


def test_the_run_is_told_in_properties(tmp_path: Path) -> None:
    root = read(sample.RED, tmp_path / "junit.xml")
    assert {item.attrib["name"]: item.attrib["value"] for item in root.iter("property")} == {
        "api": "shop",
        "version": "0.1.0",
        "target": "http://shop.example:8080",
        "seed": "7",
        "run_tag": "t0a1b2c3d",
        "exit": "1 FAILED: 2 gating clauses are broken",
        "counts": str(sample.RED.counts),
    }


@pytest.mark.parametrize(
    "result",
    [
        *sample.RUNS.values(),
        sample.run_of(),
        sample.run_of(sample.EXCLUDED),
        sample.run_of(sample.PASSED, sample.NOTE, sample.WARN),
        sample.run_of(sample.PASSED, sample.NOT_APPLICABLE, sample.NOT_APPLICABLE),
        *(sample.run_of(sample.PASSED, code=code) for code in ExitCode if code is not ExitCode.FAILED),
    ],
)
def test_the_file_is_green_exactly_when_the_exit_code_is_0(result: RunResult) -> None:
    root = junit_of(result)
    green = root.find(".//failure") is None and root.find(".//error") is None
    assert green == (result.exit_code is ExitCode.OK)


def test_control_characters_are_escaped(tmp_path: Path) -> None:
    failure = read(sample.HARMFUL, tmp_path / "junit.xml").find(".//failure")
    assert failure is not None
    assert failure.attrib["message"] == "expected a[b]c\\x00\\nd, saw \\x1b[31mred\\ud800\\uffff"
    assert "answer: \\x1b[2J\\ud800 [bold]:smile:[/bold] \\u202e\\x00]]>" in (failure.text or "").splitlines()
