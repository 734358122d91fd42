"""What stands above the clauses: how the run ended, what was judged, and tables by operation."""

from __future__ import annotations

from collections.abc import Mapping

from conformance.ledger.cleanup import Cleanup
from conformance.report.columns import badge, by_urgency, column, presses
from conformance.report.escape import shorten
from conformance.report.html.clauses import grouped
from conformance.report.html.markup import Content, Markup, element, lines, together
from conformance.report.html.names import clause_link, link, slug
from conformance.report.wording import ENDINGS, cause, cleanup_lines, headline
from conformance.run_result import RunResult

LONG = {
    "roles": "Roles: names that the target lent to the checks",
    "arguments": "Arguments of valid requests",
}
"""Fields of a target that are folded up."""
LISTED = 10
"""Clauses that the list of what is broken names."""
HEADLINE = 200
"""Characters that it says about each of them."""
SLIVER = 120
"""A verdict gets at least this part of the bar, so that one failure among hundreds is seen."""


def title(result: RunResult) -> str:
    """How the run ended, in a line."""
    return f"{result.api} {ENDINGS[result.exit_code]}: {cause(result)}"


def header(result: RunResult) -> Markup:
    """How the run ended and why, the numbers, and what is broken."""
    code = result.exit_code
    return element(
        "header",
        element(
            "p", "Conformance of ", element("b", result.api), " at ", element("code", _address(result)), class_="at"
        ),
        element("h1", element("span", ENDINGS[code], class_=f"ending ending-{code.name.lower()}"), " ", cause(result)),
        element("p", f"exit {code.value} · {result.counts}", class_="counts"),
        element("pre", lines(result.stopped)) if "\n" in result.stopped else None,
        _bar(result),
        _chips(result),
        _broken(result),
    )


def _address(result: RunResult) -> str:
    return str(result.target.get("base_url") or "an unknown address")


def _bar(result: RunResult) -> Content:
    """The verdicts as shares of a bar."""
    groups = grouped(result.judgements)
    total = sum(map(len, groups.values()))
    parts, start = [], 0
    for name, group in groups.items():
        width = max(len(group), total // SLIVER)
        parts.append(element("rect", class_=slug(name), x=start, y=0, width=width, height=10))
        start += width
    label = ", ".join(f"{len(group)} {name}" for name, group in groups.items())
    return element(
        "svg", parts, class_="bar", viewBox=f"0 0 {start} 10", preserveAspectRatio="none", role="img", aria_label=label
    )


def _chips(result: RunResult) -> Markup:
    chips = [
        element("li", link(f"verdict-{slug(name)}", element("b", len(group)), f" {name}", class_=f"badge {slug(name)}"))
        for name, group in grouped(result.judgements).items()
    ]
    return element("ul", chips, class_="chips")


def _broken(result: RunResult) -> Content:
    """The worst of it, so that nobody must scroll to see it."""
    refused = [judgement for judgement in by_urgency(result.judgements) if presses(judgement)]
    if not refused:
        return None
    rows = [
        element(
            "li",
            element("span", badge(j), class_=f"badge {slug(column(j))}"),
            " ",
            clause_link(j.clause.id),
            element("span", shorten(headline(j), HEADLINE), class_="muted"),
        )
        for j in refused[:LISTED]
    ]
    left = len(refused) - len(rows)
    more = element("p", "and ", link("clauses", f"{left} more below"), class_="muted") if left else None
    return together(element("h2", "What did not hold"), element("ul", rows, class_="broken"), more)


def cleanup(result: RunResult) -> Content:
    """What became of all that the run made; nothing where it made nothing."""
    if result.cleanup is None or result.cleanup == Cleanup():
        return None
    summary, *rest = (line.strip() for line in cleanup_lines(result.cleanup))
    left = element("ul", [element("li", line) for line in rest]) if rest else None
    return element("section", element("h2", "What the run left behind"), element("p", summary), left, id="cleanup")


def facts(result: RunResult) -> Markup:
    """What was judged, how, and by whom."""
    started = result.started.replace("T", " ").replace("+00:00", " UTC")
    run: dict[str, Content] = {
        "API": result.api,
        "started": element("time", started, datetime=result.started),
        "duration": f"{result.duration:.1f} s",
        "seed": result.seed,
        "run tag": (element("code", result.run_tag), " marks what the run created"),
        "clauses": _value(list(result.select)) if result.select else "all",
        "made-up requests": result.fuzz,
        "workers": result.workers or "none, judged in one process",
        "partial judging": "allowed" if result.allow_partial else "not allowed",
        "faults of the mock": "unknown" if result.faults is None else result.faults,
        "judged with": f"workflow-contract-kit {result.version}",
    }
    said = {name: value for name, value in result.target.items() if value is not None and name != "api"}
    target = {name.replace("_", " "): _value(value) for name, value in said.items() if name not in LONG}
    lists = [_folded(title, said[name]) for name, title in LONG.items() if said.get(name)]
    return element(
        "section",
        element("h2", "What was judged"),
        element(
            "div",
            element("div", element("h3", "Run"), _list(run)),
            element("div", element("h3", "Target"), _list(target), lists),
            class_="columns",
        ),
        id="run",
    )


def _folded(title: str, value: object) -> Content:
    """A long list, which few need."""
    content = _list({name: _value(inner) for name, inner in value.items()}) if isinstance(value, Mapping) else None
    return element("details", element("summary", title), content, class_="folded")


def _list(values: Mapping[str, Content]) -> Markup:
    return element("dl", [(element("dt", name), element("dd", value)) for name, value in values.items()])


def _value(value: object) -> Content:
    """A value of a target, as JSON has them."""
    if value in (None, "", [], (), {}):
        return element("span", "none", class_="muted")
    match value:
        case bool():
            return "yes" if value else "no"
        case Mapping():
            return [element("div", f"{name}: ", _value(inner)) for name, inner in value.items()]
        case list() | tuple():
            return [(", " if number else "", _value(inner)) for number, inner in enumerate(value)]
        case _:
            return element("code", str(value))
