"""Lint of contracts: rules that an OpenAPI document with x- fields must keep, each a function of a table.

``lint(path)``, ``lint("supos")`` and ``lint(contract)`` give the problems found, ``RULES`` the rules by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from conformance.lint import (
    breakable,
    clauses,
    creates,
    examples,
    links,
    openapi,
    paging,
    patterns,
    references,
    vocabulary,
)
from conformance.lint.problem import Problem, Rule
from conformance.lint.subject import Subject
from specs.model import Contract

__all__ = ["RULES", "STRUCTURAL", "Problem", "lint", "structural"]

FOUNDATION: Mapping[str, Rule] = {
    "bundle": openapi.bundle,
    "openapi-version": openapi.version,
    "ref-dangling": references.dangling,
    "pattern": patterns.patterns,
    "openapi-valid": openapi.valid,
}
"""Each of these must hold before the next can be asked."""

DOCUMENT: Mapping[str, Rule] = {
    "ref-siblings": references.siblings,
    "x-fields": vocabulary.fields,
    "operation-named": openapi.operation_named,
    "operation-summary": openapi.operation_summary,
    "response-status": openapi.response_status,
    "response-success": openapi.response_success,
    "media-schema": openapi.media_schema,
    "parameter-schema": openapi.parameter_schema,
    "nullable-type": openapi.nullable_type,
    "security-scheme": references.security,
    "security-refusal": references.security_refusal,
    "link-operation": references.links,
    "format": patterns.formats,
    "clause-fields": clauses.fields,
}
"""Rules of the document as it stands."""

CONTRACT: Mapping[str, Rule] = {
    "operation-source": openapi.operation_source,
    "error-body": openapi.error_body,
    "path-parameters": openapi.path_parameters,
    "x-error-rules": vocabulary.error_rules,
    "x-required-if": vocabulary.required_if,
    "capability": vocabulary.capabilities,
    "x-preflight": references.preflight,
    "x-preflight-arguments": references.preflight_arguments,
    "x-pagination": paging.pagination,
    "x-pagination-own": paging.own,
    "x-idempotency": paging.idempotency,
    "x-creates": creates.creates,
    "link-feeds": links.feeds,
    "example-valid": examples.valid,
    "x-codes-shown": examples.codes_shown,
    "x-codes-expected": examples.codes_expected,
    "x-error-codes": examples.codes_of_nodes,
    "clause-file-size": clauses.file_size,
    "clause-belongs": clauses.belongs,
    "clause-status": clauses.status_documented,
    "clause-server-error": clauses.server_errors,
    "clause-code": clauses.code_somewhere,
    "clause-observed": clauses.observed,
    "clause-ids": clauses.unique_ids,
    "clause-twice": clauses.said_once,
    "breakable": breakable.breakable,
}
"""Rules of the contract that the document makes; asked only when the fields that it is read from are sound."""

FATAL = frozenset(
    (
        "x-fields",
        "response-success",
        "parameter-schema",
        "security-scheme",
        "clause-fields",
    )
)
"""Rules of ``DOCUMENT`` without which there is no contract to ask about."""

STRUCTURAL = FATAL | frozenset(
    (
        *FOUNDATION,
        "x-error-rules",
        "x-required-if",
        "capability",
        "x-preflight",
        "x-pagination",
        "x-pagination-own",
        "x-idempotency",
        "x-creates",
        "clause-belongs",
        "clause-code",
        "clause-ids",
    )
)
"""Rules without which a document cannot be judged by, or would be judged by less than it says. The rest is advice."""

RULES: Mapping[str, Rule] = {**FOUNDATION, **DOCUMENT, **CONTRACT}
"""Every rule by its name, in the order in which they are asked."""


def lint(source: Path | str | Contract) -> list[Problem]:
    """The problems of an OpenAPI file (YAML or JSON), of an API that is shipped, or of a contract; none is good.

    A document that is no sound OpenAPI gives the problems of that alone: what would follow from them is not asked.
    """
    return _problems(Subject.of(source), frozenset(RULES))


def structural(subject: Subject) -> list[Problem]:
    """The problems for which a document cannot be judged by."""
    return _problems(subject, STRUCTURAL)


def _problems(subject: Subject, wanted: frozenset[str]) -> list[Problem]:
    for name, rule in FOUNDATION.items():
        if problems := list(_ask(name, rule, subject)):
            return problems
    problems = [problem for name, rule in DOCUMENT.items() if name in wanted for problem in _ask(name, rule, subject)]
    if any(problem.rule in FATAL for problem in problems):
        return problems
    return problems + [
        problem for name, rule in CONTRACT.items() if name in wanted for problem in _ask(name, rule, subject)
    ]


def _ask(name: str, rule: Rule, subject: Subject) -> Iterator[Problem]:
    for place, message, advice in rule(subject):
        yield Problem(name, place, message, advice)
