"""Two tables by operation: verdicts, and what made-up requests reached."""

from __future__ import annotations

from collections import Counter

from conformance.coverage import Coverage
from conformance.report.columns import by_operation, rank
from conformance.report.fuzzing import advice_lines, links_followed, share_of_valid
from conformance.report.html.markup import Content, Markup, element
from conformance.report.html.names import breakable, link, slug
from conformance.report.wording import number_of
from conformance.run_result import RunResult
from specs.model import status_text

ALWAYS = ("pass", "fail")
"""Columns that are shown even when nothing is in them."""

REACHED = {
    "operation": None,
    "requests": None,
    "valid": None,
    "answers": "left",
    "links followed": "left",
    "not reached": "left",
}
"""Columns, and the side that their content stands on. What is not reached are documented statuses."""
ANSWER = 1000
"""Characters of an answer that is worth a look."""


def operations(result: RunResult) -> Markup:
    """Operations by verdict; a number leads to its clauses."""
    rows = by_operation(result.judgements)
    total = sum(rows.values(), Counter[str]())
    names = sorted(total.keys() | set(ALWAYS), key=lambda name: (name != "pass", rank(name), name))
    head = element("tr", element("th", "operation", scope="col"), [element("th", name, scope="col") for name in names])
    body = [_row(operation, row, names, operation) for operation, row in rows.items()]
    foot = _row("all operations", total, names, None)
    return element(
        "section",
        element("h2", "By operation"),
        _scrolled("Verdicts by operation", element("thead", head), element("tbody", body), element("tfoot", foot)),
        id="operations",
    )


def _row(title: str, row: Counter[str], names: list[str], operation: str | None) -> Markup:
    cells = [element("td", _number(row[name], name, operation), class_=None if row[name] else "zero") for name in names]
    return element(
        "tr", element("th", link("clauses", breakable(title), data_operation=operation or ""), scope="row"), cells
    )


def _number(count: int, name: str, operation: str | None) -> Content:
    anchor = f"verdict-{slug(name)}"
    return link(anchor, count, class_=slug(name), data_verdict=name, data_operation=operation or "") if count else 0


def coverage(result: RunResult) -> Content:
    """What made-up requests reached; nothing where there were none."""
    if not result.coverage:
        return None
    sent = sum(one.sent for one in result.coverage)
    idle = sum(not one.succeeded for one in result.coverage)
    said = f"{number_of(idle, 'operation')} never gave a success" if idle else "each operation gave a success"
    head = element("tr", [element("th", name, scope="col", class_=side) for name, side in REACHED.items()])
    table = _scrolled(
        "What made-up requests reached", element("thead", head), element("tbody", map(_reached, result.coverage))
    )
    return element(
        "section",
        element("h2", "Made-up requests"),
        element(
            "p",
            f"Besides its checks, the suite made up {number_of(sent, 'request')} ({result.fuzz}, seed {result.seed}), "
            f"some that the document allows and some that it does not, and judged every answer: {said}.",
        ),
        element("details", element("summary", "What they reached, by operation"), table, open=idle > 0),
        _advice(result),
        id="made-up",
    )


def _reached(one: Coverage) -> Markup:
    answers = [
        element("span", element("b", status), f" × {count}", class_=f"status status-{status // 100}")
        for status, count in one.statuses.items()
    ]
    idle = None if one.succeeded else element("span", "no success", class_="badge fail")
    return element(
        "tr",
        element("th", breakable(one.operation), scope="row"),
        element("td", one.sent),
        element("td", f"{share_of_valid(one)} %"),
        element("td", answers, idle, class_="left"),
        element("td", links_followed(one) or "–", class_="left"),
        element("td", ", ".join(map(status_text, one.unreached)) or "–", class_="left"),
    )


def _advice(result: RunResult) -> Content:
    """What is worth a look and fails no run."""
    advised = sum(one.advised for one in result.coverage)
    if not advised:
        return None
    told = [pair for one in result.coverage for pair in advice_lines(one, ANSWER)]
    pieces = element("dl", [(element("dt", label), element("dd", _shown(label, text))) for label, text in told])
    return element("details", element("summary", f"Worth a look ({advised}); fails no run"), pieces, class_="further")


def _shown(label: str, text: str) -> Content:
    return element("pre", text, class_=label, tabindex=0) if label in ("request", "answer") else text


def _scrolled(label: str, *parts: Markup) -> Markup:
    """A table that a narrow window can move sideways, by keyboard, too."""
    return element("div", element("table", *parts), class_="scrolled", role="region", aria_label=label, tabindex=0)
