"""Rules of the register of clauses."""

from __future__ import annotations

from collections.abc import Hashable

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from conformance.lint.vocabulary import definition
from specs.model import Json

LIMIT = 60
"""A clause file holds fewer clauses than this."""


def fields(subject: Subject) -> Found:
    """Hand-written clauses hold what the vocabulary says: level and kind known, lines or a why, a why if excluded."""
    for file, clauses in subject.files.items():
        if not isinstance(clauses, list):
            yield file, "the file holds no list of clauses", ""
            continue
        for number, clause in enumerate(clauses, 1):
            name = clause.get("id", f"{file}, clause {number}") if isinstance(clause, dict) else file
            for error in definition("handWrittenClause").iter_errors(clause):
                inside = "".join(f"/{part}" for part in error.instance_path)
                yield str(name), f"{inside or 'the clause'}: {_word(error.message, clause)}", ""


def _word(message: str, clause: Json) -> str:
    if isinstance(clause, dict) and "lines" not in clause and "why" not in clause and "anyOf" in message:
        return "has neither lines nor a why"
    return message[:200]


def file_size(subject: Subject) -> Found:
    """A file holds fewer than 60 clauses: it is a chapter, not a register."""
    for file, clauses in subject.files.items():
        if file.endswith(".yaml") and len(clauses) >= LIMIT:
            yield file, f"the file holds {len(clauses)} clauses", "(split it by chapter)"


def belongs(subject: Subject) -> Found:
    """A hand-written clause names an operation, and its id begins with api and operation."""
    operations = subject.contract.operations
    for clause in subject.hand_written:
        if clause.operation not in operations:
            yield clause.id, f"there is no operation {clause.operation!r}", near(str(clause.operation), operations)
        elif not clause.id.startswith(f"{subject.api}.{clause.operation}."):
            yield clause.id, "the id does not begin with api and operation", f"({subject.api}.{clause.operation}.…)"


def status_documented(subject: Subject) -> Found:
    """What a clause expects is a documented status of its operation."""
    for clause in subject.clauses:
        operation = subject.contract.operations.get(clause.operation or "")
        if operation is None or clause.expect is None:
            continue
        wanted = clause.expect.status
        if wanted >= 100 and operation.answer_for(wanted) is None:
            yield clause.id, f"{wanted} is not documented for {operation.id}", ""


def code_somewhere(subject: Subject) -> Found:
    """Where a code is expected, the document says where codes stand."""
    if "x-outcome" in subject.document:
        return
    for clause in subject.clauses:
        if clause.expect is not None and clause.expect.code is not None:
            advice = "(write x-outcome: {code: /code, message: /message} at the root)"
            yield clause.id, f"expects the code {clause.expect.code}, and no field says where a code stands", advice
            return


def server_errors(subject: Subject) -> Found:
    """A clause that expects a 5xx says why: what a client sends is not the server's failure."""
    for clause in subject.clauses:
        if clause.expect is not None and clause.expect.status >= 500 and not clause.why:
            yield clause.id, f"expects {clause.expect.status} and does not say why", "(write a why)"


def observed(subject: Subject) -> Found:
    """What was observed of released servers names clauses, and says server, answer and what was seen."""
    known = {clause.id for clause in subject.clauses}
    checker = definition("clause/properties/observed")
    for name, seen in subject.observed.items():
        if name not in known:
            yield f"observed.yaml: {name}", "there is no such clause", near(name, known)
        for error in checker.iter_errors(seen):
            inside = "".join(f"/{part}" for part in error.instance_path)
            yield f"observed.yaml: {name}{inside}", error.message[:200], ""


def unique_ids(subject: Subject) -> Found:
    """No two clauses have one id."""
    seen: set[str] = set()
    for clause in subject.clauses:
        if clause.id in seen:
            yield clause.id, "two clauses have this id", ""
        seen.add(clause.id)


def said_once(subject: Subject) -> Found:
    """No two clauses of an operation say the same of the same thing."""
    seen: dict[Hashable, str] = {}
    for clause in subject.clauses:
        about = (clause.node, clause.rule) if clause.node is not None else (" ".join(clause.text.lower().split()), "")
        other = seen.setdefault((clause.operation, about, clause.expect), clause.id)
        if other != clause.id:
            yield clause.id, f"says what {other} says", ""
