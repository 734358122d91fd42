"""JUnit XML: a suite for each operation, a case for each clause, and a case for the run itself.

The file is green exactly when the exit code is 0: what gates is a ``<failure>`` or an ``<error>``, and a run that did
not come to a verdict is one too, even when no clause is to blame.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree as ET

from conformance.exitcode import ExitCode
from conformance.report.columns import ANY_OPERATION
from conformance.report.escape import visible
from conformance.report.files import write_whole
from conformance.report.wording import cause, fields, headline, mark, why_out_of_scope
from conformance.run_result import RunResult
from conformance.verdict import Judgement, Treatment, Verdict

ANSWER = 2000
"""Characters of an answer in a case's text."""

OUT_OF_SCOPE = (Verdict.EXCLUDED, Verdict.NOT_APPLICABLE, Verdict.NOT_SELECTED)
TOTALS = {"failures": "failure", "errors": "error", "skipped": "skipped"}


def write_junit(result: RunResult, path: Path) -> None:
    """Write the file, whole or not at all."""
    tree = junit_of(result)
    ET.indent(tree, " ")
    write_whole(path, ET.tostring(tree, encoding="utf-8", xml_declaration=True) + b"\n")


def junit_of(result: RunResult) -> ET.Element:
    """The content of the file."""
    root = ET.Element("testsuites", {"name": _clean(f"conformance {result.api}"), "time": f"{result.duration:.3f}"})
    root.append(_run(result))
    suites: dict[str | None, list[Judgement]] = {}
    for judgement in result.judgements:
        suites.setdefault(judgement.clause.operation, []).append(judgement)
    for operation, judgements in suites.items():
        suite = _suite(result, operation or ANY_OPERATION)
        suite.extend(_case(judgement, result) for judgement in judgements)
        root.append(suite)
    for suite in root:
        _count(suite)
    for name in ("tests", *TOTALS):
        root.set(name, str(sum(int(suite.attrib[name]) for suite in root)))
    return root


def _suite(result: RunResult, name: str) -> ET.Element:
    return ET.Element("testsuite", {"name": _clean(name), "timestamp": _clean(result.started)})


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for name, tag in TOTALS.items():
        suite.set(name, str(len(suite.findall(f"testcase/{tag}"))))


def _run(result: RunResult) -> ET.Element:
    """The run as a case of its own. A broken clause speaks for itself and does not count here again."""
    suite = _suite(result, "run")
    facts = {
        "api": result.api,
        "version": result.version,
        "target": str(result.target.get("base_url", "")),
        "seed": str(result.seed),
        "run_tag": result.run_tag,
        "exit": f"{result.exit_code.value} {result.exit_code.name}: {cause(result)}",
        "counts": str(result.counts),
    }
    properties = ET.SubElement(suite, "properties")
    for name, value in facts.items():
        ET.SubElement(properties, "property", {"name": name, "value": _clean(value)})
    case = ET.SubElement(suite, "testcase", {"classname": _clean(result.api), "name": "the run comes to a verdict"})
    if result.exit_code is ExitCode.INCOMPLETE:
        _add(case, "failure", "incomplete", cause(result), str(result.counts))
    elif result.exit_code not in (ExitCode.OK, ExitCode.FAILED):
        _add(case, "error", result.exit_code.name.lower(), cause(result), result.stopped or str(result.counts))
    return suite


def _case(judgement: Judgement, result: RunResult) -> ET.Element:
    clause, verdict = judgement.clause, judgement.verdict
    classname = f"{result.api}.{clause.operation}" if clause.operation else result.api
    case = ET.Element("testcase", {"classname": _clean(classname), "name": _clean(clause.id)})
    if verdict in OUT_OF_SCOPE:
        ET.SubElement(case, "skipped", {"message": _clean(why_out_of_scope(judgement, result))})
    elif verdict is Verdict.ERROR:
        _add(case, "error", verdict.value, headline(judgement), _body(judgement))
    elif judgement.treatment is Treatment.STALE:
        _add(case, "failure", judgement.treatment.value, headline(judgement), _body(judgement))
    elif verdict is not Verdict.PASS and judgement.treatment is Treatment.GATING:
        _add(case, "failure", verdict.value, headline(judgement), _body(judgement))
    elif verdict is not Verdict.PASS:
        text = f"{mark(judgement)}: {headline(judgement)}\n{_body(judgement)}"
        ET.SubElement(case, "system-out").text = _clean(text, keep="\n")
    return case


def _add(case: ET.Element, tag: str, kind: str, message: str, body: str) -> None:
    element = ET.SubElement(case, tag, {"type": kind, "message": _clean(message)})
    element.text = _clean(body, keep="\n")


def _body(judgement: Judgement) -> str:
    clause = judgement.clause
    lines = [f"{clause.level} {clause.kind}: {clause.text}"]
    # A line break within a value would look like another field.
    lines += [f"{name}: {visible(text)}" for name, text in fields(judgement, ANSWER)]
    return "\n".join(lines)


def _clean(text: str, keep: str = "") -> str:
    return visible(text, keep=keep)
