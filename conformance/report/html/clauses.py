"""Every clause with its verdict: groups by verdict, the worst first, and a card for each clause."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from conformance.outcome import Reason
from conformance.report.columns import ANY_OPERATION, MEANINGS, badge, by_urgency, column, presses
from conformance.report.html.markup import Content, Markup, element, together
from conformance.report.html.names import breakable, clause_link, link, slug
from conformance.report.wording import blockers, fields, number_of, telling, told, why_out_of_scope
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict
from specs.model import Clause

ANSWER = 2000
"""Characters of an answer, as long as all answers together stay within ``ANSWERS``."""
ANSWERS = 150_000
"""Characters of all answers of a page. A server that breaks everything makes them shorter, so that the page opens."""
LEAST = 150
"""Characters of an answer in any case."""
LISTED = 10
"""Clauses that the list of what a clause blocks names."""
FURTHER = 3
"""Further checks of a clause that are shown with what they saw, as long as no answer must be shorter."""

OUT_OF_SCOPE = (Verdict.NOT_APPLICABLE, Verdict.EXCLUDED, Verdict.NOT_SELECTED)


def grouped(judgements: Iterable[Judgement]) -> Mapping[str, list[Judgement]]:
    """Column -> its clauses, the worst first."""
    groups: dict[str, list[Judgement]] = {}
    for judgement in by_urgency(judgements):
        groups.setdefault(column(judgement), []).append(judgement)
    return groups


def clauses(result: RunResult) -> Markup:
    """All groups."""
    cards = _Cards(result)
    return element("div", [cards.group(name, group) for name, group in grouped(result.judgements).items()], id="groups")


class _Cards:
    def __init__(self, result: RunResult) -> None:
        self.result = result
        self.ids = {judgement.clause.id for judgement in result.judgements}
        self.stopped_by: dict[str, list[str]] = {}
        for judgement in result.judgements:
            for blocker in blockers(judgement):
                self.stopped_by.setdefault(blocker, []).append(judgement.clause.id)
        answers = sum(
            reason.exchange is not None for judgement in result.judgements for reason in judgement.reasons[:1]
        )
        self.limit = max(LEAST, min(ANSWER, ANSWERS // max(answers, 1)))

    def group(self, name: str, group: list[Judgement]) -> Markup:
        """One verdict: what it means, and who got it."""
        return element(
            "section",
            element(
                "h3",
                element("span", name, class_=f"badge {slug(name)}"),
                element("span", number_of(len(group), "clause"), class_="count"),
            ),
            element("p", MEANINGS[name], class_="muted") if name in MEANINGS else None,
            self._by_blocker(group) if name == "blocked" else self._cards(group),
            class_="group",
            id=f"verdict-{slug(name)}",
        )

    def _by_blocker(self, group: list[Judgement]) -> Iterator[Content]:
        by: dict[tuple[str, ...], list[Judgement]] = {}
        for judgement in group:
            by.setdefault(tuple(blockers(judgement)), []).append(judgement)
        for names, blocked in by.items():
            ways = [(" and " if number else "", self._blocker(name)) for number, name in enumerate(names)]
            title = element("h4", "by ", ways or "nothing that has a name", ": ", number_of(len(blocked), "clause"))
            remark = next((reason.seen for j in blocked for reason in j.reasons if reason.seen), "")
            cards = self._cards(blocked)
            yield element(
                "div", title, element("p", remark, class_="seen") if remark else None, cards, class_="subgroup"
            )

    def _cards(self, group: Iterable[Judgement]) -> Markup:
        return element("div", [self.card(judgement) for judgement in group], class_="cards")

    def card(self, judgement: Judgement) -> Markup:
        """One clause, readable alone."""
        clause, operation = judgement.clause, judgement.clause.operation or ANY_OPERATION
        why = why_out_of_scope(judgement, self.result) if judgement.verdict in OUT_OF_SCOPE else None
        summary = element(
            "summary",
            element("span", badge(judgement), class_=f"badge {slug(column(judgement))}"),
            element("code", breakable(clause.id), class_="id"),
            element("span", " · ".join(_kind(judgement)), class_="meta"),
            element("span", clause.text, class_="text"),
            element("span", why, class_="why") if why else None,
        )
        return element(
            "details",
            summary,
            element("dl", self._facts(judgement)),
            self._further(judgement),
            class_="clause",
            id=clause.id,
            open=presses(judgement),
            data_verdict=column(judgement),
            data_level=clause.level,
            data_kind=clause.kind,
            data_operation=operation,
        )

    def _facts(self, judgement: Judgement) -> Iterator[Content]:
        clause, reasons = judgement.clause, telling(judgement)
        for label, text in fields(judgement, self.limit):
            yield self._fact(label, text)
        if not reasons and clause.expect:
            yield self._fact("expected", str(clause.expect))
        if not reasons and judgement.checks:
            yield self._fact("judged by", number_of(judgement.checks, "check"))
        stopped = self.stopped_by.get(f"clause {clause.id}", ())
        if stopped:
            links = [(", " if number else "", clause_link(name)) for number, name in enumerate(stopped[:LISTED])]
            left = len(stopped) - LISTED
            yield _pair(
                "blocks", number_of(len(stopped), "clause"), ": ", links, f" and {left} more" if left > 0 else None
            )
        yield _pair("link", link(clause.id, "to this clause"))

    def _further(self, judgement: Judgement) -> Content:
        """What other checks saw, as far as it differs."""
        by_sight: dict[tuple[str, str], Reason] = {}
        for reason in telling(judgement):
            by_sight.setdefault((reason.expected, reason.seen), reason)
        different = list(by_sight.values())[1:]
        if not different or self.limit < ANSWER:
            return None
        shown = different[:FURTHER]
        left = len(different) - len(shown)
        return element(
            "details",
            element("summary", f"What other checks saw ({len(different)})"),
            [element("dl", self._told(reason, judgement.clause)) for reason in shown],
            element("p", f"and {left} more; results.json lists all", class_="muted") if left else None,
            class_="further",
        )

    def _told(self, reason: Reason, clause: Clause) -> Iterator[Content]:
        for label, text in told(reason, clause, LEAST):
            yield self._fact(label, text)

    def _fact(self, label: str, text: str) -> Markup:
        if label == "blocked":
            return _pair(label, "by ", self._blocker(text.removeprefix("by ")))
        if label == "answer":  # may be long, so it scrolls, by keyboard, too
            return _pair(label, element("pre", text, class_=label, tabindex=0))
        if label == "request":
            return _pair(label, element("pre", text, class_=label))
        if label == "check":
            return _pair(label, element("code", breakable(text)))
        return _pair(label, text, class_="seen" if label == "seen" else None)

    def _blocker(self, blocker: str) -> Content:
        """A blocker; one that is a clause of this page is a link."""
        kind, _, name = blocker.partition(" ")
        return (f"{kind} ", clause_link(name)) if kind == "clause" and name in self.ids else blocker


def _pair(label: str, *content: Content, class_: str | None = None) -> Markup:
    return together(element("dt", label), element("dd", content, class_=class_))


def _kind(judgement: Judgement) -> Iterator[str]:
    """What sort of clause it is, and that it does not gate where its verdict does not say so."""
    clause = judgement.clause
    yield from (clause.level, clause.kind)
    if judgement.verdict in (Verdict.BLOCKED, Verdict.NOT_RUN) and judgement.treatment is not Treatment.GATING:
        yield judgement.treatment.value
