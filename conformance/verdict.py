"""From outcomes of checks to verdicts of clauses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from conformance.known import KnownFailures
from conformance.outcome import Outcome, Reason, Status
from specs.model import Clause, Contract


class Verdict(StrEnum):
    """What a run says about a clause. The first five are in scope, worst last."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    NOT_RUN = "not-run"
    BLOCKED = "blocked"
    FAIL = "fail"
    ERROR = "error"
    NOT_APPLICABLE = "not-applicable"
    EXCLUDED = "excluded"
    NOT_SELECTED = "not-selected"


IN_SCOPE = (Verdict.PASS, Verdict.NOT_RUN, Verdict.BLOCKED, Verdict.FAIL, Verdict.ERROR)
"""From best to worst: a clause gets the worst that any of its checks says."""


class Treatment(StrEnum):
    """What a verdict does to the run."""

    GATING = "gating"
    """A MUST: broken, it fails the run."""
    ADVISORY = "advisory"
    """A SHOULD or a MAY."""
    WAIVED = "waived"
    """Broken in the very way that is known: by the register of a released server, or by a waiver file."""
    STALE = "stale"
    """Known to be broken, and it is not any more: what says so must go, so the run fails."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A clause and what the run says about it."""

    clause: Clause
    verdict: Verdict
    treatment: Treatment
    reasons: tuple[Reason, ...] = ()
    """What the verdict rests on: everything that is not a pass."""
    checks: int = 0
    """How many outcomes spoke about the clause."""
    note: str = ""
    """What is known about it beforehand: why it is waived or stale, or that a waiver has expired."""


def treatment_of(clause: Clause) -> Treatment:
    """MUST gates; SHOULD and MAY advise."""
    return Treatment.GATING if clause.level == "MUST" else Treatment.ADVISORY


def judge_clauses(
    contract: Contract,
    outcomes: Iterable[Outcome],
    *,
    selected: Callable[[str], bool] = lambda _: True,
    claimed: frozenset[str] = frozenset(),
    may_call: Callable[[str], bool] = lambda _: True,
    known: KnownFailures | None = None,
) -> list[Judgement]:
    """A judgement for every clause of the contract, in its order.

    ``selected`` takes a clause id, ``claimed`` are the capabilities of the target, ``may_call`` takes an operationId
    and says whether the target allows the calls that judging it needs. ``known`` are the failures that were expected.
    """
    reasons = collect(outcomes)
    unknown = reasons.keys() - contract.clauses.keys()
    if unknown:
        raise LookupError(f"checks speak about clauses that the contract does not hold: {', '.join(sorted(unknown))}")
    judgements = {
        clause.id: _judge(clause, reasons.get(clause.id, ()), selected, claimed, may_call)
        for clause in contract.clauses.values()
    }
    judgements = {name: _inherit(judgement, judgements, contract.api) for name, judgement in judgements.items()}
    if known is not None:
        judgements = {name: _recognize(judgement, known) for name, judgement in judgements.items()}
    return [_weigh(judgement, judgements) for judgement in judgements.values()]


def collect(outcomes: Iterable[Outcome]) -> Mapping[str, list[Reason]]:
    """Clause id -> what speaks about it: the checks' own verdicts, and the answers booked on schema clauses."""
    found: dict[str, list[Reason]] = defaultdict(list)
    for outcome in outcomes:
        for clause in outcome.clauses:
            blocker = str(outcome.blocker) if outcome.blocker else ""
            found[clause].append(
                Reason(outcome.check, outcome.status, outcome.expected, outcome.seen, blocker, outcome.exchange)
            )
        for booking in outcome.bookings:
            status = Status.FAIL if booking.findings else Status.PASS
            seen = "; ".join(booking.findings)
            expected = "an answer as documented" if booking.findings else ""
            found[booking.clause].append(Reason(outcome.check, status, expected, seen, "", booking.exchange))
    return found


def _judge(
    clause: Clause,
    reasons: Iterable[Reason],
    selected: Callable[[str], bool],
    claimed: frozenset[str],
    may_call: Callable[[str], bool],
) -> Judgement:
    treatment = treatment_of(clause)
    spoken = list(reasons)
    telling = tuple(reason for reason in spoken if reason.status is not Status.PASS)
    if any(reason.status is Status.ERROR for reason in telling):  # a bug of ours counts wherever it happens
        return Judgement(clause, Verdict.ERROR, treatment, telling, len(spoken))
    if clause.excluded is not None:
        return Judgement(clause, Verdict.EXCLUDED, treatment)
    if not selected(clause.id):
        return Judgement(clause, Verdict.NOT_SELECTED, treatment)
    if clause.capability is not None and clause.capability not in claimed:
        return Judgement(clause, Verdict.NOT_APPLICABLE, treatment)
    if clause.operation is not None and not may_call(clause.operation):
        return Judgement(clause, Verdict.NOT_APPLICABLE, treatment)
    verdicts = [Verdict(reason.status.value) for reason in spoken] or [Verdict.NOT_RUN]
    worst = max(verdicts, key=IN_SCOPE.index)
    if worst is Verdict.BLOCKED and all(reason.blocker.startswith("capability ") for reason in telling):
        worst = Verdict.PASS if Verdict.PASS in verdicts else Verdict.NOT_APPLICABLE
    return Judgement(clause, worst, treatment, telling, len(spoken))


def _inherit(judgement: Judgement, judgements: Mapping[str, Judgement], api: str) -> Judgement:
    """An answer that nobody has seen: what kept its operation's valid request from being made kept it away, too."""
    clause = judgement.clause
    if judgement.verdict is not Verdict.NOT_RUN or clause.kind != "schema" or clause.operation is None:
        return judgement
    accepts = judgements.get(f"{api}.{clause.operation}.accepts")
    if accepts is None or accepts.verdict not in (Verdict.BLOCKED, Verdict.NOT_APPLICABLE):
        return judgement
    return replace(judgement, verdict=accepts.verdict, reasons=accepts.reasons)


def _recognize(judgement: Judgement, known: KnownFailures) -> Judgement:
    """A failure that was expected is waived; one that was and is not there any more is stale."""
    name, entries = judgement.clause.id, known.current(judgement.clause.id)
    if judgement.verdict is Verdict.PASS and entries:
        gone = "; ".join(entry.text for entry in entries)
        return replace(judgement, treatment=Treatment.STALE, note=f"is not broken any more, take it off: {gone}")
    if judgement.verdict is not Verdict.FAIL:
        return judgement
    if not known.explains(name, judgement.reasons):
        over = "; ".join(one.text for one in known.expired(name))
        other = "; ".join(entry.text for entry in entries)
        note = f"known in another way: {other}" if other else f"the waiver has expired: {over}" if over else ""
        return replace(judgement, note=note)
    unseen = known.unseen(name, judgement.reasons)
    if unseen:
        gone = ", ".join(map(str, unseen))
        return replace(judgement, treatment=Treatment.STALE, note=f"does not show as {gone} any more, take that off")
    return replace(judgement, treatment=Treatment.WAIVED, note="; ".join(entry.text for entry in entries))


def _weigh(
    judgement: Judgement, all_of_them: Mapping[str, Judgement], above: frozenset[str] = frozenset()
) -> Judgement:
    """What was not judged gates, whatever its level, unless advisory or waived clauses alone stood in the way.

    ``above`` names the clauses whose way this one stands in, so that clauses that block each other gate.
    """
    if judgement.verdict not in (Verdict.BLOCKED, Verdict.NOT_RUN):
        return judgement
    above |= {judgement.clause.id}
    blockers = {reason.blocker for reason in judgement.reasons if reason.status is Status.BLOCKED}
    weights = {_weight(blocker, all_of_them, above) for blocker in blockers} or {Treatment.GATING}
    worst = next(weight for weight in WEIGHTS if weight in weights)
    return replace(judgement, treatment=worst)


WEIGHTS = (Treatment.GATING, Treatment.WAIVED, Treatment.ADVISORY)
"""What stands in the way, from the heaviest on."""


def _weight(blocker: str, all_of_them: Mapping[str, Judgement], above: frozenset[str]) -> Treatment:
    """The treatment of a clause that stands in the way; what is no clause gates."""
    kind, _, name = blocker.partition(" ")
    if kind != "clause" or name not in all_of_them or name in above:
        return Treatment.GATING
    found = _weigh(all_of_them[name], all_of_them, above).treatment
    return found if found in WEIGHTS else Treatment.GATING


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of a run's last line."""

    passed: int = 0
    failed: int = 0
    errors: int = 0
    blocked: int = 0
    not_run: int = 0
    not_applicable: int = 0
    excluded: int = 0
    not_selected: int = 0

    @property
    def judged(self) -> int:
        return self.passed + self.failed

    @property
    def in_scope(self) -> int:
        return self.passed + self.failed + self.errors + self.blocked + self.not_run

    @classmethod
    def of(cls, judgements: Iterable[Judgement]) -> Counts:
        """Count the verdicts."""
        number: dict[Verdict, int] = defaultdict(int)
        for judgement in judgements:
            number[judgement.verdict] += 1
        return cls(
            passed=number[Verdict.PASS],
            failed=number[Verdict.FAIL],
            errors=number[Verdict.ERROR],
            blocked=number[Verdict.BLOCKED],
            not_run=number[Verdict.NOT_RUN],
            not_applicable=number[Verdict.NOT_APPLICABLE],
            excluded=number[Verdict.EXCLUDED],
            not_selected=number[Verdict.NOT_SELECTED],
        )

    def __str__(self) -> str:
        gaps = [f"{self.blocked} blocked", f"{self.not_run} not run"]
        if self.errors:
            gaps.append(f"{self.errors} in error")
        return (
            f"judged {self.judged} of {self.in_scope} in scope ({', '.join(gaps)}), "
            f"{self.not_applicable} not applicable, {self.excluded} excluded, {self.not_selected} not selected"
        )
