"""A run as people read it in a terminal, a pipe or a log."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from conformance.ledger.cleanup import Cleanup
from conformance.report.columns import by_operation, columns
from conformance.report.escape import visible
from conformance.report.fuzzing import advice_lines, link_lines, summary
from conformance.report.progress import Progress
from conformance.report.wording import blockers, cause, cleanup_lines, fields, mark, number_of, why_out_of_scope
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict

__all__ = ["Progress", "render"]

STYLES = {
    "FAIL": "bold red", "ERROR": "bold red", "STALE": "bold red", "warn": "yellow", "note": "cyan", "waived": "dim"
}  # fmt: skip
URGENCY = ("ERROR", "FAIL", "STALE", "warn", "note", "waived")
ANSWER = 300
"""Characters of an answer; ten times as many when verbose."""
LISTED = 10
"""Clauses that a list names; all of them when verbose."""
LABEL = 10
"""Width of the labels in front of what is told of a clause."""


def render(result: RunResult, console: Console, verbose: bool = False) -> None:
    """Print a run. The last line is the run's counts; the line above it says the exit code and why.

    ``verbose`` prints each reason that made a verdict, longer answers, whole lists, and what was out of scope.
    """
    _Page(result, console, verbose).write()


class _Page:
    def __init__(self, result: RunResult, console: Console, verbose: bool) -> None:
        self.result = result
        self.console = console
        self.verbose = verbose

    def write(self) -> None:
        self._header()
        self._table()
        self._coverage()
        judgements = self.result.judgements
        for judgement in sorted(judgements, key=_urgency):
            if mark(judgement) in URGENCY:
                self._clause(judgement)
        self._blocked([j for j in judgements if j.verdict is Verdict.BLOCKED])
        not_run = [j for j in judgements if j.verdict is Verdict.NOT_RUN]
        if not_run and (self.verbose or not self.result.stopped):
            self._list(f"NOT RUN: {number_of(len(not_run), 'clause')} that no check spoke about", map(_named, not_run))
        if self.verbose:
            self._out_of_scope()
        self._cleanup()
        if "\n" in self.result.stopped:
            self._line("")
            self._line(self.result.stopped, keep="\n")
        code = self.result.exit_code
        self._line("")
        self._line(f"exit {code.value}: {cause(self.result)}", "bold green" if code == 0 else "bold red")
        self._line(str(self.result.counts))

    def _header(self) -> None:
        result = self.result
        self._line(f"{result.api} at {result.target.get('base_url', '')}", "bold")
        self._line(f"seed {result.seed}, run tag {result.run_tag}, started {result.started}, {result.duration:.1f} s")
        self._line("")

    def _coverage(self) -> None:
        """What made-up requests reached; only where there were any."""
        if not self.result.coverage:
            return
        self._line("")
        self._line(f"fuzz {self.result.fuzz}, seed {self.result.seed}", "bold")
        limit = ANSWER * 10 if self.verbose else ANSWER
        for one in self.result.coverage:
            self._wrapped("", summary(one))
            for label, text in (*(link_lines(one) if self.verbose else ()), *advice_lines(one, limit)):
                self._told(label, text)

    def _cleanup(self) -> None:
        """What became of all that the run made; only where there was something."""
        cleanup = self.result.cleanup
        if cleanup is None or cleanup == Cleanup():
            return
        summary, *rest = cleanup_lines(cleanup)
        self._line("")
        self._line(summary, "" if cleanup.clean else "yellow")
        for line in rest:
            self._wrapped("", line.strip())

    def _table(self) -> None:
        judged = [j for j in self.result.judgements if j.verdict is not Verdict.NOT_SELECTED]
        names = columns(judged)
        table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
        table.add_column("operation", overflow="fold")
        for name in names:
            table.add_column(name, justify="right", no_wrap=True)
        for operation, row in by_operation(judged).items():
            cells = [_cell(row[name], name) for name in names]
            table.add_row(Text(self._safe(operation)), *cells)
        self.console.print(table)

    def _clause(self, judgement: Judgement) -> None:
        clause, label = judgement.clause, mark(judgement)
        self._line("")
        self._line_of(Text(label, STYLES[label]), f" {clause.id} ({clause.level}, {clause.kind})")
        self._wrapped("", clause.text)
        limit = ANSWER * 10 if self.verbose else ANSWER
        for name, text in fields(judgement, limit, everything=self.verbose):
            self._told(name, text)

    def _blocked(self, judgements: Iterable[Judgement]) -> None:
        groups: dict[str, list[Judgement]] = {}
        for judgement in judgements:
            groups.setdefault(" and ".join(blockers(judgement)) or "nothing that has a name", []).append(judgement)
        for blocker, group in groups.items():
            title = f"BLOCKED by {blocker}: {number_of(len(group), 'clause')}"
            seen = next((reason.seen for j in group for reason in j.reasons if reason.seen), "")
            self._list(title, map(_named, group), seen)

    def _out_of_scope(self) -> None:
        for verdict, title in ((Verdict.NOT_APPLICABLE, "NOT APPLICABLE"), (Verdict.EXCLUDED, "EXCLUDED")):
            group = [j for j in self.result.judgements if j.verdict is verdict]
            if group:
                lines = (f"{j.clause.id}: {why_out_of_scope(j, self.result)}" for j in group)
                self._list(f"{title}: {number_of(len(group), 'clause')}", lines)

    def _list(self, title: str, entries: Iterable[str], remark: str = "") -> None:
        self._line("")
        self._line(title, "bold")
        if remark:
            self._wrapped("seen", remark)
        lines = list(entries)
        for line in lines if self.verbose else lines[:LISTED]:
            self._line(f"  {line}")
        if len(lines) > LISTED and not self.verbose:
            self._line(f"  and {len(lines) - LISTED} more; results.json lists all")

    def _line(self, text: str, style: str = "", keep: str = "") -> None:
        self.console.print(Text(self._safe(text, keep), style), soft_wrap=True)

    def _line_of(self, start: Text, rest: str) -> None:
        self.console.print(start.append(self._safe(rest), ""), soft_wrap=True)

    def _told(self, label: str, text: str) -> None:
        """A labelled text; a request stays one line, to be copied."""
        if label == "request":
            self._line_of(Text(f"  {label:<{LABEL}}", "dim"), text)
        else:
            self._wrapped(label, text)

    def _wrapped(self, label: str, text: str) -> None:
        """A labelled text, its further lines standing below its first."""
        indent = 2 + (LABEL if label else 0)
        width = max(self.console.width - indent, 20)
        for number, line in enumerate(Text(self._safe(text)).wrap(self.console, width, overflow="fold")):
            line.rstrip()
            start = f"  {label:<{LABEL}}" if label and number == 0 else " " * indent
            self.console.print(Text.assemble((start, "dim"), line), soft_wrap=True)

    def _safe(self, text: str, keep: str = "") -> str:
        return visible(text, encoding=self.console.encoding, keep=keep)


def _urgency(judgement: Judgement) -> int:
    """Errors of the suite first, then what gates, then what advises."""
    label = mark(judgement)
    return URGENCY.index(label) if label in URGENCY else len(URGENCY)


def _cell(count: int, name: str) -> Text:
    style = (
        {"fail": "bold red", "error": "bold red", "stale": "bold red", "warn/note": "yellow"}.get(name, "")
        if count
        else "dim"
    )
    return Text(str(count), style)


def _named(judgement: Judgement) -> str:
    return judgement.clause.id + (" (advisory)" if judgement.treatment is Treatment.ADVISORY else "")
