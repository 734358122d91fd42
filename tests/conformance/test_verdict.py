"""From outcomes to verdicts, and from verdicts to the last line of a run."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations
from typing import Any

import pytest

from conformance.outcome import Blocker, Booking, Exchange, Outcome, Reason, Status
from conformance.verdict import Counts, Judgement, Treatment, Verdict, judge_clauses, treatment_of
from specs import Contract
from specs.clauses import read_clauses
from specs.model import Clause

GATING, ADVISORY = Treatment.GATING, Treatment.ADVISORY
EXCHANGE = Exchange("op", "curl http://shop.example", 200, "{}")


def declared(name: str, level: str = "MUST", **fields: Any) -> dict[str, Any]:
    return {"id": name, "level": level, "kind": "error", "text": "A text.", "lines": [1, 1], **fields}


def judge(clauses: Iterable[dict[str, Any]], *outcomes: Outcome, **scope: Any) -> dict[str, Judgement]:
    contract = Contract("shop", {"x-clauses": list(clauses)})
    return {judgement.clause.id: judgement for judgement in judge_clauses(contract, outcomes, **scope)}


def said(status: Status, *clauses: str, check: str = "a.check", blocker: Blocker | None = None) -> Outcome:
    return Outcome(check, clauses or ("a",), status, blocker=blocker)


def blocked_by(kind: str, name: str, *clauses: str) -> Outcome:
    return said(Status.BLOCKED, *clauses, blocker=Blocker(kind, name))


PASS, FAIL, ERROR = (said(status) for status in (Status.PASS, Status.FAIL, Status.ERROR))
BLOCKED = blocked_by("role", "user.main")


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        ((PASS,), Verdict.PASS),
        ((PASS, PASS), Verdict.PASS),
        ((PASS, BLOCKED), Verdict.BLOCKED),
        ((PASS, BLOCKED, FAIL), Verdict.FAIL),
        ((PASS, BLOCKED, FAIL, ERROR), Verdict.ERROR),
    ],
)
def test_a_clause_gets_the_worst_in_any_order(outcomes: tuple[Outcome, ...], verdict: Verdict) -> None:
    for order in permutations(outcomes):
        judgement = judge([declared("a")], *order)["a"]
        assert (judgement.verdict, judgement.checks) == (verdict, len(outcomes))


def test_a_clause_that_no_check_spoke_about_was_not_run() -> None:
    judgement = judge([declared("a"), declared("b")], PASS)["b"]
    assert (judgement.verdict, judgement.checks, judgement.reasons) == (Verdict.NOT_RUN, 0, ())


def test_reasons_are_all_that_is_not_a_pass() -> None:
    outcomes = (
        PASS,
        Outcome("b.check", ("a",), Status.FAIL, "400", "200", exchange=EXCHANGE),
        blocked_by("clause", "x", "a"),
    )
    assert judge([declared("a")], *outcomes)["a"].reasons == (
        Reason("b.check", Status.FAIL, "400", "200", "", EXCHANGE),
        Reason("a.check", Status.BLOCKED, blocker="clause x"),
    )


def test_one_outcome_speaks_for_all_its_clauses() -> None:
    judgements = judge([declared("a"), declared("b"), declared("c")], said(Status.FAIL, "a", "b"))
    assert [j.verdict for j in judgements.values()] == [Verdict.FAIL, Verdict.FAIL, Verdict.NOT_RUN]


def test_judgements_keep_the_order_of_the_contract() -> None:
    assert list(judge([declared("b"), declared("a"), declared("c")], PASS)) == ["b", "a", "c"]


@pytest.mark.parametrize("outcome", [PASS, FAIL, BLOCKED])
def test_an_excluded_clause_is_not_judged(outcome: Outcome) -> None:
    clause = declared("a", excluded="not-observable", why="Nobody sees it.")
    judgement = judge([clause], outcome, selected=lambda _: False)["a"]
    assert (judgement.verdict, judgement.reasons) == (Verdict.EXCLUDED, ())


@pytest.mark.parametrize("clause", [declared("a", excluded="not-observable", why="Nobody sees it."), declared("a")])
def test_a_bug_of_the_suite_shows_even_on_a_clause_out_of_scope(clause: Clause) -> None:
    assert judge([clause], ERROR, selected=lambda _: False)["a"].verdict is Verdict.ERROR


def test_a_clause_that_the_contract_does_not_hold_is_a_bug() -> None:
    with pytest.raises(LookupError, match="does not hold: b"):
        judge([declared("a")], said(Status.PASS, "b"))


def test_a_clause_that_is_not_selected_is_not_judged() -> None:
    judgements = judge([declared("a"), declared("b")], FAIL, said(Status.PASS, "b"), selected=lambda name: name == "b")
    assert [j.verdict for j in judgements.values()] == [Verdict.NOT_SELECTED, Verdict.PASS]


def test_a_clause_whose_capability_is_not_claimed_does_not_apply() -> None:
    clauses = [declared("a", capability="teams"), declared("b", capability="groups")]
    judgements = judge(clauses, FAIL, said(Status.FAIL, "b"), claimed=frozenset({"groups"}))
    assert [j.verdict for j in judgements.values()] == [Verdict.NOT_APPLICABLE, Verdict.FAIL]


def test_a_clause_whose_operation_may_not_be_called_does_not_apply() -> None:
    clauses = [declared("a", operation="write"), declared("b", operation="read"), declared("c")]
    judgements = judge(clauses, may_call=lambda operation: operation == "read")
    assert [j.verdict for j in judgements.values()] == [Verdict.NOT_APPLICABLE, Verdict.NOT_RUN, Verdict.NOT_RUN]


def test_blocked_by_capabilities_alone_does_not_apply() -> None:
    assert judge([declared("a")], blocked_by("capability", "writes"))["a"].verdict is Verdict.NOT_APPLICABLE
    mixed = judge([declared("a")], blocked_by("capability", "writes"), BLOCKED)["a"]
    assert mixed.verdict is Verdict.BLOCKED
    broken = judge([declared("a")], blocked_by("capability", "writes"), FAIL)["a"]
    assert broken.verdict is Verdict.FAIL


def booked(*findings: str) -> Outcome:
    booking = Booking("op.200.schema", "op", findings, EXCHANGE if findings else None)
    return Outcome("a.check", ("a",), Status.PASS, bookings=(booking,))


SCHEMA = [declared("a"), declared("op.200.schema", kind="schema")]


@pytest.mark.parametrize(
    ("kind", "name", "verdict"),
    [("capability", "full-writes", Verdict.NOT_APPLICABLE), ("role", "user.main", Verdict.BLOCKED)],
)
def test_an_answer_that_nobody_could_ask_for_shares_the_verdict_of_its_request(
    kind: str, name: str, verdict: Verdict
) -> None:
    clauses = [
        declared("shop.op.accepts", operation="op", kind="schema"),
        declared("shop.op.200.schema", operation="op", kind="schema"),
        declared("shop.op.other", operation="op"),
    ]
    judgements = judge(clauses, blocked_by(kind, name, "shop.op.accepts"))
    assert [j.verdict for j in judgements.values()] == [verdict, verdict, Verdict.NOT_RUN]
    assert judgements["shop.op.200.schema"].reasons == judgements["shop.op.accepts"].reasons
    seen = Outcome("a.check", (), Status.PASS, bookings=(Booking("shop.op.200.schema", "op", ()),))
    judgements = judge(clauses, blocked_by(kind, name, "shop.op.accepts"), seen)
    assert judgements["shop.op.200.schema"].verdict is Verdict.PASS


def test_a_booking_without_findings_passes_the_schema_clause() -> None:
    judgement = judge(SCHEMA, booked(), booked())["op.200.schema"]
    assert (judgement.verdict, judgement.checks, judgement.reasons) == (Verdict.PASS, 2, ())


def test_a_booking_with_findings_fails_the_schema_clause_and_no_other() -> None:
    judgements = judge(SCHEMA, booked(), booked("/total is no integer", "/list is missing"))
    assert judgements["a"].verdict is Verdict.PASS
    assert judgements["op.200.schema"].verdict is Verdict.FAIL
    assert judgements["op.200.schema"].reasons == (
        Reason(
            "a.check",
            Status.FAIL,
            "an answer as documented",
            "/total is no integer; /list is missing",
            "",
            EXCHANGE,
        ),
    )


def test_an_answer_is_booked_even_if_its_check_was_blocked() -> None:
    booking = Booking("op.200.schema", "op", ("/list is missing",), EXCHANGE)
    blocker = Blocker("clause", "op.200.schema")
    outcome = Outcome("a.check", ("a",), Status.BLOCKED, blocker=blocker, bookings=(booking,))
    judgements = judge(SCHEMA, outcome)
    assert [j.verdict for j in judgements.values()] == [Verdict.BLOCKED, Verdict.FAIL]


@pytest.mark.parametrize(("level", "treatment"), [("MUST", GATING), ("SHOULD", ADVISORY), ("MAY", ADVISORY)])
def test_must_gates_and_the_others_advise(level: str, treatment: Treatment) -> None:
    (clause,) = read_clauses([declared("a", level)])
    assert treatment_of(clause) is treatment
    for outcome in (PASS, FAIL, ERROR):
        assert judge([declared("a", level)], outcome)["a"].treatment is treatment


@pytest.mark.parametrize("level", ["MUST", "SHOULD", "MAY"])
def test_what_was_not_judged_gates_whatever_its_level(level: str) -> None:
    assert judge([declared("a", level)])["a"].treatment is GATING
    assert judge([declared("a", level)], BLOCKED)["a"].treatment is GATING
    assert judge([declared("a", level)], blocked_by("clause", "unknown"))["a"].treatment is GATING


@pytest.mark.parametrize(
    ("blockers", "treatment"),
    [
        ([("clause", "should")], ADVISORY),
        ([("clause", "may")], ADVISORY),
        ([("clause", "should"), ("clause", "may")], ADVISORY),
        ([("clause", "must")], GATING),
        ([("clause", "should"), ("clause", "must")], GATING),
        ([("clause", "should"), ("role", "user.main")], GATING),
    ],
)
def test_blocked_by_advisory_clauses_alone_advises(blockers: list[tuple[str, str]], treatment: Treatment) -> None:
    clauses = [declared("a"), declared("should", "SHOULD"), declared("may", "MAY"), declared("must")]
    broken = [said(Status.FAIL, name) for name in ("should", "may", "must")]
    judgement = judge(clauses, *broken, *(blocked_by(kind, name, "a") for kind, name in blockers))["a"]
    assert (judgement.verdict, judgement.treatment) == (Verdict.BLOCKED, treatment)


@pytest.mark.parametrize("level", ["MUST", "SHOULD"])
def test_a_chain_of_blocked_clauses_takes_the_treatment_of_its_first(level: str) -> None:
    clauses = [declared("a"), declared("b"), declared("c", level)]
    outcomes = (blocked_by("clause", "b", "a"), blocked_by("clause", "c", "b"), said(Status.FAIL, "c"))
    judgements = judge(clauses, *outcomes)
    assert [j.treatment for j in judgements.values()] == [GATING if level == "MUST" else ADVISORY] * 3


def test_clauses_that_block_each_other_gate() -> None:
    clauses = [declared("a"), declared("b", "SHOULD")]
    judgements = judge(clauses, blocked_by("clause", "b", "a"), blocked_by("clause", "a", "b"))
    assert [j.treatment for j in judgements.values()] == [GATING, GATING]


def test_blocked_by_a_should_clause_that_was_not_run_gates() -> None:
    assert judge([declared("a"), declared("b", "SHOULD")], blocked_by("clause", "b", "a"))["a"].treatment is GATING


def test_outcomes_survive_their_way_to_the_controller() -> None:
    outcome = Outcome(
        "a.check[case]",
        ("a", "b"),
        Status.BLOCKED,
        "x",
        "y",
        Blocker("clause", "c"),
        EXCHANGE,
        (Booking("op.200.schema", "op", ("wrong",), EXCHANGE), Booking("op.200.schema", "op", ())),
        ("op",),
        0.25,
    )
    assert Outcome.from_json(outcome.as_json()) == outcome
    assert Outcome.from_json(PASS.as_json()) == PASS


def test_counts_of_every_verdict() -> None:
    (clause,) = read_clauses([declared("a")])
    times = dict(zip(Verdict, range(1, 9), strict=True))
    counts = Counts.of(Judgement(clause, verdict, GATING) for verdict, n in times.items() for _ in range(n))
    assert counts == Counts(
        passed=1, not_run=2, blocked=3, failed=4, errors=5, not_applicable=6, excluded=7, not_selected=8
    )
    assert (counts.judged, counts.in_scope) == (5, 15)


@pytest.mark.parametrize(
    ("counts", "text"),
    [
        (
            Counts(passed=200, failed=12, blocked=6, not_run=2, not_applicable=60, excluded=38),
            "judged 212 of 220 in scope (6 blocked, 2 not run), 60 not applicable, 38 excluded, 0 not selected",
        ),
        (
            Counts(passed=1, errors=3, not_selected=4),
            "judged 1 of 4 in scope (0 blocked, 0 not run, 3 in error), 0 not applicable, 0 excluded, 4 not selected",
        ),
        (
            Counts(),
            "judged 0 of 0 in scope (0 blocked, 0 not run), 0 not applicable, 0 excluded, 0 not selected",
        ),
    ],
)
def test_the_last_line_of_a_run(counts: Counts, text: str) -> None:
    assert str(counts) == text
