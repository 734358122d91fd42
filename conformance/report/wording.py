"""The words that the reports have in common."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from conformance.exitcode import ExitCode
from conformance.ledger.cleanup import Cleanup
from conformance.outcome import Reason
from conformance.report.escape import shorten
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict
from specs.model import Clause

SENTENCE = 300
"""Characters of an error's text that fit into the sentence about the exit code."""

NAMES = 3
"""Names of further checks that are worth listing."""

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

ENDINGS: Mapping[ExitCode, str] = {
    ExitCode.OK: "passed",
    ExitCode.FAILED: "failed",
    ExitCode.INCOMPLETE: "incomplete",
    ExitCode.UNREACHABLE: "unreachable",
    ExitCode.INTERNAL: "fault of the suite",
    ExitCode.INTERRUPTED: "interrupted",
    ExitCode.USAGE: "not usable",
}
"""How a run ended, in a word or two."""

_JUDGED = (Verdict.PASS, Verdict.FAIL)
_USUAL = (Treatment.GATING, Treatment.ADVISORY)
_SHORT = {Verdict.NOT_RUN: "not run", Verdict.NOT_APPLICABLE: "n/a", Verdict.NOT_SELECTED: "not selected"}


def number_of(count: int, noun: str) -> str:
    """``1 clause``, ``2 clauses``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def cause(result: RunResult) -> str:
    """Why the run ended with its exit code, in one sentence without a full stop."""
    counts = result.counts
    match result.exit_code:
        case ExitCode.OK:
            return "no gating clause is broken, and none was left unjudged"
        case ExitCode.FAILED:
            broken = number(result.judgements, Verdict.FAIL)
            stale = sum(j.treatment is Treatment.STALE for j in result.judgements)
            causes = [f"{number_of(broken, 'gating clause')} {'is' if broken == 1 else 'are'} broken"] if broken else []
            if stale:
                causes.append(f"what is known of {number_of(stale, 'clause')} does not hold any more")
            return " and ".join(causes)
        case ExitCode.INCOMPLETE:
            left = number(result.judgements, Verdict.BLOCKED, Verdict.NOT_RUN)
            if counts.judged == 0:
                return "nothing was judged"
            if left:
                return f"{number_of(left, 'clause')} in scope {'was' if left == 1 else 'were'} not judged"
            if result.cleanup is not None and not result.cleanup.clean:
                return f"{number_of(len(result.cleanup.failed), 'object')} that the run made may still be there"
            idle = [one.operation for one in result.coverage if not one.succeeded]
            if idle:
                return f"made-up requests never got a success from {', '.join(idle[:NAMES])}"
            asked = counts.in_scope + counts.not_applicable
            return f"only {counts.judged} of {asked} clauses that are in scope or not applicable were judged"
        case ExitCode.INTERNAL:
            if result.stopped:
                return f"the suite itself failed: {shorten(result.stopped, SENTENCE)}"
            causes = []
            if counts.errors:
                causes.append(f"the suite itself failed in judging {number_of(counts.errors, 'clause')}")
            if result.faults:
                causes.append(f"the mock counted {number_of(result.faults, 'fault')} of its own")
            return " and ".join(causes) or "a fault of the suite"
        case ExitCode.UNREACHABLE:
            return shorten(result.stopped, SENTENCE) or "the target does not answer as this API"
        case ExitCode.INTERRUPTED:
            return shorten(result.stopped, SENTENCE) or "somebody stopped the run"
        case ExitCode.USAGE:
            return shorten(result.stopped, SENTENCE) or "the command line, the configuration or the spec is not usable"


def number(judgements: Iterable[Judgement], *verdicts: Verdict) -> int:
    """How many clauses gate with one of these verdicts."""
    return sum(j.verdict in verdicts and j.treatment is Treatment.GATING for j in judgements)


def mark(judgement: Judgement) -> str:
    """The word in front of a clause that did not pass; small letters for what does not gate."""
    if judgement.treatment is Treatment.STALE:
        return "STALE"
    if judgement.verdict is Verdict.FAIL and judgement.treatment is Treatment.ADVISORY:
        return "note" if judgement.clause.level == "MAY" else "warn"
    if judgement.verdict is Verdict.FAIL and judgement.treatment is not Treatment.GATING:
        return judgement.treatment.value
    return judgement.verdict.value.upper()


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


def blockers(judgement: Judgement) -> list[str]:
    """What stood in the way: kind and name of each, once."""
    return list(dict.fromkeys(reason.blocker for reason in judgement.reasons if reason.blocker))


def headline(judgement: Judgement) -> str:
    """What went wrong, in one line."""
    if judgement.treatment is Treatment.STALE:
        return judgement.note
    reason = next(iter(telling(judgement)), None)
    if reason is None:
        return "no check spoke about this clause"
    if reason.blocker:
        return f"blocked by {reason.blocker}" + (f": {reason.seen}" if reason.seen else "")
    return f"expected {expected(reason, judgement.clause)}, saw {seen(reason)}"


def cleanup_lines(cleanup: Cleanup) -> Iterator[str]:
    """What became of all that a run made."""
    yield f"cleanup: {cleanup.removed} removed, {cleanup.gone} gone already, {len(cleanup.failed)} not removed"
    for why, count in cleanup.left.items():
        yield f"  left by design, {number_of(count, 'time')}: {why}"
    for one in cleanup.failed:
        names = f" (look for {', '.join(one.marks[:NAMES])})" if one.marks else ""
        yield f"  not removed: what {one.operation} made, {one.entry} in the ledger: {one.seen}{names}"


def place(clause: Clause) -> str:
    """Where in the document a clause stands, and what was assumed where the document is silent.

    The sentence of an excluded clause is no assumption: it says why no run judges it."""
    if clause.lines is None:
        where = "silent"
    else:
        first, last = clause.lines
        where = f"line {first}" if first == last else f"lines {first}-{last}"
    return f"{where}; assumed: {clause.why}" if clause.why and clause.excluded is None else where


def why_out_of_scope(judgement: Judgement, result: RunResult) -> str:
    """Why a clause was not to be judged."""
    clause = judgement.clause
    if judgement.verdict is Verdict.EXCLUDED:
        return f"{clause.excluded}: {clause.why}" if clause.why else str(clause.excluded)
    if judgement.verdict is Verdict.NOT_SELECTED:
        return "not selected"
    claimed = result.target.get("capabilities")
    if clause.capability is not None and not (isinstance(claimed, list | tuple) and clause.capability in claimed):
        return f"the target does not claim the capability {clause.capability}"
    missing = sorted({reason.blocker.removeprefix("capability ") for reason in judgement.reasons})
    if missing and missing != ["writes"]:
        return f"the target lacks the capability {', '.join(missing)}"
    return "the target forbids writing"


def telling(judgement: Judgement) -> list[Reason]:
    """The reasons that made the verdict: those as bad as the verdict itself."""
    return [reason for reason in judgement.reasons if reason.status.value == judgement.verdict.value]


def expected(reason: Reason, clause: Clause) -> str:
    """What a check expected; where it does not say, what the clause asks for."""
    return reason.expected or (str(clause.expect) if clause.expect else "what the clause says")


def seen(reason: Reason) -> str:
    """What a check saw; where it does not say, the status of the answer."""
    return reason.seen or (f"status {reason.exchange.status}" if reason.exchange else "something else")


def fields(judgement: Judgement, limit: int, *, everything: bool = False) -> Iterator[tuple[str, str]]:
    """Label and text of what a report says about a clause that did not pass, for someone who never saw the suite.

    ``limit`` cuts the answers; ``everything`` gives each reason instead of the first one.
    """
    clause = judgement.clause
    yield "document", place(clause)
    if judgement.note:
        yield "known", judgement.note
    reasons = telling(judgement)
    for reason in reasons if everything else reasons[:1]:
        yield from told(reason, clause, limit)
    if reasons and not everything:
        others = [name for name in dict.fromkeys(reason.check for reason in reasons) if name != reasons[0].check]
        if others:
            names = ", ".join(others[:NAMES]) + (", ..." if len(others) > NAMES else "")
            yield "also", f"{number_of(len(others), 'other check')}: {names}"


def told(reason: Reason, clause: Clause, limit: int) -> Iterator[tuple[str, str]]:
    """Label and text of what one check says; ``limit`` cuts the answer."""
    exchange = reason.exchange
    if reason.blocker:
        yield "blocked", f"by {reason.blocker}"
    else:
        yield "expected", expected(reason, clause)
    if reason.seen or exchange is not None:
        yield "seen", seen(reason)
    if exchange is not None:
        yield "request", exchange.curl
        yield "status", str(exchange.status)
        yield "answer", shorten(exchange.answer, limit) or "(no body)"
    yield "check", reason.check
