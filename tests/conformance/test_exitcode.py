"""Exit codes: each cause has its own, and the first that applies decides."""

from __future__ import annotations

import pytest

from conformance.exitcode import ExitCode, exit_code
from conformance.verdict import Judgement, Treatment, Verdict
from specs.clauses import read_clauses

(CLAUSE,) = read_clauses([{"id": "a", "level": "MUST", "kind": "error", "text": "A text."}])


def of(verdict: Verdict, treatment: Treatment = Treatment.GATING) -> Judgement:
    return Judgement(CLAUSE, verdict, treatment)


PASS, FAIL, ERROR = of(Verdict.PASS), of(Verdict.FAIL), of(Verdict.ERROR)
BLOCKED, NOT_RUN = of(Verdict.BLOCKED), of(Verdict.NOT_RUN)
NOT_APPLICABLE, EXCLUDED, NOT_SELECTED = (
    of(verdict) for verdict in (Verdict.NOT_APPLICABLE, Verdict.EXCLUDED, Verdict.NOT_SELECTED)
)
WARNED, EXCUSED = of(Verdict.FAIL, Treatment.ADVISORY), of(Verdict.BLOCKED, Treatment.ADVISORY)


@pytest.mark.parametrize(
    ("judgements", "code"),
    [
        ([PASS], ExitCode.OK),
        ([PASS, EXCLUDED, EXCLUDED, EXCLUDED], ExitCode.OK),
        ([PASS, NOT_SELECTED, NOT_SELECTED, NOT_SELECTED], ExitCode.OK),
        ([PASS, WARNED], ExitCode.OK),
        ([WARNED], ExitCode.OK),
        ([PASS, EXCUSED], ExitCode.OK),
        ([PASS, NOT_APPLICABLE], ExitCode.OK),
        ([PASS, FAIL], ExitCode.FAILED),
        ([FAIL], ExitCode.FAILED),
        ([PASS, BLOCKED], ExitCode.INCOMPLETE),
        ([PASS, NOT_RUN], ExitCode.INCOMPLETE),
        ([], ExitCode.INCOMPLETE),
        ([EXCLUDED, NOT_SELECTED], ExitCode.INCOMPLETE),
        ([NOT_APPLICABLE], ExitCode.INCOMPLETE),
        ([EXCUSED], ExitCode.INCOMPLETE),
        ([PASS, EXCUSED, EXCUSED], ExitCode.INCOMPLETE),
        ([PASS, NOT_APPLICABLE, NOT_APPLICABLE], ExitCode.INCOMPLETE),
        ([PASS, WARNED, NOT_APPLICABLE, NOT_APPLICABLE], ExitCode.OK),
        ([PASS, ERROR], ExitCode.INTERNAL),
        ([PASS, of(Verdict.ERROR, Treatment.ADVISORY)], ExitCode.INTERNAL),
    ],
)
def test_exit_code_of_judgements(judgements: list[Judgement], code: ExitCode) -> None:
    assert exit_code(judgements) is code
    assert exit_code(iter(judgements)) is code


@pytest.mark.parametrize(
    ("judgements", "faults", "code"),
    [
        ([ERROR, FAIL, BLOCKED, PASS], 0, ExitCode.INTERNAL),
        ([FAIL, BLOCKED, PASS], 1, ExitCode.INTERNAL),
        ([FAIL, BLOCKED, PASS], 0, ExitCode.FAILED),
        ([FAIL, NOT_APPLICABLE, NOT_APPLICABLE], 0, ExitCode.FAILED),
        ([BLOCKED, PASS], 0, ExitCode.INCOMPLETE),
        ([PASS], 0, ExitCode.OK),
        ([PASS], 1, ExitCode.INTERNAL),
    ],
)
def test_the_first_cause_decides(judgements: list[Judgement], faults: int, code: ExitCode) -> None:
    assert exit_code(judgements, faults=faults) is code


@pytest.mark.parametrize(
    ("judgements", "code"),
    [
        ([PASS, NOT_APPLICABLE, NOT_APPLICABLE], ExitCode.OK),
        ([PASS, EXCUSED, EXCUSED], ExitCode.OK),
        ([PASS, NOT_RUN], ExitCode.INCOMPLETE),
        ([PASS, BLOCKED], ExitCode.INCOMPLETE),
        ([NOT_APPLICABLE], ExitCode.INCOMPLETE),
        ([], ExitCode.INCOMPLETE),
        ([PASS, FAIL, NOT_APPLICABLE, NOT_APPLICABLE, NOT_APPLICABLE], ExitCode.FAILED),
    ],
)
def test_allow_partial_excuses_few_judged_clauses_and_nothing_else(judgements: list[Judgement], code: ExitCode) -> None:
    assert exit_code(judgements, allow_partial=True) is code


def test_the_numbers_are_fixed() -> None:
    assert {code.name: code.value for code in ExitCode} == {
        "INTERRUPTED": 130,
        "USAGE": 2,
        "UNREACHABLE": 4,
        "INTERNAL": 5,
        "FAILED": 1,
        "INCOMPLETE": 3,
        "OK": 0,
    }
