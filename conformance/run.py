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
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from rich.console import Console

from conformance.client import Client
from conformance.coverage import Coverage
from conformance.errors import ConfigurationError, TargetUnreachable
from conformance.exitcode import ExitCode, exit_code
from conformance.given import Given
from conformance.mock import running_mock
from conformance.outcome import Outcome
from conformance.plugin import PACKAGE, Phase, Recorder
from conformance.preflight import preflight
from conformance.report.junit import write_junit
from conformance.report.results import write_results
from conformance.report.terminal import Progress, render
from conformance.run_result import RunResult
from conformance.settings import Settings
from conformance.target import Target
from conformance.transport import HttpTransport
from conformance.verdict import judge_clauses

DISTRIBUTION = "workflow-contract-kit"


@dataclass(frozen=True, slots=True)
class Plan:
    """What the command line asks for."""

    api: str
    target: Target | None
    """``None``: start the mock and judge it."""
    report_dir: Path
    select: tuple[str, ...] = ()
    seed: int = 1
    workers: int = 0
    """0 runs the checks in this process."""
    allow_partial: bool = False
    fuzz: str = "none"
    """How deep made-up requests go: ``none``, ``quick`` or ``deep``."""
    defects: tuple[str, ...] = ()
    """Defects to start the mock with."""


def execute(plan: Plan, console: Console) -> ExitCode:
    """Carry out a plan, write its reports, print what it found; the exit code says how it went."""
    plan.report_dir.mkdir(parents=True, exist_ok=True)
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    with ExitStack() as stack:
        if plan.target is None:
            log = plan.report_dir / "mock.log"
            target = stack.enter_context(running_mock(plan.api, seed=plan.seed, defects=plan.defects, log=log))
        else:
            target = plan.target
        settings = Settings(target, run_tag=f"t{secrets.token_hex(4)}", select=plan.select, workers=plan.workers)
        _check_selection(settings)
        stopped, outcomes, broken = "", [], []
        coverage: list[Coverage] = []
        try:
            _say_hello(settings)
            recorder = _run_checks(plan, settings, console)
            outcomes, broken, stopped = recorder.outcomes, recorder.broken, recorder.unreachable
            code = ExitCode.UNREACHABLE if stopped else None
            if code is None and plan.fuzz != "none":
                made_up, coverage = _fuzz(plan, settings)
                outcomes += made_up
            faults = _faults(target) if code is None else None
        except TargetUnreachable as error:
            stopped, code, faults = str(error), ExitCode.UNREACHABLE, None
    judgements = judge_clauses(
        settings.contract,
        outcomes,
        selected=settings.selected(),
        claimed=target.capabilities,
        may_call=may_call(settings),
    )
    if code is None and broken:
        stopped, code = broken[0], ExitCode.INTERNAL
    if code is None:
        code = exit_code(judgements, faults=faults or 0, allow_partial=plan.allow_partial, coverage=coverage)
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
        faults=faults,
        stopped=stopped,
        select=plan.select,
        workers=plan.workers,
        allow_partial=plan.allow_partial,
        fuzz=plan.fuzz,
        coverage=tuple(coverage),
    )
    write_results(result, plan.report_dir / "results.json")
    write_junit(result, plan.report_dir / "junit.xml")
    render(result, console)
    return code


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
    transport = HttpTransport()
    try:
        preflight(Client(settings.contract, settings.target, transport))
    finally:
        transport.close()


def _fuzz(plan: Plan, settings: Settings) -> tuple[list[Outcome], list[Coverage]]:
    """Made-up requests, after everything else, since they leave things behind."""
    from conformance.fuzz import fuzz  # Schemathesis takes its time to import

    transport = HttpTransport()
    client = Client(settings.contract, settings.target, transport)
    try:
        return fuzz(client, Given(client, settings.run_tag), plan.fuzz, plan.seed)
    finally:
        transport.close()


def _run_checks(plan: Plan, settings: Settings, console: Console) -> Recorder:
    """pytest in this process, deaf to whatever configuration lies around; its own output goes to the report folder."""
    progress = Progress(console)
    recorder = Recorder(progress)
    with tempfile.TemporaryDirectory(prefix="conformance-") as folder, _quiet_environment():
        path = Path(folder) / "settings.json"
        settings.write(path)
        arguments = [
            *("-c", os.devnull, "--rootdir", str(PACKAGE), "--noconftest", "-p", "conformance.plugin"),
            *("-p", "no:cacheprovider", "--import-mode=importlib", "--conformance-run", str(path)),
            str(PACKAGE / "laws"),
            str(PACKAGE / "suite" / plan.api),
        ]
        with (plan.report_dir / "pytest.log").open("w", encoding="utf-8") as log, contextlib.redirect_stdout(log):
            for phase, more in _phases(plan.workers):
                try:
                    ended = pytest.main([*arguments, "--conformance-phase", phase.value, *more], plugins=[recorder])
                finally:
                    progress.finished()
                if ended == pytest.ExitCode.INTERRUPTED and not recorder.unreachable:
                    raise KeyboardInterrupt
                if ended in (pytest.ExitCode.INTERNAL_ERROR, pytest.ExitCode.USAGE_ERROR) and not recorder.broken:
                    recorder.broken.append(f"pytest ended with {ended!r}; see pytest.log")
                if recorder.unreachable or recorder.broken:
                    break
    return recorder


def _phases(workers: int) -> list[tuple[Phase, tuple[str, ...]]]:
    """Sessions of pytest, each with what it needs: with workers, what is serial runs here after they have ended."""
    if workers == 0:
        return [(Phase.ALL, ())]
    return [(Phase.PARALLEL, ("-p", "xdist.plugin", "-n", str(workers))), (Phase.SERIAL, ())]


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


def _faults(target: Target) -> int | None:
    """The mock's own fault counter, when the target has a control API."""
    if target.control is None:
        return None
    try:
        url = f"{target.base_url}{target.control.path}/health"
        answer = httpx.get(url, timeout=target.limits.timeout, trust_env=False)
        return int(answer.raise_for_status().json()["faults"])
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as error:
        raise TargetUnreachable(f"the control API of the target does not tell its faults: {error}") from None
