"""Clauses that follow from the document itself: nobody writes them, everybody is judged by them.

Ids are stable because they come from places of requests and answers, never from places of the YAML files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from specs.model import Clause, Contract, Expectation, Json, Level, Operation, Response
from specs.nodes import Node, request_nodes
from specs.pagination import Pagination
from specs.rates import RateLimit

REASONS = {
    "required": "is missing",
    "required-if": "is missing although another field asks for it",
    "null": "is null",
    "minLength": "is shorter than allowed",
    "blank": "is blank",
    "type": "has the wrong type",
    "format": "has the right form but no meaning",
    "pattern": "has the wrong form",
    "enum": "is none of the values allowed",
    "minimum": "is below its minimum",
    "maximum": "is above its maximum",
    "maxLength": "is longer than allowed",
    "maxItems": "has more items than allowed",
    "minItems": "has fewer items than allowed",
    "uniqueItems": "repeats an item",
    "multipleOf": "is no multiple of its step",
}

TELLING = (401, 403)
"""Statuses that say by themselves that credentials are refused; others need the code."""

OTHER_METHOD = "other-method"
"""The rule of the clause about 405, which no operation answers: nothing is routed to it."""


def derive(contract: Contract) -> Iterator[Clause]:
    """Every derived clause of a contract, operation by operation."""
    for operation in contract:
        excluded = operation.excluded
        capability = operation.raw.get("x-capability")
        for clause in _of(contract, operation):
            if excluded is not None:
                yield replace(clause, excluded=excluded["reason"], why=excluded["why"])
            else:
                yield replace(clause, capability=clause.capability or capability)
    yield Clause(
        id=f"{contract.api}.error-body",
        level="MUST",
        kind="schema",
        text="Every refusal has a documented status, the documented media type and the documented error body.",
        lines=_first_error_lines(contract),
    )


def _of(contract: Contract, operation: Operation) -> Iterator[Clause]:
    yield from _answers(contract, operation)
    yield from _authentication(contract, operation)
    yield from _other_method(contract, operation)
    nodes = request_nodes(contract, operation)
    for node in nodes.values():
        yield from _node_rules(contract, operation, node, _nearest_lines(contract, operation, nodes, node))
    yield from _paging(contract, operation)
    yield from _repeat(contract, operation)
    yield from _rate(contract, operation)
    yield from _aliases(contract, operation)


def lines_of(raw: Mapping[str, Json]) -> tuple[int, int] | None:
    """``x-source.lines`` of an operation, parameter or node."""
    lines = raw.get("x-source", {}).get("lines")
    return None if lines is None else (lines[0], lines[1])


def _answers(contract: Contract, operation: Operation) -> Iterator[Clause]:
    prefix = f"{contract.api}.{operation.id}"
    lines = lines_of(operation.raw)
    yield Clause(
        id=f"{prefix}.accepts",
        level="MUST",
        kind="schema",
        operation=operation.id,
        text=f"A valid request to {operation.id} succeeds with {operation.accepted}.",
        lines=lines,
        expect=operation.accepted,
    )
    for response in operation.responses.values():
        if response.is_success or response is operation.success or response.excluded:
            yield _answer_schema(prefix, operation, response)


def _answer_schema(prefix: str, operation: Operation, response: Response) -> Clause:
    excluded = response.excluded or {}
    return Clause(
        id=f"{prefix}.{response.name}.schema",
        level="MUST",
        kind="schema",
        operation=operation.id,
        text=f"An answer {response.name} of {operation.id} has the documented media type and body.",
        lines=lines_of(operation.raw),
        expect=Expectation(response.status) if response.status else None,
        excluded=excluded.get("reason"),
        why=excluded.get("why"),
    )


def _authentication(contract: Contract, operation: Operation) -> Iterator[Clause]:
    if not operation.secured:
        return
    requirements = operation.raw.get("security", contract.document.get("security", []))
    scheme = contract.document["components"]["securitySchemes"][next(iter(requirements[0]))]
    usual = 403 if 403 in operation.responses and 401 not in operation.responses else 401
    refusal = scheme.get("x-error", {"status": usual})
    code = None if refusal["status"] in TELLING else refusal.get("code")
    rules = {"absent": "without credentials", "wrong": "with credentials that are not valid"}
    if scheme.get("type") == "http" and len(requirements) == len(requirements[0]) == 1:
        rules["malformed"] = "with credentials of another scheme"
    for rule, text in rules.items():
        yield Clause(
            id=f"{contract.api}.{operation.id}.auth.{rule}",
            level="MUST",
            kind="auth",
            operation=operation.id,
            text=f"A request to {operation.id} {text} is refused.",
            lines=lines_of(operation.raw),
            expect=Expectation(refusal["status"], None if code is None else str(code)),
            rule=rule,
        )


def _other_method(contract: Contract, operation: Operation) -> Iterator[Clause]:
    """Of an operation that documents 405. Asked for by GET, which harms nobody, so GET must not be there."""
    if 405 not in operation.responses or "get" in contract.document["paths"][operation.path]:
        return
    yield Clause(
        id=f"{contract.api}.{operation.id}.{OTHER_METHOD}",
        level="MUST",
        kind="error",
        operation=operation.id,
        text=f"{operation.path} is not served to another method than {operation.method}.",
        lines=lines_of(operation.raw),
        expect=Expectation(405, contract.error_unrouted),
        rule=OTHER_METHOD,
    )


def _node_rules(
    contract: Contract, operation: Operation, node: Node, lines: tuple[int, int] | None
) -> Iterator[Clause]:
    if node.schema.get("readOnly"):  # OpenAPI: not part of a request, so nothing is said of one that has it
        return
    excluded = node.schema.get("x-excluded", {})
    for rule in node.rules():
        code = node.code(rule)
        out = excluded and rule in excluded.get("rules", (rule,))
        yield Clause(
            id=f"{contract.api}.{operation.id}.{node.id}.{rule}",
            level=_level(rule, code),
            kind="error",
            operation=operation.id,
            text=f"{operation.id} refuses a request whose {node.id} {REASONS[rule]}.",
            lines=lines,
            expect=_refusal(contract, operation, node, code),
            node=node.id,
            rule=rule,
            capability=node.schema.get("x-capability"),
            excluded=excluded["reason"] if out else None,
            why=excluded["why"] if out else node.schema.get("x-assumption"),
        )


def _level(rule: str, code: str | None) -> Level:
    """Documented bounds bind; what follows from a JSON type alone is a recommendation."""
    return "SHOULD" if code is None and rule in ("type", "null") else "MUST"


def _refusal(contract: Contract, operation: Operation, node: Node, code: str | None) -> Expectation:
    """The status that the operation lists for a code. Without a code the status alone is expected.

    A document that says nothing of refused requests is taken at its answers: 400 or 422, whichever the operation
    has; any 4XX where it has both or none of them, or where a path leads nowhere, which many call 404.
    """
    if code is not None:
        return Expectation(operation.status_of(code) or contract.error_default.status, code)
    if "x-error-default" in contract.document:
        return Expectation(contract.error_default.status)
    documented = [status for status in (400, 422) if status in operation.responses]
    return Expectation(documented[0] if len(documented) == 1 and node.location != "path" else 4)


def _nearest_lines(
    contract: Contract, operation: Operation, nodes: Mapping[str, Node], node: Node
) -> tuple[int, int] | None:
    """The lines of a node: its own, or those of the nearest thing that holds it."""
    name = node.id
    while name in nodes:
        lines = lines_of(nodes[name].schema)
        if lines is not None:
            return lines
        name = name.rpartition(".")[0]
    for raw in operation.raw.get("parameters", ()):
        parameter = contract.resolve(raw)
        if node.id.split(".")[:2] == [parameter["in"], parameter["name"]]:
            return lines_of(parameter) or lines_of(operation.raw)
    return lines_of(operation.raw)


def _paging(contract: Contract, operation: Operation) -> Iterator[Clause]:
    pagination = Pagination.of(operation)
    if pagination is None:
        return
    for law, text in pagination.laws().items():
        yield Clause(
            id=f"{contract.api}.{operation.id}.paging.{law}",
            level="MUST",
            kind="pagination",
            operation=operation.id,
            text=text,
            lines=lines_of(operation.raw),
            rule=law,
        )


def _repeat(contract: Contract, operation: Operation) -> Iterator[Clause]:
    repeat = operation.raw.get("x-idempotency")
    if repeat is None:
        return
    texts = {
        "same": "gives the same answer",
        "harmless": "succeeds and changes nothing more",
        "another": "makes another object",
        "error": "is refused",
    }
    expect = None
    if repeat["repeat"] == "error":
        code = repeat.get("code")
        expect = Expectation(repeat["status"], None if code is None else str(code))
    yield Clause(
        id=f"{contract.api}.{operation.id}.repeat",
        level="MUST",
        kind="idempotency",
        operation=operation.id,
        text=f"The same request to {operation.id} sent a second time {texts[repeat['repeat']]}.",
        lines=lines_of(repeat) or lines_of(operation.raw),
        expect=expect,
    )


def _rate(contract: Contract, operation: Operation) -> Iterator[Clause]:
    limit = RateLimit.of(operation)
    if limit is None:
        return
    raw = operation.raw["x-rate-limit"]
    for law, (level, text) in limit.laws().items():
        yield Clause(
            id=f"{contract.api}.{operation.id}.rate.{law}",
            level=level,
            kind="limit",
            operation=operation.id,
            text=text,
            lines=lines_of(raw) or lines_of(operation.raw),
            expect=limit.refusal if law == "refused" else None,
            rule=law,
            capability=raw.get("x-capability"),
            why=raw.get("x-assumption"),
        )


def _aliases(contract: Contract, operation: Operation) -> Iterator[Clause]:
    """The base paths beyond the first."""
    for server, base_path in zip(contract.aliases, contract.base_paths[1:], strict=True):
        name = re.sub("[^A-Za-z0-9_-]", "-", base_path.strip("/"))
        yield Clause(
            id=f"{contract.api}.{operation.id}.alias.{name}",
            level="MUST",
            kind="schema",
            operation=operation.id,
            text=f"Below {base_path} {operation.id} gives the same answer.",
            lines=lines_of(server) or lines_of(operation.raw),
            rule=base_path,
            capability=server.get("x-capability"),
            why=server.get("x-assumption"),
        )


def _first_error_lines(contract: Contract) -> tuple[int, int] | None:
    return lines_of(contract.document.get("x-outcome", {}))
