"""Exit codes by cause. The first cause that applies, in the order of this list, decides."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from conformance.coverage import Coverage
from conformance.verdict import Counts, Judgement, Treatment, Verdict


class ExitCode(IntEnum):
    """What the exit code of ``conformance`` says."""

    INTERRUPTED = 130
    """Somebody stopped the run."""
    USAGE = 2
    """The command line, the configuration or the spec is not usable."""
    UNREACHABLE = 4
    """The target does not answer as this API at all."""
    INTERNAL = 5
    """A fault of the suite, or of the mock that it started."""
    FAILED = 1
    """A clause that gates is broken, or one is not that is known to be."""
    INCOMPLETE = 3
    """Something in scope was not judged, or something that the run made could not be taken away."""
    OK = 0
    """Everything in scope was judged and no gating clause is broken."""


def fails_the_run(judgement: Judgement) -> bool:
    """Whether a judgement alone makes the run fail: a gating clause is broken, or what says so is stale."""
    if judgement.treatment is Treatment.STALE:
        return True
    return judgement.verdict is Verdict.FAIL and judgement.treatment is Treatment.GATING


def exit_code(
    judgements: Iterable[Judgement],
    *,
    faults: int = 0,
    allow_partial: bool = False,
    coverage: Iterable[Coverage] = (),
    unclean: bool = False,
) -> ExitCode:
    """The exit code of a run that came to its end. ``faults`` is the mock's own count.

    Breadth that never got past an operation's refusals says nothing about it, so the run is incomplete. So is one that
    could not take away what it had made (``unclean``).
    """
    judgements = list(judgements)
    counts = Counts.of(judgements)
    if counts.errors or faults:
        return ExitCode.INTERNAL
    if any(fails_the_run(judgement) for judgement in judgements):
        return ExitCode.FAILED
    open_ends = any(
        j.verdict in (Verdict.BLOCKED, Verdict.NOT_RUN) and j.treatment is Treatment.GATING for j in judgements
    )
    partial = counts.judged * 2 < counts.in_scope + counts.not_applicable and not allow_partial
    if open_ends or counts.judged == 0 or partial or unclean or not all(one.succeeded for one in coverage):
        return ExitCode.INCOMPLETE
    return ExitCode.OK
