"""A run as GitHub Actions shows it: annotations on the step and a summary of the job. Elsewhere nothing happens."""

from __future__ import annotations

import secrets
import string
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.text import Text

from conformance.exitcode import ExitCode
from conformance.report.columns import badge, by_urgency
from conformance.report.escape import shorten, visible
from conformance.report.wording import ENDINGS, cause, fields, headline, number_of
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict

LEVELS = {
    "error": "error",
    "fail": "error",
    "stale": "error",
    "blocked": "error",
    "not run": "error",
    "warn": "warning",
    "note": "notice",
}
"""What is in front of a clause -> level of its annotation. What is not named here is a notice."""
QUIET = ("pass", "n/a", "excluded", "not selected")
"""What gets no annotation."""
SHOWN = 10
"""Annotations of a level: GitHub shows that many of a step."""
ROWS = 50
"""Clauses in the summary of the job."""
LENGTH = 300
"""Characters of an answer, and of what a row says."""


@contextmanager
def verbatim(console: Console, environment: Mapping[str, str]) -> Iterator[None]:
    """What is printed within is text. GitHub would take a line that starts like a command for one, and such a line may
    come from the server that was judged; the word that ends this is one that no server can know.
    """
    if not _is_here(environment):
        yield
        return
    word = secrets.token_hex(16)
    _print(console, f"::stop-commands::{word}")
    try:
        yield
    finally:
        _print(console, f"::{word}::")


def report(result: RunResult, console: Console, environment: Mapping[str, str]) -> None:
    """Print an annotation for each clause that did not hold, and append to the file that ``GITHUB_STEP_SUMMARY`` names.

    Raises ``OSError`` when that file cannot be written.
    """
    if not _is_here(environment):
        return
    _annotate(result, console)
    path = environment.get("GITHUB_STEP_SUMMARY")
    if path:
        with Path(path).open("a", encoding="utf-8") as file:
            file.write(summary(result))


def _is_here(environment: Mapping[str, str]) -> bool:
    return environment.get("GITHUB_ACTIONS") == "true"


def _annotate(result: RunResult, console: Console) -> None:
    printed, left = Counter[str](), Counter[str]()
    for level, title, message in _annotations(result):
        if printed[level] == SHOWN:
            left[level] += 1
            continue
        printed[level] += 1
        _print(console, f"::{level} title={_property(title, console)}::{_data(message, console)}")
    if left:
        more = ", ".join(number_of(count, f"more {level}") for level, count in left.items())
        _print(console, f"and {more}; report.html and results.json list all")


def _annotations(result: RunResult) -> Iterator[tuple[str, str, list[str]]]:
    """Level, title and lines of each annotation. A run that came to no verdict says so first."""
    code = result.exit_code
    if code not in (ExitCode.OK, ExitCode.FAILED):
        yield "error", f"{result.api} {ENDINGS[code]}", [f"exit {code.value}: {cause(result)}", str(result.counts)]
    for judgement in _told(result):
        clause = judgement.clause
        lines = [f"{clause.level} {clause.kind}: {clause.text}"]
        lines += [f"{name}: {text}" for name, text in fields(judgement, LENGTH)]
        yield LEVELS.get(badge(judgement), "notice"), f"{badge(judgement)}: {clause.id}", lines


def _told(result: RunResult) -> Iterator[Judgement]:
    """The clauses that are worth a word, the worst first. After a stop the run itself speaks for what did not run."""
    for judgement in by_urgency(result.judgements):
        unjudged = judgement.verdict in (Verdict.BLOCKED, Verdict.NOT_RUN)
        excused = unjudged and judgement.treatment is not Treatment.GATING
        stopped = judgement.verdict is Verdict.NOT_RUN and result.stopped
        if badge(judgement) not in QUIET and not excused and not stopped:
            yield judgement


def summary(result: RunResult) -> str:
    """The summary of the job, in Markdown."""
    told = list(_told(result))
    rows = [
        f"| {_plain(badge(j))} | <code>{_plain(j.clause.id)}</code> | {_plain(j.clause.level)} | "
        f"{_plain(shorten(headline(j), LENGTH))} |\n"
        for j in told[:ROWS]
    ]
    table = (
        ["| verdict | clause | level | what happened |\n", "| --- | --- | --- | --- |\n", *rows, "\n"] if rows else []
    )
    left = [f"and {len(told) - ROWS} more; report.html and results.json list all\n\n"] if len(told) > ROWS else []
    head = [
        f"### Conformance of {_plain(result.api)}: {_plain(ENDINGS[result.exit_code])}\n\n",
        f"exit {result.exit_code.value}: {_plain(cause(result))}\n\n",
        f"{_plain(str(result.counts))}\n\n",
    ]
    return "".join([*head, *table, *left])


def _plain(text: str) -> str:
    """Text that is neither Markdown nor HTML: every sign that could be is written by its number."""
    return "".join(f"&#{ord(sign)};" if sign in string.punctuation else sign for sign in visible(text))


def _data(lines: list[str], console: Console) -> str:
    """The message of a command. A line break within a text stays visible; those between the lines are real ones."""
    text = "\n".join(visible(line, encoding=console.encoding) for line in lines)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str, console: Console) -> str:
    return _data([text], console).replace(":", "%3A").replace(",", "%2C")


def _print(console: Console, line: str) -> None:
    console.print(Text(line), soft_wrap=True)
