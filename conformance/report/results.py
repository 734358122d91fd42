"""``results.json``: a run as programs read it, described by ``results.schema.json``.

``complete`` is the last key of the file, so that what was cut off is told from what is short. Reading gives the
``RunResult`` back, so that every report can be made from the file alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema_rs

from conformance.errors import ConfigurationError
from conformance.exitcode import ExitCode
from conformance.ledger.cleanup import Cleanup, Leftover
from conformance.outcome import Exchange, Reason, Status
from conformance.report.files import write_whole
from conformance.report.fuzzing import read_coverage, write_coverage, write_exchange
from conformance.report.wording import cause
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict
from specs.model import Clause, Expectation

SCHEMA = "urn:workflow-contract-kit:results:1"


def write_results(result: RunResult, path: Path) -> None:
    """Write the file, whole or not at all. Lone surrogates, which UTF-8 cannot hold, become JSON escapes."""
    text = json.dumps(results_of(result), ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    write_whole(path, text.encode("utf-8", "backslashreplace"))


def read_results(path: Path) -> RunResult:
    """The run that a file tells of. Raises ``ConfigurationError`` for a file that is cut off or not ours."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path} cannot be read: {error.strerror}") from None
    except ValueError as error:
        raise ConfigurationError(f"{path} is cut off or no JSON ({error}); run again to get a whole one") from None
    if not isinstance(content, dict) or content.get("$schema") != SCHEMA:
        raise ConfigurationError(f"{path} is no results file of this version: its $schema is not {SCHEMA}")
    if content.get("complete") is not True:
        raise ConfigurationError(f"{path} is cut off: its last key 'complete' is missing; run again to get a whole one")
    try:
        _validator().validate(content)
    except jsonschema_rs.ValidationError as error:
        at = "/".join(str(step) for step in error.instance_path)
        raise ConfigurationError(f"{path} does not follow its schema at /{at}: {error.message}") from None
    return _result(content)


def schema() -> dict[str, Any]:
    """The published JSON Schema (draft 2020-12) of the file."""
    text = files("conformance.report").joinpath("results.schema.json").read_text(encoding="utf-8")
    content: dict[str, Any] = json.loads(text)
    return content


@cache
def _validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema())


def results_of(result: RunResult) -> dict[str, Any]:
    """The content of the file."""
    counts = result.counts
    return {
        "$schema": SCHEMA,
        "version": result.version,
        "api": result.api,
        "target": dict(result.target),
        "seed": result.seed,
        "options": {
            "select": list(result.select),
            "workers": result.workers,
            "allow_partial": result.allow_partial,
            "exit_first": result.exit_first,
            "last_failed": result.last_failed,
            "fuzz": result.fuzz,
        },
        "run_tag": result.run_tag,
        "started": result.started,
        "duration": result.duration,
        "exit": {"code": result.exit_code.value, "name": result.exit_code.name, "cause": cause(result)},
        "counts": {
            "judged": counts.judged,
            "in_scope": counts.in_scope,
            "passed": counts.passed,
            "failed": counts.failed,
            "errors": counts.errors,
            "blocked": counts.blocked,
            "not_run": counts.not_run,
            "not_applicable": counts.not_applicable,
            "excluded": counts.excluded,
            "not_selected": counts.not_selected,
        },
        "faults": result.faults,
        "stopped": result.stopped,
        "coverage": [write_coverage(one) for one in result.coverage],
        "cleanup": None if result.cleanup is None else _write_cleanup(result.cleanup),
        "clauses": [_write_judgement(judgement) for judgement in result.judgements],
        "complete": True,
    }


def _write_cleanup(cleanup: Cleanup) -> dict[str, Any]:
    return {
        "removed": cleanup.removed,
        "gone": cleanup.gone,
        "left": dict(cleanup.left),
        "failed": [
            {"entry": one.entry, "operation": one.operation, "marks": list(one.marks), "seen": one.seen}
            for one in cleanup.failed
        ],
    }


def _write_judgement(judgement: Judgement) -> dict[str, Any]:
    clause = judgement.clause
    return {
        "id": clause.id,
        "level": clause.level,
        "kind": clause.kind,
        "operation": clause.operation,
        "text": clause.text,
        "lines": list(clause.lines) if clause.lines else None,
        "expect": {"status": clause.expect.status, "code": clause.expect.code} if clause.expect else None,
        "node": clause.node,
        "rule": clause.rule,
        "capability": clause.capability,
        "excluded": clause.excluded,
        "why": clause.why,
        "derived": clause.derived,
        "verdict": judgement.verdict.value,
        "treatment": judgement.treatment.value,
        "note": judgement.note,
        "checks": judgement.checks,
        "reasons": [_write_reason(reason) for reason in judgement.reasons],
    }


def _write_reason(reason: Reason) -> dict[str, Any]:
    exchange = reason.exchange
    return {
        "check": reason.check,
        "status": reason.status.value,
        "expected": reason.expected,
        "seen": reason.seen,
        "blocker": reason.blocker,
        "exchange": None if exchange is None else write_exchange(exchange),
    }


def _result(content: Mapping[str, Any]) -> RunResult:
    return RunResult(
        **{name: content[name] for name in ("api", "version", "target", "seed", "run_tag", "started", "duration")},
        judgements=tuple(_judgement(item) for item in content["clauses"]),
        exit_code=ExitCode(content["exit"]["code"]),
        faults=content["faults"],
        stopped=content["stopped"],
        select=tuple(content["options"]["select"]),
        workers=content["options"]["workers"],
        **{name: content["options"][name] for name in ("allow_partial", "exit_first", "last_failed")},
        fuzz=content["options"]["fuzz"],
        coverage=tuple(read_coverage(item) for item in content["coverage"]),
        cleanup=None if content["cleanup"] is None else _cleanup(content["cleanup"]),
    )


def _cleanup(item: Mapping[str, Any]) -> Cleanup:
    failed = tuple(Leftover(one["entry"], one["operation"], tuple(one["marks"]), one["seen"]) for one in item["failed"])
    return Cleanup(item["removed"], item["gone"], item["left"], failed)


def _judgement(item: Mapping[str, Any]) -> Judgement:
    same = ("id", "level", "kind", "operation", "text", "node", "rule", "capability", "excluded", "why", "derived")
    clause = Clause(
        **{name: item[name] for name in same},
        lines=tuple(item["lines"]) if item["lines"] else None,
        expect=Expectation(**item["expect"]) if item["expect"] else None,
    )
    reasons = tuple(
        Reason(
            **{name: reason[name] for name in ("check", "expected", "seen", "blocker")},
            status=Status(reason["status"]),
            exchange=Exchange(**reason["exchange"]) if reason["exchange"] else None,
        )
        for reason in item["reasons"]
    )
    verdict, treatment = Verdict(item["verdict"]), Treatment(item["treatment"])
    return Judgement(clause, verdict, treatment, reasons, item["checks"], item["note"])
