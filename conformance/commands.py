"""What each command of ``conformance`` does, given its parsed options."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

import specs
from conformance.errors import ConfigurationError
from conformance.exitcode import ExitCode
from conformance.report.escape import visible
from conformance.target import Target
from conformance.targets.resolve import check_reach, resolve
from conformance.verdict import Verdict
from specs.clauses import write_clause
from specs.model import Clause, Contract

LEFT = (Verdict.FAIL, Verdict.BLOCKED, Verdict.ERROR, Verdict.NOT_RUN)
"""Verdicts with which a clause is judged again by ``--last-failed``."""


def run(options: argparse.Namespace) -> ExitCode:
    """``conformance run``."""
    from conformance.plan import Plan
    from conformance.run import execute  # pytest and httpx are not needed by the other commands
    from conformance.waivers import read_waivers

    if options.mock:
        _check_mock(options)
    own = _own(options)
    target = None if options.mock else _target(options, own)
    api = options.api if target is None else target.api
    if api is None:
        raise ConfigurationError(f"--api is missing; choose from {', '.join(specs.names())}")
    contract = own or specs.load(api)
    if target is not None:
        check_reach(target)
    narrowed = bool(options.select or options.last_failed)
    plan = Plan(
        api=api,
        target=target,
        contract=own,
        target_name=options.target,
        report_dir=options.report_dir,
        select=tuple(options.select),
        only=_last_failed(options),
        seed=options.seed,
        workers=options.workers,
        allow_partial=options.allow_partial,
        exit_first=options.exit_first,
        fuzz=options.fuzz or ("quick" if options.mock and not narrowed else "none"),
        waivers=tuple(read_waivers(options.waivers, contract)) if options.waivers is not None else (),
        defects=tuple(options.defect),
    )
    with _terminable():
        try:
            return execute(plan, Console(highlight=False))
        except OSError as error:
            raise ConfigurationError(f"{error.strerror}: {error.filename}") from None


def _check_mock(options: argparse.Namespace) -> None:
    """``--mock`` brings everything along, and its bugs are nobody's to waive."""
    if options.spec is not None:
        raise ConfigurationError("--mock plays the APIs of ours only; name the server of --spec with --base-url URL")
    for flag in ("target", "waivers", "confirm_host"):
        if getattr(options, flag) is not None:
            raise ConfigurationError(f"--mock brings a target of its own; leave --{flag.replace('_', '-')} out")


def _own(options: argparse.Namespace) -> Contract | None:
    """The contract of ``--spec``, if the command line has it."""
    if options.spec is None:
        return None
    from conformance.own.document import read_contract  # reads YAML, which the APIs of ours do not need

    return read_contract(options.spec)


def _target(options: argparse.Namespace, own: Contract | None) -> Target:
    """The server that the command line means."""
    if options.defect:
        raise ConfigurationError("--defect goes with --mock only")
    target = resolve(
        api=options.api if own is None else own.api,
        name=options.target,
        base_url=options.base_url,
        confirm_host=options.confirm_host,
        environment=os.environ,
    )
    if own is None:
        return target
    from conformance.own.target import checked, without_a_file

    if options.target is None:
        target, said = without_a_file(target)
        sys.stderr.write(f"conformance: {said}\n" if said else "")
    return checked(own, target)


def _last_failed(options: argparse.Namespace) -> frozenset[str] | None:
    """The clauses that the last run into the report folder left without a pass, if it is asked for them."""
    if not options.last_failed:
        return None
    from conformance.report.results import read_results

    result = read_results(options.report_dir / "results.json")
    left = frozenset(j.clause.id for j in result.judgements if j.verdict in LEFT)
    if not left:
        sys.stderr.write("conformance: the last run left nothing to be judged again; this one judges everything\n")
        return None
    return left


@contextmanager
def _terminable() -> Iterator[None]:
    """SIGTERM ends a run as Ctrl-C does: what it has made is taken away first."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    try:
        before = signal.signal(signal.SIGTERM, interrupt)
    except ValueError:  # not in the main thread, where nobody gets signals
        yield
        return
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def cleanup(options: argparse.Namespace) -> ExitCode:
    """``conformance cleanup``: exit code 1 says that something is still there."""
    from conformance.ledger.cleanup import clean
    from conformance.ledger.file import read_ledger
    from conformance.report.wording import cleanup_lines
    from conformance.session import session
    from conformance.settings import Settings

    record = read_ledger(options.ledger)
    if record.mock:
        sys.stdout.write("the run judged a mock of its own, which is gone with all that was made in it\n")
        return ExitCode.OK
    target = resolve(
        api=record.api,
        name=options.target or record.target,
        base_url=options.base_url or record.base_url,
        confirm_host=None,
        environment=os.environ,
    )
    bundle = None if record.spec is None else Path(record.spec)
    if bundle is not None and not bundle.is_file():
        if not any(entry.is_open for entry in record.entries):
            sys.stdout.write("the run has taken away what it made\n")
            return ExitCode.OK
        raise ConfigurationError(f"the run's document is gone from {bundle}, so nobody knows how to take things away")
    with session(Settings(target, record.run_tag, bundle=bundle), "cleanup") as (client, _):
        done = clean(options.ledger, client)
    for line in cleanup_lines(done):
        sys.stdout.write(f"{visible(line)}\n")
    return ExitCode.OK if done.clean else ExitCode.FAILED


def target_init(options: argparse.Namespace) -> ExitCode:
    """``conformance target init``."""
    from conformance.targets.template import template

    text = template(_own(options) or specs.load(options.api))
    if options.output is None:
        sys.stdout.write(text)
        return ExitCode.OK
    try:
        with options.output.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise ConfigurationError(f"{options.output} is there already; choose another --output or remove it") from None
    except OSError as error:
        raise ConfigurationError(f"{options.output} cannot be written: {error.strerror}") from None
    sys.stdout.write(f"{options.output} written; fill it in, and try it: conformance target check --target FILE\n")
    return ExitCode.OK


def target_check(options: argparse.Namespace) -> ExitCode:
    """``conformance target check``: exit code 3 says that checks will be blocked, 4 that nobody answers rightly."""
    from conformance.targets.trial import try_out

    own = _own(options)
    target = _target(options, own)
    trial = try_out(target, own or specs.load(target.api))
    for line in trial.lines:
        sys.stdout.write(f"{visible(line, keep=chr(10))}\n")
    return trial.code


def clauses(options: argparse.Namespace) -> ExitCode:
    """``conformance clauses``."""
    names = [options.api] if options.api else specs.names()
    own = _own(options)
    contracts = [own] if own is not None else [specs.load(name) for name in names]
    found = [clause for contract in contracts for clause in contract.clauses.values()]
    if options.format == "json":
        sys.stdout.write(json.dumps([write_clause(clause) for clause in found], ensure_ascii=False, indent=1) + "\n")
        return ExitCode.OK
    for clause in found:
        lines = f"lines {clause.lines[0]}-{clause.lines[1]}" if clause.lines else _unsaid(clause)
        expected = f" -> {clause.expect}" if clause.expect else ""
        out = f" [excluded: {clause.excluded}]" if clause.excluded else ""
        sys.stdout.write(f"{clause.id}\n    {clause.level} {clause.kind}, {lines}{expected}{out}\n    {clause.text}\n")
    derived = sum(clause.derived for clause in found)
    excluded = sum(clause.excluded is not None for clause in found)
    sys.stdout.write(
        f"{len(found)} clauses: {derived} derived, {len(found) - derived} written by hand; {excluded} excluded\n"
    )
    return ExitCode.OK


def _unsaid(clause: Clause) -> str:
    """What backs a clause without lines of a document."""
    return "assumption" if clause.why or not clause.derived else "the OpenAPI document"


def lint(options: argparse.Namespace) -> ExitCode:
    """``conformance lint``."""
    from conformance.lint import STRUCTURAL
    from conformance.lint import lint as problems_of  # reads YAML, which the other commands do not

    problems = [problem for name in options.spec or specs.names() for problem in problems_of(name)]
    if options.format == "json":
        rows = [
            {
                "rule": p.rule,
                "place": p.place,
                "message": p.message,
                "advice": p.advice,
                "structural": p.rule in STRUCTURAL,
            }
            for p in problems
        ]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem.place}: {problem.message} [{problem.rule}] {problem.advice}\n".rstrip() + "\n")
        structural = sum(problem.rule in STRUCTURAL for problem in problems)
        weight = f", {structural or 'none'} of which would stop `conformance run --spec`" if problems else ""
        sys.stdout.write(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}{weight}\n")
    return ExitCode.FAILED if problems else ExitCode.OK
