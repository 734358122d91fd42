"""The filters above the clauses. They are hidden until the script of the page works them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from conformance.report.columns import ANY_OPERATION, LEVELS, column, rank
from conformance.report.html.markup import Markup, element
from conformance.report.wording import number_of
from conformance.run_result import RunResult
from conformance.verdict import Judgement

FACETS: dict[str, tuple[Callable[[Judgement], str], Callable[[str], float | str]]] = {
    "verdict": (column, rank),
    "level": (lambda judgement: judgement.clause.level, LEVELS.index),
    "kind": (lambda judgement: judgement.clause.kind, str),
}
"""Name -> what it reads of a clause, and the order of its buttons."""


def filters(result: RunResult) -> Markup:
    """A form without a target: its buttons are the script's."""
    total = len(result.judgements)
    return element(
        "form",
        element(
            "details",
            element(
                "summary", "Filter ", element("output", number_of(total, "clause"), id="shown", aria_live="polite")
            ),
            element(
                "label", "Text", element("input", type="search", id="words", placeholder="id, text, request, answer")
            ),
            [_buttons(name, result) for name in FACETS],
            element("label", "Operation", _operations(result)),
            element(
                "p",
                element("button", "Clear filters", type="reset"),
                element("button", "Open all", type="button", id="unfold"),
            ),
            open=True,
        ),
        id="filters",
        hidden=True,
        aria_label="Filter the clauses",
    )


def _buttons(name: str, result: RunResult) -> Markup:
    read, order = FACETS[name]
    counts = Counter(read(judgement) for judgement in result.judgements)
    buttons = [
        element(
            "button",
            value,
            " ",
            element("span", counts[value]),
            type="button",
            aria_pressed="false",
            data_facet=name,
            data_value=value,
        )
        for value in sorted(counts, key=order)
    ]
    return element("fieldset", element("legend", name.capitalize()), buttons)


def _operations(result: RunResult) -> Markup:
    names = dict.fromkeys(judgement.clause.operation or ANY_OPERATION for judgement in result.judgements)
    options = [element("option", name, value=name) for name in names]
    return element("select", element("option", "all", value=""), options, id="operation")
