"""report.html: made from results.json alone, complete without a script, and deaf to what a server says."""

from __future__ import annotations

import base64
import dataclasses
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from enum import Enum, StrEnum
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from conformance.coverage import Coverage
from conformance.exitcode import ExitCode
from conformance.ledger.cleanup import Cleanup, Leftover
from conformance.outcome import Exchange
from conformance.report.html import write_html
from conformance.report.html.__main__ import main
from conformance.report.html.markup import element, raw
from conformance.report.html.page import page
from conformance.report.results import write_results
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict
from tests.conformance.report import sample
from tests.conformance.report.tree import Node, read

COVERAGE = (
    Coverage("listOrders", 30, 20, {200: 30, 400: 20}, (401,)),
    Coverage("placeOrder", 25, 25, {400: 50}, (201, 401)),
)
CLEANUP = Cleanup(
    3, 1, {"no call deletes an order": 2}, (Leftover("w1-7", "placeOrder", ("t0a-1",), "it answered 500"),)
)
STALE = replace(sample.PASSED, treatment=Treatment.STALE, note="is not broken any more, take it off: shop-1.0")
WAIVED = replace(sample.WARN, treatment=Treatment.WAIVED, note="shop-1.0 takes any type")
FULL = replace(sample.BROKEN, coverage=COVERAGE, fuzz="quick", cleanup=CLEANUP)
KNOWN = sample.run_of(sample.SIZE, replace(STALE, clause=sample.clause("a", level="SHOULD")), WAIVED)
RUNS = {**sample.RUNS, "full": FULL, "known": KNOWN, "empty": sample.run_of()}


class Later(StrEnum):
    """Treatments that this version does not know."""

    POSTPONED = "postponed"


def tree(result: RunResult) -> Node:
    return read(page(result))


def card(result: RunResult, name: str) -> Node:
    return tree(result).one("details", class_="clause", id=f"shop.{name}")


def dangling(root: Node) -> list[str]:
    """Links that lead to no element of the page."""
    ids = {node.attributes.get("id") for node in root.all()}
    links = [unquote(node.attributes["href"] or "") for node in root.all("a")]
    return [link for link in links if link.removeprefix("#") not in ids]


def test_page_is_made_from_the_file_alone(tmp_path: Path) -> None:
    write_results(FULL, tmp_path / "results.json")
    write_html(tmp_path / "results.json", tmp_path / "report.html")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["report.html", "results.json"]
    assert (tmp_path / "report.html").read_bytes().decode() == page(FULL)


@pytest.mark.parametrize("result", RUNS.values(), ids=RUNS)
def test_anchors_are_unique_and_every_link_leads_to_one(result: RunResult) -> None:
    root = tree(result)
    ids = [node.attributes["id"] for node in root.all() if "id" in node.attributes]
    assert sorted(ids, key=str) == sorted(set(ids), key=str)
    assert dangling(root) == []
    assert {judgement.clause.id for judgement in result.judgements} <= set(ids)


@pytest.mark.parametrize("result", RUNS.values(), ids=RUNS)
def test_nothing_comes_from_elsewhere(result: RunResult) -> None:
    root = tree(result)
    assert {node.tag for node in root.all()} & {"link", "img", "iframe", "object", "base"} == set()
    names = {name for node in root.all() for name in node.attributes}
    assert [name for name in names if name in ("src", "srcset", "action", "style") or name.startswith("on")] == []
    assert [link for link in root.all("a") if not (link.attributes["href"] or "").startswith("#")] == []


def test_policy_allows_the_one_style_and_the_one_script() -> None:
    root = tree(FULL)
    digests = [
        base64.b64encode(hashlib.sha256(root.one(tag).text.encode()).digest()).decode() for tag in ("style", "script")
    ]
    policy = root.one("meta", http_equiv="Content-Security-Policy").attributes["content"]
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digests[0]}'; script-src 'sha256-{digests[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


EVIL = "'\"></pre></script></title><script>alert(1)</script><img src=x onerror=x><!-- &lt;%41 \x1b\u202e\x00\ud800\n"


def evil(value: Any) -> Any:
    """The same value, every text in it led by one that means to become markup."""
    match value:
        case Enum():
            return value
        case str():
            return EVIL + value if value else value
        case Mapping():
            return {evil(name): evil(inner) for name, inner in value.items()}
        case tuple() | list():
            return type(value)(evil(inner) for inner in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = [each.name for each in dataclasses.fields(value) if each.name not in ("level", "target")]
        return replace(value, **{name: evil(getattr(value, name)) for name in names})
    return value


def skeleton(node: Node) -> list[tuple[str, list[str]]]:
    """Tags and names of attributes, but for the places where a long name may be broken."""
    return [(inner.tag, sorted(inner.attributes)) for inner in node.all() if inner.tag != "wbr"]


def test_no_text_of_a_run_becomes_markup() -> None:
    # An evil blocker would name no clause of the page, so it would be no link.
    reasons = [tuple(replace(r, blocker=r.blocker and "role a") for r in j.reasons) for j in FULL.judgements]
    judgements = [replace(j, reasons=r) for j, r in zip(FULL.judgements, reasons, strict=True)]
    plain = replace(FULL, judgements=tuple(judgements), select=("shop.*",), stopped="one\ntwo")
    target = {name: evil(value) for name, value in plain.target.items()}
    hostile = replace(evil(plain), target=target)
    assert skeleton(tree(hostile)) == skeleton(tree(plain))
    assert {character for character in page(hostile) if not character.isprintable()} == {"\n"}
    assert page(hostile).count("alert(1)") > 150
    assert dangling(tree(hostile)) == []


def test_what_a_server_says_is_shown_as_it_said_it() -> None:
    said = Exchange("listOrders", "curl '<i>'", 200, "<b onclick=x>&amp;</b>\x07")
    found = card(
        sample.run_of(sample.judged(sample.clause("a"), Verdict.FAIL, sample.fail("check", "b", "c", said))), "a"
    )
    assert found.one("pre", class_="answer").text == "<b onclick=x>&amp;</b>\\x07"
    assert found.one("pre", class_="request").text == "curl '<i>'"


def test_only_markup_of_our_own_can_hold_a_script() -> None:
    assert (
        str(element("p", "<b>", 1, None, ["&", element("b")], title='"'))
        == '<p title="&quot;">&lt;b&gt;1&amp;<b></b></p>'
    )
    with pytest.raises(ValueError, match="cannot hold its own end tag"):
        raw("style", "a {} </STYLE>")


def test_head_says_how_the_run_ended() -> None:
    header = tree(FULL).one("header")
    assert header.one("p", class_="at").text == "Conformance of shop at http://shop.example:8080"
    assert header.one("h1").text == (
        "fault of the suite the suite itself failed in judging 1 clause and the mock counted 2 faults of its own"
    )
    assert header.one("p", class_="counts").text == f"exit 5 · {FULL.counts}"
    assert [chip.text for chip in header.one("ul", class_="chips").all("li")] == [
        "1 error", "2 fail", "2 warn/note", "3 blocked", "1 not run", "1 pass", "1 n/a", "1 excluded", "1 not selected",
    ]  # fmt: skip
    assert tree(FULL).one("title").text == f"shop {header.one('h1').text.replace('suite the', 'suite: the')}"


@pytest.mark.parametrize("code", ExitCode)
def test_every_exit_code_has_a_word(code: ExitCode) -> None:
    header = tree(sample.run_of(sample.PASSED, code=code)).one("header")
    assert header.one("span", class_=f"ending-{code.name.lower()}").text != ""
    assert header.one("p", class_="counts").text.startswith(f"exit {code.value} · ")


def test_head_names_what_is_broken_the_worst_first() -> None:
    rows = list(tree(FULL).one("ul", class_="broken").all("li"))
    assert [(row.one(class_="badge").text, row.one("code").text, row.one(class_="muted").text) for row in rows] == [
        ("error", "shop.listOrders.own-orders", "expected no bug in the suite, saw KeyError: 'id' (own, line 12)"),
        ("fail", "shop.listOrders.paging.size", "expected at most 2 rows, saw 3 rows"),
        ("fail", "shop.placeOrder.body.item.required", "expected 400 with code 1001, saw status 201"),
        ("warn", "shop.placeOrder.body.item.type", "expected 400, saw 201"),
        ("note", "shop.listOrders.beyond", "expected an empty page, saw no answer: timed out after 10 s"),
    ]


def test_head_names_ten_at_most() -> None:
    many = [replace(sample.SIZE, clause=sample.clause(f"x.{number}")) for number in range(12)]
    header = tree(sample.run_of(*many)).one("header")
    assert len(list(header.one("ul", class_="broken").all("li"))) == 10
    assert "and 2 more below" in header.text


def test_a_crash_is_told_line_by_line() -> None:
    assert tree(sample.CRASHED).one("header").one("pre").text == sample.CRASHED.stopped


def test_what_was_judged() -> None:
    run, target = tree(replace(FULL, select=("shop.*", "a.b"), workers=2)).one(id="run").one(class_="columns").children
    assert isinstance(run, Node)
    assert run.pairs() == [
        ("API", "shop"),
        ("started", "2026-01-02 03:04:05 UTC"),
        ("duration", "3.2 s"),
        ("seed", "7"),
        ("run tag", "t0a1b2c3d marks what the run created"),
        ("clauses", "shop.*, a.b"),
        ("made-up requests", "quick"),
        ("workers", "2"),
        ("partial judging", "not allowed"),
        ("faults of the mock", "2"),
        ("judged with", "workflow-contract-kit 0.1.0"),
    ]
    assert isinstance(target, Node)
    assert target.pairs() == [
        ("base url", "http://shop.example:8080"),
        ("identities", "main: user: ***password: ***"),
        ("capabilities", "groups"),
        ("writes", "own"),
        ("headers", "X-Gate: ***"),
        ("limits", "rate: nonetimeout: 10.0"),
    ]
    assert target.one("details").pairs() == [("user.main", "anna"), ("user.pool", "a, b")]


def test_a_field_of_a_target_that_is_new_is_told_like_the_others() -> None:
    target = {"ca_bundle": "a.pem", "verify": True, "limits": {"rate": [30, 1.5]}, "odd": []}
    listing = list(tree(replace(FULL, target=target)).one(id="run").one(class_="columns").all("dl"))[1]
    root = Node("", {}, [listing])
    assert root.pairs() == [("ca bundle", "a.pem"), ("verify", "yes"), ("limits", "rate: 30, 1.5"), ("odd", "none")]


def test_secrets_stay_out() -> None:
    assert "a-secret" not in page(FULL)


def test_verdicts_by_operation() -> None:
    assert tree(FULL).one(id="operations").one("table").rows() == [
        ["operation", "pass", "error", "fail", "warn/note", "blocked", "not run", "n/a", "excluded", "not selected"],
        ["listOrders", "1", "1", "1", "1", "1", "0", "1", "0", "0"],
        ["placeOrder", "0", "0", "1", "1", "2", "0", "0", "1", "0"],
        ["dropOrder", "0", "0", "0", "0", "0", "0", "0", "0", "1"],
        ["(any operation)", "0", "0", "0", "0", "0", "1", "0", "0", "0"],
        ["all operations", "1", "1", "2", "2", "3", "1", "1", "1", "1"],
    ]


def test_columns_of_nothing_are_left_out_but_for_pass_and_fail() -> None:
    assert tree(sample.run_of(sample.NOTE)).one(id="operations").one("table").rows()[0] == [
        "operation", "pass", "fail", "warn/note",
    ]  # fmt: skip


def test_what_made_up_requests_reached() -> None:
    section = tree(FULL).one(id="made-up")
    assert section.one("p").text == (
        "Besides its checks, the suite made up 100 requests (quick, seed 7), some that the document allows and some "
        "that it does not, and judged every answer: 1 operation never gave a success."
    )
    assert section.one("table").rows() == [
        ["operation", "requests", "valid", "answers", "links followed", "not reached"],
        ["listOrders", "50", "60 %", "200 × 30400 × 20", "–", "401"],
        ["placeOrder", "50", "50 %", "400 × 50no success", "–", "201, 401"],
    ]
    assert list(tree(sample.RED).all(id="made-up")) == []


def test_made_up_requests_show_their_links_and_what_is_worth_a_look() -> None:
    section = tree(sample.FUZZED).one(id="made-up")
    assert section.one("table").rows()[1:] == [
        ["listOrders", "60", "50 %", "200 × 30400 × 30", "1 of 2, 5 times", "401"],
        ["placeOrder", "50", "50 %", "201 × 25400 × 25", "–", "–"],
    ]
    advice = section.one("details", class_="further")
    assert advice.one("summary").text == "Worth a look (4); fails no run"
    assert advice.pairs()[:3] == [
        ("advice", f"{sample.ADVICE[0].text} (positive_data_acceptance; fuzz quick, seed 7, request 12: overlaid)"),
        ("request", sample.ORDER.curl),
        ("answer", sample.ORDER.answer),
    ]
    assert advice.pairs()[-1] == ("advice", "2 more of the same kinds")


def test_groups_stand_the_worst_first_and_failures_are_open() -> None:
    groups = list(tree(FULL).one(id="groups").all("section"))
    assert [group.one("h3").text for group in groups] == [
        "error1 clause", "fail2 clauses", "warn/note2 clauses", "blocked3 clauses", "not run1 clause", "pass1 clause",
        "n/a1 clause", "excluded1 clause", "not selected1 clause",
    ]  # fmt: skip
    is_open = {
        group.attributes["id"]: {"open" in found.attributes for found in group.all("details", class_="clause")}
        for group in groups
    }
    assert [name for name, states in is_open.items() if states == {True}] == [
        "verdict-error", "verdict-fail", "verdict-warn-note",
    ]  # fmt: skip
    assert set().union(*list(is_open.values())[3:]) == {False}


def test_a_failure_is_readable_alone() -> None:
    found = card(sample.RED, "listOrders.paging.size")
    summary = next(found.all("summary"))
    assert [node.text for node in summary.children if isinstance(node, Node)] == [
        "fail",
        "shop.listOrders.paging.size",
        "MUST · pagination",
        "A page holds at most pageSize rows, however many orders match the filter.",
    ]
    assert found.pairs() == [
        ("document", "lines 11-12"),
        ("expected", "at most 2 rows"),
        ("seen", "3 rows"),
        ("request", sample.LIST.curl),
        ("status", "200"),
        ("answer", " ".join(sample.LIST.answer.split())),
        ("check", "laws.paging.size[listOrders]"),
        ("also", "2 other checks: suite.shop.lists.pages, suite.shop.lists.other"),
        ("link", "to this clause"),
    ]
    further = found.one("details", class_="further")
    assert further.pairs() == [
        ("expected", "2 rows"),
        ("seen", "3 rows"),
        ("request", sample.LIST.curl),
        ("status", "200"),
        ("answer", " ".join(sample.LIST.answer.split())),
        ("check", "suite.shop.lists.pages"),
    ]
    assert len(list(further.all("dl"))) == 1, "what was seen twice is shown once"


def test_what_other_checks_saw_is_cut() -> None:
    reasons = [sample.fail(f"check{number}", "a", str(number)) for number in range(6)]
    found = card(sample.run_of(sample.judged(sample.clause("a"), Verdict.FAIL, *reasons)), "a")
    further = found.one("details", class_="further")
    assert next(further.all("summary")).text == "What other checks saw (5)"
    assert len(list(further.all("dl"))) == 3
    assert "and 2 more; results.json lists all" in further.text


def test_what_passed_says_what_it_was() -> None:
    passed = replace(sample.CODE, verdict=Verdict.PASS, reasons=(), checks=3)
    assert card(sample.run_of(passed), "placeOrder.body.item.required").pairs() == [
        ("document", "line 10"),
        ("expected", "400 with code 1001"),
        ("judged by", "3 checks"),
        ("link", "to this clause"),
    ]


def test_an_assumption_is_told() -> None:
    assert card(sample.RED, "placeOrder.body.item.type").pairs()[0] == (
        "document",
        "silent; assumed: The page names no type.",
    )


def test_blocked_clauses_stand_below_a_link_to_what_blocked_them() -> None:
    groups = list(tree(sample.RED).one(id="verdict-blocked").all("div", class_="subgroup"))
    assert [group.one("h4").text for group in groups] == [
        "by clause shop.listOrders.beyond: 1 clause",
        "by clause shop.placeOrder.accepts: 2 clauses",
    ]
    assert [link.attributes["href"] for link in groups[0].one("h4").all("a")] == ["#shop.listOrders.beyond"]
    assert list(groups[1].one("h4").all("a")) == [], "that clause is not in the page"
    foreign = groups[0].one("details", class_="clause")
    assert ("blocked", "by clause shop.listOrders.beyond") in foreign.pairs()
    assert [link.attributes["href"] for link in foreign.one("dl").all("a")] == [
        "#shop.listOrders.beyond",
        "#shop.listOrders.foreign",
    ]
    assert foreign.one(class_="meta").text == "MUST · error · advisory"
    assert ("blocks", "1 clause: shop.listOrders.foreign") in card(sample.RED, "listOrders.beyond").pairs()


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("listOrders.teams", "the target does not claim the capability teams"),
        ("placeOrder.500.schema", "no-documented-way: No request makes it fail."),
        ("dropOrder.accepts", "not selected"),
    ],
)
def test_what_is_out_of_scope_says_why(name: str, why: str) -> None:
    found = card(sample.RED, name)
    assert found.one("span", class_="why").text == why
    assert found.pairs()[0] == ("document", "line 10")


def test_a_treatment_that_is_new_goes_by_its_own_name() -> None:
    later: list[Judgement] = [
        replace(sample.SIZE, treatment=Later.POSTPONED),
        replace(sample.BLOCKED, treatment=Later.POSTPONED),
    ]
    root = tree(sample.run_of(sample.PASSED, *later, code=ExitCode.OK))
    assert root.one(id="operations").one("table").rows() == [
        ["operation", "pass", "fail", "postponed", "blocked"],
        ["listOrders", "1", "0", "1", "0"],
        ["placeOrder", "0", "0", "0", "1"],
        ["all operations", "1", "0", "1", "1"],
    ]
    group = root.one(id="verdict-postponed")
    assert group.one("details", class_="clause", data_verdict="postponed").one(class_="badge").text == "postponed"
    assert root.one(id="verdict-blocked").one("details").one(class_="meta").text == "MUST · idempotency · postponed"
    assert root.one("button", data_facet="verdict", data_value="postponed").text == "postponed 1"


def test_what_was_known_before_is_told() -> None:
    root = tree(KNOWN)
    assert [group.one("h3").text for group in root.one(id="groups").all("section")] == [
        "fail1 clause",
        "stale1 clause",
        "waived1 clause",
    ]
    stale, waived = root.one(id="shop.a"), root.one(id="shop.placeOrder.body.item.type")
    assert "open" in stale.attributes
    assert "open" not in waived.attributes
    assert stale.pairs()[:2] == [("document", "line 10"), ("known", STALE.note)]
    assert waived.pairs()[1:4] == [("known", WAIVED.note), ("expected", "400"), ("seen", "201")]
    assert [row.text for row in root.one("ul", class_="broken").all("li")] == [
        "fail shop.listOrders.paging.sizeexpected at most 2 rows, saw 3 rows",
        f"stale shop.a{STALE.note}",
    ]


def test_what_the_run_left_behind_is_told() -> None:
    section = tree(FULL).one(id="cleanup")
    assert section.one("p").text == "cleanup: 3 removed, 1 gone already, 1 not removed"
    assert [line.text for line in section.all("li")] == [
        "left by design, 2 times: no call deletes an order",
        "not removed: what placeOrder made, w1-7 in the ledger: it answered 500 (look for t0a-1)",
    ]
    assert list(tree(replace(FULL, cleanup=Cleanup())).all(id="cleanup")) == []
    assert list(tree(sample.RED).all(id="cleanup")) == []


def test_filters_count_what_the_cards_say() -> None:
    root = tree(FULL)
    form = root.one("form", id="filters")
    assert "hidden" in form.attributes, "without a script there is nothing to filter with"
    cards = list(root.all("details", class_="clause"))
    assert len(cards) == len(FULL.judgements)
    for facet in ("verdict", "level", "kind"):
        values = [found.attributes[f"data-{facet}"] for found in cards]
        counts = {button.attributes["data-value"]: button.one("span").text for button in form.all(data_facet=facet)}
        assert counts == {value: str(values.count(value)) for value in values}
    assert [option.text for option in form.one("select").all("option")] == [
        "all", "listOrders", "placeOrder", "(any operation)", "dropOrder",
    ]  # fmt: skip
    assert form.one("output").text == f"{len(FULL.judgements)} clauses"


def test_every_control_has_a_name() -> None:
    form = tree(FULL).one("form")
    labelled = [node for label in form.all("label") for node in label.all() if node.tag in ("input", "select")]
    controls = [node for node in form.all() if node.tag in ("input", "select")]
    assert (len(labelled), labelled) == (2, controls)
    assert [node for node in form.all("button") if not node.text.strip()] == []


def test_a_page_of_800_failures_stays_small() -> None:
    said = Exchange("listOrders", "curl " + "'x\"' " * 110, 200, '{"a": "<b>"}' * 170)
    many = [
        sample.judged(
            sample.clause(f"listOrders.query.a-rather-long-parameter-{number}.required"),
            Verdict.FAIL,
            *(sample.fail(f"laws.node_rules.refused[{number}]", "400", f"200 {other}", said) for other in range(2)),
        )
        for number in range(800)
    ]
    assert len(page(sample.run_of(*many)).encode()) < 1_500_000


def test_the_command_writes_beside_the_file_or_where_it_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_results(FULL, tmp_path / "results.json")
    assert main([str(tmp_path / "results.json")]) == 0
    assert main([str(tmp_path / "results.json"), "-o", str(tmp_path / "other.html")]) == 0
    assert capsys.readouterr().out.splitlines() == [str(tmp_path / "report.html"), str(tmp_path / "other.html")]
    assert (tmp_path / "report.html").read_bytes() == (tmp_path / "other.html").read_bytes() == page(FULL).encode()


@pytest.mark.parametrize(
    ("content", "output", "message"),
    [
        (None, "report.html", "results.json cannot be read: No such file or directory"),
        ("{", "report.html", "is cut off or no JSON"),
        ('{"$schema": "a\\nb"}', "report.html", "is no results file of this version"),
        ("whole", "no/such/folder.html", "folder.html cannot be written: No such file or directory"),
    ],
)
def test_what_cannot_be_used_exits_2_in_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str | None, output: str, message: str
) -> None:
    path = tmp_path / "results.json"
    if content == "whole":
        write_results(FULL, path)
    elif content is not None:
        path.write_text(content)
    assert main([str(path), "-o", str(tmp_path / output)]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("conformance: ")
    assert message in line
    assert not (tmp_path / output).exists()
