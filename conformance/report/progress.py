"""How far a run is: a bar on a terminal, a few lines in a pipe."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.progress import Progress as Bar
from rich.text import Text

from conformance.outcome import Status
from conformance.report.escape import visible

STEP = 10
"""Per cent between two lines in a pipe."""


class Progress:
    """Shows the progress of one run. ``finished`` takes the bar away and may be called at any time, and twice.

    Writes where the console wrote when this was made, even while standard output is turned elsewhere.
    """

    def __init__(self, console: Console) -> None:
        self._console = Console(
            file=console.file,
            force_terminal=console.is_terminal,
            no_color=console.no_color,
            width=console.width,
            highlight=False,
        )
        self._bar: Bar | None = None
        self._task = TaskID(0)
        self._total = 0
        self._done = 0
        self._not_passed = 0
        self._told = 0

    def started(self, total: int) -> None:
        """The number of checks is known. Without this call nothing is shown."""
        self.finished()
        self._total, self._done, self._not_passed, self._told = total, 0, 0, 0
        if total and self._console.is_interactive and self._console.file.isatty():
            self._bar = Bar(
                BarColumn(),
                MofNCompleteColumn(),
                TextColumn("{task.fields[state]}", markup=False),
                TimeElapsedColumn(),
                console=self._console,
                transient=True,
                redirect_stdout=False,
                redirect_stderr=False,
            )
            self._task = self._bar.add_task("checks", total=total, state="")
            self._bar.start()

    def advanced(self, check: str, status: Status) -> None:
        """One check ended."""
        self._done += 1
        self._not_passed += status is not Status.PASS
        if self._bar is not None:
            self._bar.update(self._task, advance=1, state=visible(check, encoding=self._console.encoding))
        elif self._total:
            self._tell()
        if self._done >= self._total:
            self.finished()

    def finished(self) -> None:
        """No more checks will come."""
        if self._bar is not None:
            self._bar.stop()
            self._bar = None

    def _tell(self) -> None:
        per_cent = self._done * 100 // self._total
        if per_cent // STEP > self._told // STEP:
            self._told = per_cent
            line = f"{self._done} of {self._total} checks ({per_cent} %), {self._not_passed} not passed"
            self._console.print(Text(line), soft_wrap=True)
