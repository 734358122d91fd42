"""The words that the reports have in common."""

from __future__ import annotations

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
        where = "silent" if clause.why or not clause.derived else "the OpenAPI document"
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
        yield "status", str(exchange.status or "none")
        yield "answer", shorten(exchange.answer, limit) or "(no body)"
    yield "check", reason.check
