"""``conformance``: judge a server, list clauses, lint specs."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console

import specs
from conformance.errors import ConfigurationError, ConformanceError
from conformance.exitcode import ExitCode
from conformance.target import Target
from conformance.targets import check_address, read_target
from specs.clauses import write_clause
from specs.errors import ContractError

DEFAULT_REPORT = Path("conformance-report")


def main(argv: Sequence[str] | None = None) -> int:
    """The command line. Returns one of ``ExitCode``; no exception leaves it."""
    try:
        options = _parser().parse_args(argv)
        _check_packages()
        command: Callable[[argparse.Namespace], ExitCode] = options.command
        return int(command(options))
    except SystemExit as ended:  # argparse, after it has printed its own message
        return ended.code if isinstance(ended.code, int) else int(ExitCode.USAGE)
    except KeyboardInterrupt:
        return _say("interrupted", ExitCode.INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.OK)
    except (ConfigurationError, ContractError) as error:
        return _say(str(error), ExitCode.USAGE)
    except ConformanceError as error:
        return _say(str(error), ExitCode.INTERNAL)
    except Exception as error:  # noqa: BLE001 - an exception that nobody expected has an exit code of its own
        return _say(f"a fault of the suite itself: {type(error).__name__}: {error}", ExitCode.INTERNAL)


def _say(text: str, code: ExitCode) -> int:
    sys.stderr.write(f"conformance: {text}\n")
    return int(code)


def _check_packages() -> None:
    """``specs`` is a common name; refuse another package of that name."""
    here, there = Path(__file__).resolve().parent.parent, Path(specs.__file__).resolve().parent.parent
    if here != there:
        raise ConfigurationError("another package called 'specs' hides ours; install into an environment of its own")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="conformance", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    run = commands.add_parser("run", help="judge a server")
    run.set_defaults(command=_run)
    run.add_argument("--api", metavar="NAME", help="which API the server speaks (default: what the target file says)")
    where = run.add_mutually_exclusive_group(required=True)
    where.add_argument("--base-url", metavar="URL", help="the server to judge")
    where.add_argument("--mock", action="store_true", help="start our own mock and judge it")
    run.add_argument("--target", metavar="FILE", type=Path, help="credentials and roles of the server (JSON or TOML)")
    run.add_argument("--report-dir", metavar="DIR", type=Path, default=DEFAULT_REPORT)
    run.add_argument("--select", metavar="GLOB", action="append", default=[], help="judge matching clauses only")
    run.add_argument("--seed", metavar="N", type=int, default=1, help="seed of the mock's world")
    run.add_argument(
        "--fuzz",
        choices=("none", "quick", "deep"),
        help="send made-up requests, too (default: quick with --mock, none otherwise)",
    )
    run.add_argument("--workers", metavar="N", type=int, default=0, help="judge in N processes")
    run.add_argument("--allow-partial", action="store_true", help="judging fewer than half of the clauses may succeed")
    run.add_argument("--defect", metavar="ID", action="append", default=[], help="with --mock: misbehave in this way")
    clauses = commands.add_parser("clauses", help="list what the documents promise")
    clauses.set_defaults(command=_clauses)
    clauses.add_argument("--api", metavar="NAME")
    clauses.add_argument("--format", choices=("text", "json"), default="text")
    lint = commands.add_parser("lint", help="check OpenAPI documents and their x- fields")
    lint.set_defaults(command=_lint)
    lint.add_argument("spec", metavar="SPEC", nargs="*", help="files, or names of our APIs (default: all of ours)")
    lint.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _run(options: argparse.Namespace) -> ExitCode:
    from conformance.run import Plan, execute  # pytest and httpx are not needed by the other commands

    target = None
    if options.target is not None:
        if options.mock:
            raise ConfigurationError("--mock brings a target of its own; leave --target out")
        target = read_target(options.target)
    if options.base_url is not None:
        if target is None:
            raise ConfigurationError("--base-url needs --target FILE with the credentials and roles of the server")
        target = target.at(check_address(options.base_url))
        if options.defect:
            raise ConfigurationError("--defect goes with --mock only")
    api = options.api or (target.api if target else None)
    if api is None:
        raise ConfigurationError(f"--api is missing; choose from {', '.join(specs.names())}")
    specs.load(api)
    if target is not None and target.api != api:
        target = replace(target, api=api)
    plan = Plan(
        api=api,
        target=target,
        report_dir=options.report_dir,
        select=tuple(options.select),
        seed=options.seed,
        workers=options.workers,
        allow_partial=options.allow_partial,
        fuzz=_fuzz(options, target),
        defects=tuple(options.defect),
    )
    try:
        return execute(plan, Console(highlight=False))
    except OSError as error:
        raise ConfigurationError(f"{error.strerror}: {error.filename}") from None


def _fuzz(options: argparse.Namespace, target: Target | None) -> str:
    """How deep to fuzz. A selection of clauses is about those alone; a stranger's server must allow all writes."""
    if options.fuzz is None:
        return "quick" if options.mock and not options.select else "none"
    if options.fuzz != "none" and target is not None and target.writes == "own":
        raise ConfigurationError("--fuzz writes whatever it likes; it needs a target with writes: full (or none)")
    return str(options.fuzz)


def _clauses(options: argparse.Namespace) -> ExitCode:
    names = [options.api] if options.api else specs.names()
    found = [clause for name in names for clause in specs.load(name).clauses.values()]
    if options.format == "json":
        sys.stdout.write(json.dumps([write_clause(clause) for clause in found], ensure_ascii=False, indent=1) + "\n")
        return ExitCode.OK
    for clause in found:
        lines = f"lines {clause.lines[0]}-{clause.lines[1]}" if clause.lines else "assumption"
        expected = f" -> {clause.expect}" if clause.expect else ""
        out = f" [excluded: {clause.excluded}]" if clause.excluded else ""
        sys.stdout.write(f"{clause.id}\n    {clause.level} {clause.kind}, {lines}{expected}{out}\n    {clause.text}\n")
    derived = sum(clause.derived for clause in found)
    excluded = sum(clause.excluded is not None for clause in found)
    sys.stdout.write(
        f"{len(found)} clauses: {derived} derived, {len(found) - derived} written by hand; {excluded} excluded\n"
    )
    return ExitCode.OK


def _lint(options: argparse.Namespace) -> ExitCode:
    from conformance.lint import lint  # reads YAML, which the other commands do not

    problems = [problem for name in options.spec or specs.names() for problem in lint(name)]
    if options.format == "json":
        rows = [{"rule": p.rule, "place": p.place, "message": p.message, "advice": p.advice} for p in problems]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
    else:
        for problem in problems:
            sys.stdout.write(f"{problem.place}: {problem.message} [{problem.rule}] {problem.advice}\n".rstrip() + "\n")
        sys.stdout.write(f"{len(problems)} problem{'' if len(problems) == 1 else 's'}\n")
    return ExitCode.FAILED if problems else ExitCode.OK


if __name__ == "__main__":
    sys.exit(main())
