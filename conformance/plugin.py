"""pytest's side of a run: collects the registered checks as items and runs them.

``--conformance-run FILE`` names the settings of the run, ``--conformance-phase`` which of its checks run. Outcomes
travel in ``report.user_properties``, so that the controller reads them the same way with and without workers.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest

from conformance.check import Item, items_of_module, modules_of, run
from conformance.errors import TargetUnreachable
from conformance.judge import concerns
from conformance.outcome import Outcome, Status
from conformance.session import session
from conformance.settings import Settings

OUTCOME = "conformance-outcome"
UNREACHABLE = "conformance-unreachable"
PACKAGE = Path(__file__).parent


class Phase(StrEnum):
    """Which checks a session of pytest runs."""

    ALL = "all"
    PARALLEL = "parallel"
    """Those that may run beside others."""
    SERIAL = "serial"
    """Those that may not."""

    def takes(self, item: Item) -> bool:
        return self is Phase.ALL or item.check.serial is (self is Phase.SERIAL)


class Run:
    """The settings of this process and its way to the target."""

    def __init__(self, settings: Settings, phase: Phase) -> None:
        self.contract = settings.contract
        self.selected = settings.selected()
        self.phase = phase
        self.modules = modules_of(settings.target.api)
        self._open = ExitStack()
        beside = settings.workers if phase is Phase.PARALLEL else 1
        worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
        self.client, self.given = self._open.enter_context(session(settings, worker, beside=beside))

    def close(self) -> None:
        """Close the connections."""
        self._open.close()


RUN = pytest.StashKey[Run]()


class CheckFailed(Exception):
    """A check that did not pass, as pytest sees it. Its text is the outcome's."""


class CheckItem(pytest.Item):
    """One check as an item of pytest."""

    def __init__(self, *, item: Item, **rest: Any) -> None:
        super().__init__(**rest)
        self.item = item

    def runtest(self) -> None:
        """Run the check and put its outcome where the controller finds it."""
        state = self.config.stash[RUN]
        try:
            outcome = run(self.item, state.client, state.given)
        except TargetUnreachable as error:
            self.user_properties.append((UNREACHABLE, str(error)))
            self.session.shouldstop = str(error)
            raise CheckFailed(str(error)) from None
        self.user_properties.append((OUTCOME, json.dumps(outcome.as_json())))
        if outcome.status is not Status.PASS:
            raise CheckFailed(f"{outcome.status}: expected {outcome.expected}, saw {outcome.seen}")

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> str:  # noqa: ARG002
        """The outcome's text, without a traceback."""
        return str(excinfo.value)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Where the check stands."""
        code = self.item.check.function.__code__
        return Path(code.co_filename), code.co_firstlineno - 1, self.item.id


class CheckFile(pytest.File):
    """A module of the suite or of the laws."""

    def collect(self) -> Iterator[CheckItem]:
        """The module's checks that speak about a selected clause."""
        state = self.config.stash[RUN]
        name = ".".join(("conformance", *self.path.relative_to(PACKAGE).with_suffix("").parts))
        if name not in state.modules:
            return
        for item in items_of_module(name, state.contract):
            if state.phase.takes(item) and concerns(item, state.contract, state.selected):
                yield CheckItem.from_parent(self, name=item.id, item=item)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options, since these reach the workers, too."""
    parser.addoption("--conformance-run", metavar="FILE", help="settings of a conformance run")
    phases = [phase.value for phase in Phase]
    parser.addoption("--conformance-phase", choices=phases, default=Phase.ALL.value, help="which checks to run")


def pytest_configure(config: pytest.Config) -> None:
    """Read the settings once a process."""
    settings = Settings.read(Path(config.getoption("--conformance-run")))
    config.stash[RUN] = Run(settings, Phase(config.getoption("--conformance-phase")))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Close the connections."""
    if RUN in config.stash:
        config.stash[RUN].close()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> CheckFile | None:
    """Every Python file below the folders that the controller names."""
    if file_path.suffix != ".py" or file_path.name == "__init__.py":
        return None
    return CheckFile.from_parent(parent, path=file_path)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is serial comes last."""
    items.sort(key=lambda item: isinstance(item, CheckItem) and item.item.check.serial)


class Recorder:
    """Lives in the controller only: gathers outcomes as they come."""

    def __init__(self, progress: Any, fatal: Callable[[Outcome], bool] | None = None) -> None:
        """``fatal`` says of an outcome whether it ends the run; ``None`` lets every run come to its end."""
        self.outcomes: list[Outcome] = []
        self.unreachable = ""
        self.interrupted = False
        """Whether somebody stopped the run."""
        self.stopped = ""
        """Which check ended the run before its end."""
        self._fatal = fatal
        self._stoppers: list[Any] = []
        self.broken: list[str] = []
        """Texts of what went wrong in pytest itself."""
        self._progress = progress
        self._counted = False

    def pytest_sessionstart(self, session: pytest.Session) -> None:
        """What can be told to stop: the session, and the one that hands checks to workers."""
        workers = session.config.pluginmanager.getplugin("dsession")
        self._stoppers = [session, *([workers] if workers is not None else [])]

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        """The number of checks, for the progress bar."""
        if session.items:
            self._progress.started(len(session.items))

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, node: object, ids: list[str]) -> None:  # noqa: ARG002
        """The same from a worker; all workers collect the same checks."""
        if not self._counted:
            self._counted = True
            self._progress.started(len(ids))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """A module that cannot be collected is a bug of ours."""
        if report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """One check ended, in this process or in a worker."""
        found = dict(report.user_properties)
        if UNREACHABLE in found:
            self.unreachable = str(found[UNREACHABLE])
        elif report.when == "call" and OUTCOME in found:
            outcome = Outcome.from_json(json.loads(str(found[OUTCOME])))
            self.outcomes.append(outcome)
            self._progress.advanced(outcome.check, outcome.status)
            if self._fatal is not None and not self.stopped and self._fatal(outcome):
                self.stopped = f"the first failure ended the run: {outcome.check}"
                for stopper in self._stoppers:
                    stopper.shouldstop = self.stopped
        elif report.failed:
            self.broken.append(f"{report.nodeid}: {report.longreprtext}")

    def pytest_internalerror(self, excrepr: object) -> None:
        """pytest broke."""
        self.broken.append(str(excrepr))
