"""Known failures: waived if they show exactly as known, stale once they do not, and never in between."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from conformance.exitcode import ExitCode, exit_code
from conformance.known import Known, KnownFailures, Signature, observed
from conformance.outcome import Blocker, Booking, Exchange, Outcome, Status
from conformance.verdict import Judgement, Treatment, Verdict, judge_clauses
from specs import Contract

TODAY = date(2026, 3, 1)
SEEN = Exchange("op", "curl http://shop.example", 500, "{}", "E5")
OTHER = Exchange("op", "curl http://shop.example", 409, "{}", "E9")
SIGNATURE = Signature("a.check", 500, "E5")


def declared(name: str, level: str = "MUST", **fields: Any) -> dict[str, Any]:
    return {"id": name, "level": level, "kind": "error", "text": "A text.", "lines": [1, 1], **fields}


def failed(exchange: Exchange | None = SEEN, check: str = "a.check", clause: str = "a") -> Outcome:
    return Outcome(check, (clause,), Status.FAIL, exchange=exchange)


PASSED = Outcome("a.check", ("a",), Status.PASS)


def judge(*outcomes: Outcome, known: list[Known], clauses: tuple[dict[str, Any], ...] = (declared("a"),)) -> Judgement:
    contract = Contract("shop", {"x-clauses": list(clauses)})
    return judge_clauses(contract, outcomes, known=KnownFailures(known, TODAY))[-1]


def waiver(*signatures: Signature, expires: date | None = None) -> Known:
    return Known("a", signatures or (SIGNATURE,), "a bug (team, until then)", expires)


@pytest.mark.parametrize(
    ("outcomes", "known", "verdict", "treatment", "code"),
    [
        ((failed(),), [waiver()], Verdict.FAIL, Treatment.WAIVED, ExitCode.OK),
        ((failed(), PASSED), [waiver()], Verdict.FAIL, Treatment.WAIVED, ExitCode.OK),
        ((PASSED,), [waiver()], Verdict.PASS, Treatment.STALE, ExitCode.FAILED),
        ((failed(OTHER),), [waiver()], Verdict.FAIL, Treatment.GATING, ExitCode.FAILED),
        ((failed(None),), [waiver()], Verdict.FAIL, Treatment.GATING, ExitCode.FAILED),
        ((failed(check="b.check"),), [waiver()], Verdict.FAIL, Treatment.GATING, ExitCode.FAILED),
        ((failed(), failed(OTHER)), [waiver()], Verdict.FAIL, Treatment.GATING, ExitCode.FAILED),
        ((failed(),), [waiver(SIGNATURE, Signature("b.check", 500))], Verdict.FAIL, Treatment.STALE, ExitCode.FAILED),
        ((failed(),), [waiver(expires=TODAY)], Verdict.FAIL, Treatment.WAIVED, ExitCode.OK),
        ((failed(),), [waiver(expires=date(2026, 2, 28))], Verdict.FAIL, Treatment.GATING, ExitCode.FAILED),
        ((PASSED,), [waiver(expires=date(2026, 2, 28))], Verdict.PASS, Treatment.GATING, ExitCode.OK),
        ((failed(None),), [waiver(Signature("a.check", None))], Verdict.FAIL, Treatment.WAIVED, ExitCode.OK),
        ((), [waiver()], Verdict.NOT_RUN, Treatment.GATING, ExitCode.INCOMPLETE),
    ],
)
def test_known_means_exactly_known(
    outcomes: tuple[Outcome, ...], known: list[Known], verdict: Verdict, treatment: Treatment, code: ExitCode
) -> None:
    judgement = judge(*outcomes, known=known)
    assert (judgement.verdict, judgement.treatment) == (verdict, treatment)
    assert exit_code([judgement]) is code


def test_the_note_says_why() -> None:
    notes = {
        "waived": judge(failed(), known=[waiver()]).note,
        "stale": judge(PASSED, known=[waiver()]).note,
        "other": judge(failed(OTHER), known=[waiver()]).note,
        "over": judge(failed(), known=[waiver(expires=date(2026, 2, 1))]).note,
        "none": judge(failed(), known=[]).note,
    }
    assert notes == {
        "waived": "a bug (team, until then)",
        "stale": "is not broken any more, take it off: a bug (team, until then)",
        "other": "known in another way: a bug (team, until then)",
        "over": "the waiver has expired: a bug (team, until then)",
        "none": "",
    }


def test_an_advisory_clause_can_be_waived_and_stale_too() -> None:
    should = (declared("a", "SHOULD"),)
    assert judge(failed(), known=[waiver()], clauses=should).treatment is Treatment.WAIVED
    assert judge(PASSED, known=[waiver()], clauses=should).treatment is Treatment.STALE
    assert judge(failed(), known=[], clauses=should).treatment is Treatment.ADVISORY


def test_what_a_waived_clause_blocks_is_waived() -> None:
    blocked = Outcome("b.check", ("b",), Status.BLOCKED, blocker=Blocker("clause", "a"))
    both = (declared("a"), declared("b"))
    judgement = judge(failed(), blocked, known=[waiver()], clauses=both)
    assert (judgement.clause.id, judgement.verdict, judgement.treatment) == ("b", Verdict.BLOCKED, Treatment.WAIVED)
    assert exit_code([judge(failed(), known=[waiver()]), judgement]) is ExitCode.OK
    assert judge(failed(), blocked, known=[], clauses=both).treatment is Treatment.GATING


def test_an_answer_that_breaks_its_schema_is_known_by_its_status() -> None:
    booked = Outcome("a.check", (), Status.PASS, bookings=(Booking("a", "op", ("/id is missing",), SEEN),))
    assert judge(booked, known=[waiver()]).treatment is Treatment.WAIVED
    assert judge(booked, known=[waiver(Signature("a.check", 200))]).treatment is Treatment.GATING


OBSERVED = declared(
    "a", observed=[{"server": "shop-7.2", "expect": {"status": 500, "code": "E5"}, "seen": "It breaks down."}]
)


@pytest.mark.parametrize(
    ("server", "outcome", "treatment"),
    [
        ("shop-7.2", failed(), Treatment.WAIVED),
        ("shop-7.2", failed(check="any.other"), Treatment.WAIVED),
        ("shop-7.2", failed(OTHER), Treatment.GATING),
        ("shop-7.2", PASSED, Treatment.STALE),
        ("shop-7.3", failed(), Treatment.GATING),
        ("shop-7.3", PASSED, Treatment.GATING),
        (None, failed(), Treatment.GATING),
    ],
)
def test_what_was_observed_of_a_released_server_counts_for_that_server_only(
    server: str | None, outcome: Outcome, treatment: Treatment
) -> None:
    contract = Contract("shop", {"x-clauses": [OBSERVED]})
    (judgement,) = judge_clauses(contract, [outcome], known=KnownFailures(observed(contract, server), TODAY))
    assert judgement.treatment is treatment
    if treatment is Treatment.WAIVED:
        assert judgement.note == "shop-7.2: It breaks down."
