"""``conformance``: judge a server, list clauses, lint specs."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import specs
from conformance import commands
from conformance.errors import ConfigurationError, ConformanceError, TargetUnreachable
from conformance.exitcode import ExitCode
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
    except TargetUnreachable as error:
        return _say(str(error), ExitCode.UNREACHABLE)
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
    commands_ = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_run(commands_.add_parser("run", help="judge a server"))
    _add_target(commands_.add_parser("target", help="describe a server to be judged"))
    _add_cleanup(commands_.add_parser("cleanup", help="take away what a run has left behind"))
    clauses = commands_.add_parser("clauses", help="list what the documents promise")
    clauses.set_defaults(command=commands.clauses)
    _add_api(clauses, "one of ours (default: all of them)")
    clauses.add_argument("--format", choices=("text", "json"), default="text")
    lint = commands_.add_parser("lint", help="check OpenAPI documents and their x- fields")
    lint.set_defaults(command=commands.lint)
    lint.add_argument("spec", metavar="SPEC", nargs="*", help="files, or names of our APIs (default: all of ours)")
    lint.add_argument("--format", choices=("text", "json"), default="text")
    return parser


def _add_run(run: argparse.ArgumentParser) -> None:
    run.set_defaults(command=commands.run)
    _add_api(run, "which API the server speaks (default: what the target says)")
    where = run.add_mutually_exclusive_group()
    where.add_argument("--base-url", metavar="URL", help="the server to judge (default: what the target says)")
    where.add_argument("--mock", action="store_true", help="start our own mock and judge it")
    _add_server(run)
    run.add_argument("--report-dir", metavar="DIR", type=Path, default=DEFAULT_REPORT)
    run.add_argument("--select", metavar="GLOB", action="append", default=[], help="judge matching clauses only")
    run.add_argument("--last-failed", action="store_true", help="judge what the last run left without a pass")
    run.add_argument("-x", "--exit-first", action="store_true", help="stop at the first failure that gates")
    run.add_argument(
        "--seed", metavar="N", type=int, default=1, help="seed of the mock's world and of made-up requests"
    )
    run.add_argument(
        "--fuzz",
        choices=("none", "quick", "deep"),
        help="send made-up requests, too (default: quick with --mock, none otherwise)",
    )
    run.add_argument("--workers", metavar="N", type=int, default=0, help="judge in N processes")
    run.add_argument("--waivers", metavar="FILE", type=Path, help="known bugs of the server (JSON or TOML)")
    run.add_argument("--allow-partial", action="store_true", help="judging fewer than half of the clauses may succeed")
    run.add_argument("--defect", metavar="ID", action="append", default=[], help="with --mock: misbehave in this way")


def _add_api(command: argparse.ArgumentParser, help_: str, *, required: bool = False) -> None:
    which = command.add_mutually_exclusive_group(required=required)
    which.add_argument("--api", metavar="NAME", help=help_)
    which.add_argument("--spec", metavar="FILE", type=Path, help="an OpenAPI 3.0 document of your own")


def _add_server(command: argparse.ArgumentParser) -> None:
    """The flags that describe a server beside its address."""
    command.add_argument("--target", metavar="NAME|FILE", help="credentials and roles of the server (JSON or TOML)")
    command.add_argument("--confirm-host", metavar="HOST", help="off loopback: this host may be written to freely")


def _add_target(target: argparse.ArgumentParser) -> None:
    kinds = target.add_subparsers(required=True, metavar="COMMAND")
    init = kinds.add_parser("init", help="write a target file to be filled in")
    init.set_defaults(command=commands.target_init)
    _add_api(init, "one of ours", required=True)
    init.add_argument("--output", metavar="FILE", type=Path, help="where to write it (default: standard output)")
    check = kinds.add_parser("check", help="say what a target lacks, and try its first call")
    check.set_defaults(command=commands.target_check, defect=[], mock=False)
    _add_api(check, "which API the server speaks (default: what the target says)")
    check.add_argument("--base-url", metavar="URL")
    _add_server(check)


def _add_cleanup(cleanup: argparse.ArgumentParser) -> None:
    cleanup.set_defaults(command=commands.cleanup)
    cleanup.add_argument("ledger", metavar="LEDGER", type=Path, help="ledger.jsonl in the run's report folder")
    cleanup.add_argument("--base-url", metavar="URL", help="where the server is now (default: where it was)")
    cleanup.add_argument("--target", metavar="NAME|FILE", help="credentials of the server (default: the run's)")


if __name__ == "__main__":
    sys.exit(main())
