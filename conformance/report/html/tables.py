"""Two tables by operation: verdicts, and what made-up requests reached."""

from __future__ import annotations

from collections import Counter

from conformance.coverage import Coverage
from conformance.report.columns import by_operation, rank
from conformance.report.html.markup import Content, Markup, element
from conformance.report.html.names import breakable, link, slug
from conformance.report.wording import number_of
from conformance.run_result import RunResult

ALWAYS = ("pass", "fail")
"""Columns that are shown even when nothing is in them."""

REACHED = {"operation": None, "requests": None, "valid": None, "answers": "left", "not reached": "left"}
"""Columns, and the side that their content stands on. What is not reached are documented statuses."""


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
    sent = sum(one.valid + one.wrong for one in result.coverage)
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
        id="made-up",
    )


def _reached(one: Coverage) -> Markup:
    sent = one.valid + one.wrong
    answers = [
        element("span", element("b", status), f" × {count}", class_=f"status status-{status // 100}")
        for status, count in one.statuses.items()
    ]
    idle = None if one.succeeded else element("span", "no success", class_="badge fail")
    return element(
        "tr",
        element("th", breakable(one.operation), scope="row"),
        element("td", sent),
        element("td", f"{round(100 * one.valid / max(sent, 1))} %"),
        element("td", answers, idle, class_="left"),
        element("td", ", ".join(map(str, one.unreached)) or "–", class_="left"),
    )


def _scrolled(label: str, *parts: Markup) -> Markup:
    """A table that a narrow window can move sideways, by keyboard, too."""
    return element("div", element("table", *parts), class_="scrolled", role="region", aria_label=label, tabindex=0)
