"""One run from the command line: target, preflight, checks, verdicts, reports."""

from __future__ import annotations

import contextlib
import importlib.metadata
import os
import secrets
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console

from conformance.control import faults_of
from conformance.coverage import Coverage
from conformance.errors import ConfigurationError, TargetUnreachable
from conformance.exitcode import ExitCode, exit_code, fails_the_run
from conformance.known import KnownFailures, observed
from conformance.ledger.cleanup import Cleanup, clean
from conformance.ledger.file import Ledger, keep_aside, read_ledger
from conformance.masking import Masker
from conformance.mock import running_mock
from conformance.outcome import Outcome
from conformance.own.bundle import write_bundle
from conformance.plan import Plan
from conformance.plugin import PACKAGE, Phase, Recorder
from conformance.preflight import preflight
from conformance.report import github
from conformance.report.html import write_html
from conformance.report.junit import write_junit
from conformance.report.results import write_results
from conformance.report.terminal import Progress, render
from conformance.run_result import RunResult
from conformance.session import session
from conformance.settings import Settings
from conformance.target import Target
from conformance.verdict import Verdict, judge_clauses

DISTRIBUTION = "workflow-contract-kit"
LEDGER = "ledger.jsonl"
INTERRUPTED = "interrupted"


@dataclass(slots=True)
class _Found:
    """What a run has found so far, and why it came to an end before its end."""

    outcomes: list[Outcome] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Texts of what went wrong in pytest itself."""
    faults: int | None = None
    cleanup: Cleanup | None = None
    stopped: str = ""
    code: ExitCode | None = None
    """The exit code, if the end itself says it."""


def execute(plan: Plan, console: Console) -> ExitCode:
    """Carry out a plan, write its reports, print what it found; the exit code says how it went."""
    plan.report_dir.mkdir(parents=True, exist_ok=True)
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    with ExitStack() as stack:
        target = plan.target
        if target is None:
            log = plan.report_dir / "mock.log"
            target = stack.enter_context(running_mock(plan.api, seed=plan.seed, defects=plan.defects, log=log))
        ledger = plan.report_dir / LEDGER
        kept = keep_aside(ledger)
        if kept is not None:
            _tell_of(kept, console)
        settings = _settings(plan, target)
        _check_selection(settings)
        found = _Found()
        _stages(plan, settings, console, found)
    judgements = judge_clauses(
        settings.contract,
        found.outcomes,
        selected=settings.selected(),
        claimed=target.capabilities,
        may_call=may_call(settings),
        known=known_failures(plan, settings),
    )
    if found.code is None and found.broken:
        found.stopped, found.code = found.broken[0], ExitCode.INTERNAL
    unclean = found.cleanup is not None and not found.cleanup.clean
    code = found.code
    if code is None:
        code = exit_code(
            judgements,
            faults=found.faults or 0,
            allow_partial=plan.allow_partial,
            coverage=found.coverage,
            unclean=unclean,
        )
    result = RunResult(
        api=plan.api,
        version=importlib.metadata.version(DISTRIBUTION),
        target=target.masked(),
        seed=plan.seed,
        run_tag=settings.run_tag,
        started=started,
        duration=round(time.monotonic() - clock, 3),
        judgements=tuple(judgements),
        exit_code=code,
        faults=found.faults,
        stopped=Masker(target.secrets())(found.stopped),
        select=plan.select,
        workers=plan.workers,
        allow_partial=plan.allow_partial,
        exit_first=plan.exit_first,
        last_failed=plan.only is not None,
        fuzz=plan.fuzz,
        coverage=tuple(found.coverage),
        cleanup=found.cleanup,
    )
    results = plan.report_dir / "results.json"
    write_results(result, results)
    write_junit(result, plan.report_dir / "junit.xml")
    write_html(results, plan.report_dir / "report.html")
    left_open = any(entry.is_open for entry in read_ledger(ledger).entries)
    if left_open and plan.target is not None:
        _tell_of(ledger, console)
    with github.verbatim(console, os.environ):
        render(result, console)
    github.report(result, console, os.environ)
    if settings.bundle is not None and not left_open:
        settings.bundle.unlink()  # only a cleanup would need it
    return code


def _tell_of(ledger: Path, console: Console) -> None:
    """Something may be left behind, and this is how it is taken away."""
    line = f"what a run has made may still be there: conformance cleanup {ledger}"
    console.print(line, style="yellow", soft_wrap=True)


def _settings(plan: Plan, target: Target) -> Settings:
    """The run's own name, its world if the target has worlds, and a new ledger."""
    run_tag = f"t{secrets.token_hex(4)}"
    if target.control is not None and target.control.world_header is not None:
        target = replace(target, world=run_tag)
    ledger, bundle = plan.report_dir / LEDGER, None
    if plan.contract is not None:
        bundle = plan.report_dir / f"bundle-{run_tag}.json"
        write_bundle(plan.contract, bundle)
    Ledger.begin(
        ledger,
        api=plan.api,
        run_tag=run_tag,
        base_url=target.base_url,
        target=plan.target_name,
        spec=None if bundle is None else str(bundle.resolve()),
        mock=plan.target is None,
    )
    return Settings(
        target,
        run_tag=run_tag,
        select=plan.select,
        only=plan.only,
        ledger=ledger,
        bundle=bundle,
        workers=plan.workers,
        exit_first=plan.exit_first,
    )


def known_failures(plan: Plan, settings: Settings) -> KnownFailures:
    """What the register has observed of the target's server, and what the plan waives."""
    return KnownFailures([*observed(settings.contract, settings.target.server), *plan.waivers])


def _stages(plan: Plan, settings: Settings, console: Console, found: _Found) -> None:
    """Preflight, checks, made-up requests, cleanup. What comes in between ends in ``found``.

    Whatever breaks, what was made is taken away; only a target that does not answer is left to the next cleanup.
    """
    answered = False
    try:
        _say_hello(settings)
        answered = True
        faults = faults_of(settings.target)
        recorder = _run_checks(plan, settings, console)
        found.outcomes, found.broken = recorder.outcomes, recorder.broken
        found.stopped = recorder.unreachable or recorder.stopped
        if recorder.unreachable:
            found.code, answered = ExitCode.UNREACHABLE, False
            return
        if recorder.interrupted:
            found.code = ExitCode.INTERRUPTED
        if not found.stopped and plan.fuzz != "none":
            made_up, found.coverage = _fuzz(plan, settings)
            found.outcomes += made_up
        if faults is not None:
            found.faults = max((faults_of(settings.target) or 0) - faults, 0)
    except TargetUnreachable as error:
        found.stopped, found.code, answered = str(error), ExitCode.UNREACHABLE, False
    except KeyboardInterrupt:
        found.stopped, found.code = INTERRUPTED, ExitCode.INTERRUPTED
    finally:
        if answered:
            found.cleanup = _clean(settings)


def _clean(settings: Settings) -> Cleanup | None:
    """Take away what the run has made; ``None`` if that was cut short, and the ledger still says what there is."""
    if settings.ledger is None:
        return None
    try:
        with session(replace(settings, ledger=None), "cleanup") as (client, _):
            return clean(settings.ledger, client)
    except (TargetUnreachable, KeyboardInterrupt):
        return None


def may_call(settings: Settings) -> Callable[[str], bool]:
    """Whether the target allows an operation to be called at all."""
    operations = settings.contract.operations
    return lambda operation: settings.target.allows(operations[operation])


def _check_selection(settings: Settings) -> None:
    selected = settings.selected()
    if not any(selected(clause) for clause in settings.contract.clauses):
        globs = ", ".join(settings.select)
        raise ConfigurationError(f"no clause matches {globs}; `conformance clauses` lists them")


def _say_hello(settings: Settings) -> None:
    with session(settings, "hello") as (client, given):
        preflight(client, given)


def _fuzz(plan: Plan, settings: Settings) -> tuple[list[Outcome], list[Coverage]]:
    """Made-up requests, after everything else, since they leave things behind."""
    from conformance.fuzz import fuzz  # Schemathesis takes its time to import

    with session(settings, "fuzz") as (client, given):
        return fuzz(client, given, plan.fuzz, plan.seed, settings.selected())


def _run_checks(plan: Plan, settings: Settings, console: Console) -> Recorder:
    """pytest in this process, deaf to whatever configuration lies around; its own output goes to the report folder."""
    progress = Progress(console)
    recorder = Recorder(progress, _fatal(plan, settings) if plan.exit_first else None)
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder, _quiet_environment():
        path = Path(folder) / "settings.json"
        settings.write(path)
        arguments = [
            *("-c", os.devnull, "--rootdir", str(PACKAGE), "--noconftest", "-p", "conformance.plugin"),
            *("-p", "no:cacheprovider", "--import-mode=importlib", "--conformance-run", str(path)),
            str(PACKAGE / "laws"),
            *((str(PACKAGE / "suite" / plan.api),) if plan.contract is None else ()),
        ]
        with (plan.report_dir / "pytest.log").open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
            for phase, more in _phases(plan.workers):
                try:
                    ended = pytest.main([*arguments, "--conformance-phase", phase.value, *more], plugins=[recorder])
                finally:
                    progress.finished()
                if ended == pytest.ExitCode.INTERRUPTED and not (recorder.unreachable or recorder.stopped):
                    recorder.stopped, recorder.interrupted = INTERRUPTED, True
                if ended in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR) and not recorder.broken:
                    recorder.broken.append(f"pytest ended with {ended!r}; see pytest.log")
                if recorder.unreachable or recorder.stopped or recorder.broken:
                    break
    return recorder


def _phases(workers: int) -> list[tuple[Phase, tuple[str, ...]]]:
    """Sessions of pytest, each with what it needs: with workers, what is serial runs here after they have ended."""
    if workers == 0:
        return [(Phase.ALL, ())]
    return [(Phase.PARALLEL, ("-p", "xdist.plugin", "-n", str(workers))), (Phase.SERIAL, ())]


def _fatal(plan: Plan, settings: Settings) -> Callable[[Outcome], bool]:
    """Whether an outcome ends the run that stops at its first gating failure."""
    known = known_failures(plan, settings)

    def fatal(outcome: Outcome) -> bool:
        judged = judge_clauses(settings.contract, [outcome], selected=settings.selected(), known=known)
        return any(j.checks and (j.verdict is Verdict.ERROR or fails_the_run(j)) for j in judged)

    return fatal


@contextmanager
def _quiet_environment() -> Iterator[None]:
    """An environment in which nobody's pytest settings count, here and in the workers."""
    saved = dict(os.environ)
    for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS", "PYTHONPATH"):
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.environ["PYTHONSAFEPATH"] = "1"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)
