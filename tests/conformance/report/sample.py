"""Runs for the reports to tell of: every verdict, every level, and text that means to do harm."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from conformance.coverage import Advice, Coverage
from conformance.exitcode import ExitCode, exit_code
from conformance.ledger.cleanup import Cleanup, Leftover
from conformance.outcome import Exchange, Reason, Status
from conformance.run_result import RunResult
from conformance.target import Target
from conformance.verdict import Judgement, Treatment, Verdict, treatment_of
from specs.model import Clause, Expectation

TARGET = Target(
    api="shop",
    base_url="http://shop.example:8080",
    identities={"main": {"user": "anna", "password": "a-secret-key"}},
    roles={"user.main": "anna", "user.pool": ["a", "b"]},
    capabilities=frozenset({"groups"}),
    headers={"X-Gate": "a-secret-header"},
)
LIST = Exchange(
    "listOrders",
    "curl -sS -X GET -H 'Authorization: ***' 'http://shop.example:8080/api/orders?assignee=anna&current=1&pageSize=2"
    "&sort=created&order=desc'",
    200,
    '{"list": [{"id": 1}, {"id": 2}, {"id": 3}],\n "pagination": {"current": 1, "pageSize": 2, "total": 3}}',
)
ORDER = Exchange(
    "placeOrder",
    "curl -sS -X POST -H 'Content-Type: application/json' --data-binary '{\"item\": \"茶\"}' "
    "http://shop.example:8080/api/orders",
    201,
    "x" * 400,
)
HOSTILE = Exchange("placeOrder", "curl '\x1b]0;owned\x07'", 200, "\x1b[2J\ud800 [bold]:smile:[/bold] \u202e\x00]]>")


def clause(name: str, operation: str | None = "listOrders", level: str = "MUST", **fields: Any) -> Clause:
    """A clause with what a test does not care about filled in."""
    given: dict[str, Any] = {"kind": "error", "text": f"The text of {name}.", "lines": (10, 10), "derived": False}
    return Clause(id=f"shop.{name}", level=level, operation=operation, **{**given, **fields})  # type: ignore[arg-type]


def judged(clause: Clause, verdict: Verdict, *reasons: Reason, treatment: Treatment | None = None) -> Judgement:
    return Judgement(clause, verdict, treatment or treatment_of(clause), reasons, max(len(reasons), 1))


def fail(check: str, expected: str, seen: str, exchange: Exchange | None = None) -> Reason:
    return Reason(check, Status.FAIL, expected, seen, "", exchange)


def blocked(check: str, blocker: str, seen: str = "") -> Reason:
    return Reason(check, Status.BLOCKED, "", seen, blocker)


SIZE = judged(
    clause(
        "listOrders.paging.size",
        kind="pagination",
        text="A page holds at most pageSize rows, however many orders match the filter.",
        lines=(11, 12),
    ),
    Verdict.FAIL,
    fail("laws.paging.size[listOrders]", "at most 2 rows", "3 rows", LIST),
    fail("suite.shop.lists.pages", "2 rows", "3 rows", LIST),
    fail("suite.shop.lists.other", "2 rows", "3 rows", LIST),
)
CODE = judged(
    clause("placeOrder.body.item.required", "placeOrder", expect=Expectation(400, "1001"), node="body.item"),
    Verdict.FAIL,
    Reason("laws.node_rules.refused[item]", Status.FAIL, "", "", "", ORDER),
)
WARN = judged(
    clause("placeOrder.body.item.type", "placeOrder", "SHOULD", lines=None, why="The page names no type."),
    Verdict.FAIL,
    fail("laws.node_rules.refused[type]", "400", "201", ORDER),
)
NOTE = judged(
    clause("listOrders.beyond", level="MAY", kind="pagination", lines=None),
    Verdict.FAIL,
    fail("laws.paging.beyond[listOrders]", "an empty page", "no answer: timed out after 10 s"),
)
BLOCKED = judged(
    clause("placeOrder.repeat", "placeOrder", kind="idempotency"),
    Verdict.BLOCKED,
    blocked("laws.repeat.repeated[placeOrder]", "clause shop.placeOrder.accepts", "placeOrder answered 500"),
)
BLOCKED_TOO = judged(
    clause("placeOrder.listed", "placeOrder", "SHOULD"),
    Verdict.BLOCKED,
    blocked("suite.shop.orders.listed", "clause shop.placeOrder.accepts", "placeOrder answered 500"),
    treatment=Treatment.GATING,
)
BLOCKED_ADVISORY = judged(
    clause("listOrders.foreign"),
    Verdict.BLOCKED,
    blocked("suite.shop.lists.foreign", "clause shop.listOrders.beyond"),
    treatment=Treatment.ADVISORY,
)
NOT_RUN = judged(clause("error-body", None, kind="schema"), Verdict.NOT_RUN)
ERROR = judged(
    clause("listOrders.own-orders"),
    Verdict.ERROR,
    Reason("suite.shop.lists.own", Status.ERROR, "no bug in the suite", "KeyError: 'id' (own, line 12)", "", LIST),
)
PASSED = judged(clause("listOrders.accepts", kind="schema"), Verdict.PASS)
NOT_APPLICABLE = judged(clause("listOrders.teams", capability="teams"), Verdict.NOT_APPLICABLE)
EXCLUDED = judged(
    clause("placeOrder.500.schema", "placeOrder", excluded="no-documented-way", why="No request makes it fail."),
    Verdict.EXCLUDED,
)
NOT_SELECTED = judged(clause("dropOrder.accepts", "dropOrder"), Verdict.NOT_SELECTED)

EVERYTHING = (
    PASSED, SIZE, NOTE, BLOCKED_ADVISORY, NOT_APPLICABLE, CODE, WARN, BLOCKED, BLOCKED_TOO, EXCLUDED, NOT_RUN,
    NOT_SELECTED,
)  # fmt: skip


def run_of(*judgements: Judgement, code: ExitCode | None = None, **fields: Any) -> RunResult:
    """A run with these judgements, and the exit code that they lead to unless one is given."""
    result = RunResult(
        api="shop",
        version="0.1.0",
        target=TARGET.masked(),
        seed=7,
        run_tag="t0a1b2c3d",
        started="2026-01-02T03:04:05+00:00",
        duration=3.25,
        judgements=judgements,
        exit_code=exit_code(judgements) if code is None else code,
    )
    return replace(result, **fields)


GREEN = run_of(PASSED, EXCLUDED)
RED = run_of(*EVERYTHING)
BROKEN = run_of(*EVERYTHING, ERROR, faults=2)
DEAD = run_of(
    *(judged(j.clause, Verdict.NOT_RUN, treatment=Treatment.GATING) for j in EVERYTHING),
    code=ExitCode.UNREACHABLE,
    stopped="http://shop.example:8080 does not answer: connection refused",
)
CRASHED = run_of(PASSED, code=ExitCode.INTERNAL, stopped="suite/shop/lists.py: Traceback\n  line 3\nNameError: x")
HARMFUL = run_of(
    judged(
        clause("placeOrder.text", "placeOrder"),
        Verdict.FAIL,
        fail("suite.shop.orders.text[\x1b]", "a[b]c\x00\nd", "\x1b[31mred\ud800\uffff", HOSTILE),
    )
)
ADVICE = (
    Advice(
        "positive_data_acceptance",
        "a request that the contract allows is called malformed: 400 with code 1001",
        "fuzz quick, seed 7, request 12: overlaid",
        ORDER,
    ),
    Advice(
        "negative_data_rejection",
        "a request that the contract does not allow is accepted with 200: query.pageSize: is above its maximum",
        "fuzz quick, seed 7, request 30: negative",
        LIST,
    ),
)
FUZZED = run_of(
    PASSED,
    fuzz="quick",
    coverage=(
        Coverage(
            "listOrders",
            30,
            20,
            {200: 30, 400: 30},
            (401,),
            raw=10,
            links={"placeOrder.listed": {200: 4, 400: 1}, "placeOrder.again": {}},
            advice=ADVICE,
            advised=4,
        ),
        Coverage("placeOrder", 25, 25, {201: 25, 400: 25}, (), blocked="role user.main"),
    ),
)
KNOWN = run_of(
    PASSED,
    replace(SIZE, treatment=Treatment.WAIVED, note="SHOP-7: pages are one longer (shop team, until 2026-12-31)"),
    replace(
        judged(clause("placeOrder.stock", "placeOrder"), Verdict.PASS, treatment=Treatment.STALE),
        note="is not broken any more, take it off: SHOP-3 (shop team, until 2026-12-31)",
    ),
    replace(CODE, note="the waiver has expired: SHOP-1 (shop team, until 2025-12-31)"),
    cleanup=Cleanup(
        removed=12,
        gone=3,
        left={"No documented call deletes an order; it stays readable with the state that it ended in.": 7},
        failed=(
            Leftover("gw0-4", "placeOrder", ("t0a1b2c3d-11aa22bb-1", "t0a1b2c3d-11aa22bb-2"), "dropOrder answered 500"),
        ),
    ),
)
RUNS = {
    "known": KNOWN,
    "green": GREEN,
    "red": RED,
    "broken": BROKEN,
    "dead": DEAD,
    "crashed": CRASHED,
    "harmful": HARMFUL,
    "fuzzed": FUZZED,
}
