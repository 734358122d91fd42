"""Request defects: rules that are not enforced or enforced wrongly, parameters that are not heard, doors left open."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from mockserver.adapter import NO_BODY
from mockserver.defects.model import Defect, Undo
from mockserver.defects.seams import Rules, Seams
from specs.derive import OTHER_METHOD
from specs.model import Clause, Contract, Operation
from specs.nodes import Node, request_nodes
from specs.pagination import Pagination
from specs.requests import Arguments, Finding


class _Unchecked:
    """Rules without one rule of one node: a request whose first finding that is passes, and is remembered."""

    def __init__(self, rules: Rules, node: str, rule: str) -> None:
        self.inner = rules
        self.node = node
        self.rule = rule
        self.passed = False
        """Whether the request at hand only passed because of the defect."""

    def valid(self, arguments: Arguments) -> bool:
        findings = self.inner.findings(arguments)
        self.passed = bool(findings) and (findings[0].node, findings[0].rule) == (self.node, self.rule)
        return self.passed or not findings

    def findings(self, arguments: Arguments) -> list[Finding]:
        return self.inner.findings(arguments)


class _OtherCode:
    """Rules that report one rule of one node under another code."""

    def __init__(self, rules: Rules, node: str, rule: str, code: str) -> None:
        self.inner = rules
        self.node = node
        self.rule = rule
        self.code = code

    def valid(self, arguments: Arguments) -> bool:
        return self.inner.valid(arguments)

    def findings(self, arguments: Arguments) -> list[Finding]:
        first, *rest = self.inner.findings(arguments)
        if (first.node, first.rule) == (self.node, self.rule):
            first = replace(first, code=self.code)
        return [first, *rest]


def node_defects(contract: Contract, operation: Operation) -> Iterator[Defect]:
    """For each rule of each node: it is not enforced; and, where it has a code, another code is given."""
    nodes = request_nodes(contract, operation)
    for clause in contract.clauses.values():
        if clause.operation != operation.id or clause.node is None or clause.excluded or not clause.derived:
            continue
        node = nodes[clause.node]
        yield Defect(
            clause.id,
            "unchecked",
            operation.id,
            f"{operation.id} pretends to accept a request that breaks the rule {clause.rule} of {clause.node}.",
            _unchecked(contract, operation, node, str(clause.rule)),
        )
        other = other_code(contract, operation, clause)
        if other is not None:
            yield Defect(
                clause.id,
                "other-code",
                operation.id,
                f"{operation.id} reports the rule {clause.rule} of {clause.node} with the code {other}.",
                _other_code(contract, operation, node, str(clause.rule), other),
            )


def other_code(contract: Contract, operation: Operation, clause: Clause) -> str | None:
    """Another documented code of the operation than the one that a clause expects, if possible one about requests."""
    if clause.expect is None or clause.expect.code is None:
        return None
    response = operation.responses.get(clause.expect.status)
    codes = [code for code in (response.codes if response else ()) if code != clause.expect.code]
    callers = {other.expect.code for other in contract.clauses.values() if other.kind in CALLERS and other.expect}
    return next((code for code in codes if code not in callers), codes[0] if codes else None)


CALLERS = ("auth", "limit")
"""Kinds of clauses whose codes speak of who calls, and how often, and say nothing of the request."""


def _unchecked(contract: Contract, operation: Operation, node: Node, rule: str) -> Callable[[Seams], Undo]:
    """A request that breaks the rule is answered like a success, and nothing is done."""

    def install(mock: Seams) -> Undo:
        seams = mock.operation(contract.api, operation.id)
        rules, handler = seams.rules, seams.handler
        lenient = _Unchecked(rules, node.id, rule)

        def pretend(world: Any, **arguments: Any) -> Any:
            return success_example(contract, operation) if lenient.passed else handler(world, **arguments)

        seams.rules, seams.handler = lenient, pretend

        def undo() -> None:
            seams.rules, seams.handler = rules, handler

        return undo

    return install


def success_example(contract: Contract, operation: Operation) -> Any:
    """The body of the documented success, as an example of the document shows it; empty where there is none."""
    response = contract.resolve(contract.at(f"{operation.pointer}/responses/{operation.success.status}"))
    for media in response.get("content", {}).values():
        for example in media.get("examples", {}).values():
            return contract.resolve(example)["value"]
        return media["example"]
    return NO_BODY


def _other_code(contract: Contract, operation: Operation, node: Node, rule: str, code: str) -> Callable[[Seams], Undo]:
    def install(mock: Seams) -> Undo:
        seams = mock.operation(contract.api, operation.id)
        kept = seams.rules
        seams.rules = _OtherCode(kept, node.id, rule, code)

        def undo() -> None:
            seams.rules = kept

        return undo

    return install


def door_defects(contract: Contract, operation: Operation) -> Iterator[Defect]:
    """Callers who say nothing, or something wrong, about who they are, and are let in."""
    if not operation.secured:
        return
    callers = {
        "absent": "callers without credentials",
        "wrong": "callers with wrong credentials",
        "malformed": "callers with credentials of another scheme",
    }
    for rule, text in callers.items():
        clause = f"{contract.api}.{operation.id}.auth.{rule}"
        if clause in contract.clauses:
            install = _door(contract, operation, rule)
            yield Defect(clause, "let-in", operation.id, f"{operation.id} serves {text}.", install)
    clause = f"{contract.api}.{operation.id}.{OTHER_METHOD}"
    if clause in contract.clauses:
        text = f"{operation.id} is served to GET as well."
        yield Defect(clause, "served", operation.id, text, lambda mock: mock.serve(contract.api, operation.id, "GET"))


def _scheme(contract: Contract, operation: Operation) -> bytes | None:
    """The word before the credentials of an HTTP scheme, in lower case; other schemes have none."""
    requirement = operation.raw.get("security", contract.document.get("security", []))[0]
    scheme = contract.document["components"]["securitySchemes"][next(iter(requirement))]
    return scheme["scheme"].lower().encode() if scheme.get("type") == "http" else None


def _door(contract: Contract, operation: Operation, rule: str) -> Callable[[Seams], Undo]:
    def install(mock: Seams) -> Undo:
        seams = mock.operation(contract.api, operation.id)
        kept, scheme = seams.verify, _scheme(contract, operation)

        def lenient(scope: Any) -> Any:
            sent = next((value for name, value in scope["headers"] if name == b"authorization"), None)
            if sent is None:
                said = "absent"
            else:
                said = "wrong" if scheme in (None, sent.partition(b" ")[0].lower()) else "malformed"
            return None if said == rule else kept(scope)

        seams.verify = lenient

        def undo() -> None:
            seams.verify = kept

        return undo

    return install


USUAL = 10
"""The size of a page where the document has no default."""


def paging_defects(contract: Contract, operation: Operation) -> Iterator[Defect]:
    """Page parameters that are not heard, or heard wrongly."""
    pagination = Pagination.of(operation)
    if pagination is None:
        return
    laws = pagination.laws()
    second = pagination.position(1, pagination.default or 1)
    usual = pagination.default or USUAL
    changes: dict[str, tuple[str, str, Callable[[dict[str, Any]], dict[str, Any]]]] = {
        "size": ("ignored", f"ignores {pagination.size}", lambda q: {**q, pagination.size: usual}),
        "walk": ("page-ignored", f"always gives the first page, whatever {pagination.page} says",
                 lambda q: {**q, pagination.page: pagination.first}),
        "first": ("second", f"gives the second page when {pagination.page} is absent",
                  lambda q: {pagination.page: second, **q}),
        "default": ("smaller", f"takes a smaller default of {pagination.size}",
                    lambda q: {pagination.size: max((pagination.default or 2) - 1, 1), **q}),
        "maximum": ("clamped", f"takes a {pagination.size} of the maximum for {usual}",
                    lambda q: {**q, pagination.size: usual} if q.get(pagination.size) == pagination.maximum else q),
        "beyond": ("clamped", "gives the first page for one far behind the last",
                   lambda q: {**q, pagination.page: pagination.first}
                   if q.get(pagination.page, 0) >= pagination.position(10, q.get(pagination.size, 1)) else q),
    }  # fmt: skip
    for law, (kind, text, change) in changes.items():
        if law in laws:
            clause = f"{contract.api}.{operation.id}.paging.{law}"
            yield Defect(clause, kind, operation.id, f"{operation.id} {text}.", _query(contract, operation, change))


def _query(
    contract: Contract, operation: Operation, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> Callable[[Seams], Undo]:
    def install(mock: Seams) -> Undo:
        seams = mock.operation(contract.api, operation.id)
        kept = seams.before_handler
        seams.before_handler = lambda arguments: replace(arguments, query=change(dict(arguments.query)))

        def undo() -> None:
            seams.before_handler = kept

        return undo

    return install
