"""The groups that reports sort clauses into: columns of their tables, in their order of urgency."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from conformance.report.wording import mark
from conformance.verdict import Judgement, Treatment, Verdict

ANY_OPERATION = "(any operation)"

COLUMNS = ("pass", "fail", "warn/note", "blocked", "not run", "n/a", "excluded")
"""What a table of verdicts counts; ``columns`` adds what else a run holds."""

MEANINGS: Mapping[str, str] = {
    "error": "The suite itself failed in judging these. That is its own fault and says nothing about the target.",
    "fail": "The target breaks what the document promises. Any one of these makes the run fail.",
    "warn/note": "The target differs where the document only advises (SHOULD: warn) or leaves a choice (MAY: note). "
    "These do not make the run fail.",
    "stale": "Known to be broken, and not broken any more. What says so must go: any one of these makes the run fail.",
    "waived": "Broken in the very way that was known before. These do not make the run fail.",
    "blocked": "These could not be judged, because something that must work first did not.",
    "not run": "No check spoke about these.",
    "pass": "Judged, and kept.",
    "n/a": "Not applicable: judging these needs a capability that the target does not claim, or writes that it "
    "forbids.",
    "excluded": "No request can show whether these are kept, so no run judges them.",
    "not selected": "The command line left these out.",
}
"""What the columns mean, for someone who never saw the suite."""

ORDER = (
    "error", "fail", "stale", "warn/note", "waived", "blocked", "not run", "pass", "n/a", "excluded", "not selected",
)  # fmt: skip
"""Columns, the worst first. One that is not named here follows on ``fail``."""
LEVELS = ("MUST", "SHOULD", "MAY")

_JUDGED = (Verdict.PASS, Verdict.FAIL)
_USUAL = (Treatment.GATING, Treatment.ADVISORY)
_SHORT = {Verdict.NOT_RUN: "not run", Verdict.NOT_APPLICABLE: "n/a", Verdict.NOT_SELECTED: "not selected"}


def column(judgement: Judgement) -> str:
    """The column of a table that counts a clause. A treatment beside gating and advisory has one of its own name."""
    if judgement.verdict in _JUDGED and judgement.treatment not in _USUAL:
        return judgement.treatment.value
    if judgement.verdict is Verdict.FAIL and judgement.treatment is Treatment.ADVISORY:
        return "warn/note"
    return _SHORT.get(judgement.verdict, judgement.verdict.value)


def columns(judgements: Iterable[Judgement]) -> tuple[str, ...]:
    """The columns of a table of these: the usual ones, and what else they need."""
    return (*COLUMNS, *sorted({column(judgement) for judgement in judgements} - set(COLUMNS)))


def by_operation(judgements: Iterable[Judgement]) -> Mapping[str, Counter[str]]:
    """Operation -> column -> clauses; what is about every operation stands last."""
    rows: dict[str, Counter[str]] = {}
    for judgement in sorted(judgements, key=lambda j: j.clause.operation is None):
        rows.setdefault(judgement.clause.operation or ANY_OPERATION, Counter())[column(judgement)] += 1
    return rows


def rank(name: str) -> float:
    """Where a column stands in the order of urgency."""
    return ORDER.index(name) if name in ORDER else ORDER.index("fail") + 0.5


def presses(judgement: Judgement) -> bool:
    """Whether a reader should see it before all else. What is of a kind that has no place in the order yet does."""
    return rank(column(judgement)) <= rank("warn/note")


def by_urgency(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The worst first; of what is refused, what must be before what should be."""

    def urgency(judgement: Judgement) -> tuple[float, str, int]:
        refused = judgement.verdict in (Verdict.ERROR, Verdict.FAIL)
        return rank(column(judgement)), column(judgement), LEVELS.index(judgement.clause.level) if refused else 0

    return sorted(judgements, key=urgency)


def badge(judgement: Judgement) -> str:
    """The word in front of a clause where each has one: the name of its column, warn and note told apart."""
    return mark(judgement) if column(judgement) == "warn/note" else column(judgement)
