"""What a tally keeps: the first of each kind, and counts of all."""

from __future__ import annotations

from typing import Any

import pytest

import specs
from conformance.answer import Answer, Flaw
from conformance.errors import TransportError
from conformance.fuzz.reading import Reading
from conformance.fuzz.tally import ADVISED, KEPT, Tally
from conformance.outcome import Exchange
from specs.links import links_of
from specs.requests import Arguments

SUPOS = specs.load("supos")
VALID = Reading(Arguments(query={"username": "ann"}), plain=True)
WRONG = Reading(Arguments(), plain=True)


@pytest.fixture
def tally() -> Tally:
    return Tally(SUPOS, SUPOS.operations["queryTotal"], tuple(links_of(SUPOS)))


def answer(status: int, *flaws: str, code: str = "") -> Answer:
    exchange = Exchange("queryTotal", "curl", status, "", code)
    clause = "supos.error-body" if status >= 400 else "supos.queryTotal.200.schema"
    return Answer("queryTotal", status, 1, clause, tuple(Flaw("/a", flaw) for flaw in flaws), exchange, 200)


def findings(tally: Tally) -> list[tuple[str, tuple[str, ...]]]:
    return [(booking.clause, booking.findings) for booking in tally.outcome().bookings]


@pytest.mark.parametrize(
    ("reading", "kind"),
    [
        (VALID, "valid"),
        (WRONG, "wrong"),
        (None, "raw"),
        (Reading(Arguments(query={"username": "\ud800"}), plain=False), "raw"),
    ],
)
def test_a_request_counts_as_what_the_contract_says_of_it(tally: Tally, reading: Any, kind: str) -> None:
    assert tally.kind(reading) == kind
    tally.count(kind)
    coverage = tally.coverage()
    assert {"valid": coverage.valid, "wrong": coverage.wrong, "raw": coverage.raw} == {
        **dict.fromkeys(("valid", "wrong", "raw"), 0),
        kind: 1,
    }
    assert tally.number == coverage.sent == 1


def test_a_request_on_which_readers_differ_is_raw() -> None:
    """To some 1.0 is an integer."""
    deletion = Tally(SUPOS, SUPOS.operations["updateProcessPut"], ())
    item = {"id": 1, "source": "a", "processName": "n", "status": "operating", "staffName": "b"}
    item["startTime"] = item["completeTime"] = "2020-09-22T07:38:13.893+0800"
    kinds = [deletion.kind(Reading(Arguments(body=[{**item, "id": number}]), plain=True)) for number in (1, 1.0, 1.5)]
    assert kinds == ["valid", "raw", "wrong"]


def test_the_first_finding_of_its_kind_is_told_and_no_more_than_a_few(tally: Tally) -> None:
    for number in range(3):
        tally.answered(answer(200, "is missing"), "valid", VALID, f"request {number}")
    assert findings(tally) == [("supos.queryTotal.200.schema", ("/a is missing (request 0)",))]
    for number in range(20):
        tally.answered(answer(400, f"is {number}"), "wrong", WRONG, "request 4")
    assert len(findings(tally)) == KEPT
    assert tally.coverage().statuses == {200: 3, 400: 20}


def test_every_flaw_of_an_answer_is_told(tally: Tally) -> None:
    tally.answered(answer(200, "is missing", "is wrong"), "valid", VALID, "request 1")
    assert findings(tally) == [
        ("supos.queryTotal.200.schema", ("/a is missing (request 1)", "/a is wrong (request 1)")),
    ]


def test_an_answer_as_documented_speaks_for_its_clause_once(tally: Tally) -> None:
    for _ in range(3):
        tally.answered(answer(200), "valid", VALID, "request 1")
    assert findings(tally) == [("supos.queryTotal.200.schema", ())]


def test_a_silence_is_booked_with_its_request(tally: Tally) -> None:
    error = TransportError("timed out")
    error.exchange = Exchange("queryTotal", "curl x", 0, "")
    tally.unanswered(error, "request 1")
    (booking,) = tally.outcome().bookings
    assert (booking.clause, booking.findings, booking.exchange) == (
        "supos.error-body",
        ("no answer: timed out (request 1)",),
        error.exchange,
    )


def test_advice_is_counted_whole_and_told_in_part(tally: Tally) -> None:
    for number in range(4):
        tally.answered(answer(400, code="100108500"), "valid", VALID, f"request {number}")
    for status in range(200, 206):
        tally.answered(answer(status), "wrong", WRONG, "request 9")
    coverage = tally.coverage()
    assert (len(coverage.advice), coverage.advised) == (ADVISED, 10)
    assert [(piece.kind, piece.place) for piece in coverage.advice] == [
        ("positive_data_acceptance", "request 0"),
        ("negative_data_rejection", "request 9"),
        ("negative_data_rejection", "request 9"),
    ]


def test_a_flawed_answer_and_a_spoilt_request_give_no_advice(tally: Tally) -> None:
    tally.answered(answer(200, "is missing"), "wrong", WRONG, "request 1")
    tally.answered(answer(200), "raw", None, "request 2")
    assert tally.coverage().advised == 0


def test_links_are_those_that_lead_to_the_operation(tally: Tally) -> None:
    assert tally.coverage().links == {"startProcess.total": {}}
    (link,) = (link for link in links_of(SUPOS) if link.id == "startProcess.total")
    for status in (400, 200, 200):
        tally.followed(link, status)
    assert tally.coverage().links == {"startProcess.total": {200: 2, 400: 1}}
    assert tally.coverage().followed == 3
