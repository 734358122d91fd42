"""Advice: a request that is allowed and called malformed, a request that is not allowed and accepted."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import specs
from conformance.answer import Answer
from conformance.fuzz.advice import Advisor
from conformance.outcome import Exchange
from conformance.wire.call import Call
from specs import Contract
from specs.requests import RequestRules

SUPOS = specs.load("supos")
START = Call("startProcess", body={"processKey": "K", "username": "ann", "audit": {"seqKey": "edge_1"}})


def advisor(operation: str = "startProcess", contract: Contract = SUPOS) -> Advisor:
    rules = RequestRules(contract, contract.operations[operation])
    made = Advisor(contract, contract.operations[operation], rules)
    made.usual(START)
    return made


def answer(status: int, code: str = "", content: Any = None) -> Answer:
    exchange = Exchange("startProcess", "curl", status, "", code)
    return Answer("startProcess", status, content, "supos.x", (), exchange, 200)


def said(status: int, code: str, call: Call = START) -> bool:
    """Whether a refusal of a valid request is worth a word."""
    return advisor().on_valid(answer(status, code), call.arguments()) is not None


@pytest.mark.parametrize(
    ("status", "code", "worth"),
    [
        (400, "100108500", True),
        (400, "100108507", True),
        (400, "100108502", True),
        (400, "100108002", False),
        (400, "100108230", False),
        (400, "", False),
        (401, "100106403", False),
        (500, "100000001", False),
        (200, "", False),
    ],
)
def test_only_codes_of_rules_and_of_no_rule_call_a_request_malformed(status: int, code: str, worth: bool) -> None:
    """Codes of what is not there, and refusals of the credentials, say nothing about the request's form."""
    assert said(status, code) is worth


def test_a_refusal_without_code_of_its_own_may_hang_on_what_the_request_names() -> None:
    """A clause says of audit.seqKey that an unknown one is refused, and there is no code for it."""
    other = START.set("body.audit.seqKey", "edge_2")
    assert said(400, "100108500", other) is False
    assert said(400, "100108500", START.set("body.audit.seqKey", None)) is True
    assert said(400, "100108500", START.set("body.comment", "other")) is True
    assert said(400, "100108507", other) is True, "a code of its own says what is meant"


def test_a_code_with_two_meanings_is_no_reason() -> None:
    operation = SUPOS.operations["startProcess"]
    refusal = operation.responses[400]
    twofold = replace(refusal, codes={**refusal.codes, "100108507": ("process-key-empty", "process-gone")})
    changed = replace(operation, responses={**operation.responses, 400: twofold})
    found = Advisor(SUPOS, changed, RequestRules(SUPOS, operation))
    assert found.on_valid(answer(400, "100108507"), START.arguments()) is None


def test_an_api_without_codes_tells_malformed_by_the_status() -> None:
    bare = {key: value for key, value in SUPOS.document.items() if key not in ("x-error-default", "x-clauses")}
    contract = Contract("supos", {**bare, "x-clauses": [], "x-error-default": {"status": 422}})
    found = advisor("startProcess", contract)
    assert found.on_valid(answer(422), START.arguments()) is not None
    assert found.on_valid(answer(400), START.arguments()) is None


def test_an_accepted_request_that_breaks_a_rule_is_told_with_the_rule() -> None:
    broken = START.drop("body.username").arguments()
    assert advisor().on_wrong(answer(200), broken) == (
        "a request that the contract does not allow is accepted with 200: body.username: is required"
    )
    assert advisor().on_wrong(answer(400, "100108502"), broken) is None


def test_an_api_that_refuses_with_200_has_refused() -> None:
    outcome = {**SUPOS.document["x-outcome"], "error-when": {"/success": False}}
    found = advisor("startProcess", Contract("supos", {**SUPOS.document, "x-outcome": outcome}))
    broken = START.drop("body.username").arguments()
    assert found.on_wrong(answer(200, content={"success": False}), broken) is None
    assert found.on_wrong(answer(200, content={"success": True}), broken) is not None
