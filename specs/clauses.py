"""Clauses as JSON: how the bundle holds them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specs.model import Clause, Expectation, Json


def read_clauses(items: Iterable[Mapping[str, Json]]) -> Iterator[Clause]:
    """Clauses from their JSON form (``x-clauses`` of a bundle)."""
    for item in items:
        expect = item.get("expect")
        yield Clause(
            id=item["id"],
            level=item["level"],
            kind=item["kind"],
            text=item["text"],
            lines=tuple(item["lines"]) if item.get("lines") else None,
            operation=item.get("operation"),
            expect=Expectation(expect["status"], expect.get("code")) if expect else None,
            node=item.get("node"),
            rule=item.get("rule"),
            capability=item.get("capability"),
            excluded=item.get("excluded"),
            why=item.get("why"),
            derived=item.get("derived", False),
        )


def write_clause(clause: Clause) -> dict[str, Json]:
    """The JSON form of a clause; what is absent is left out."""
    item: dict[str, Json] = {
        "id": clause.id,
        "level": clause.level,
        "kind": clause.kind,
        "operation": clause.operation,
        "text": clause.text,
        "lines": list(clause.lines) if clause.lines else None,
        "expect": None,
        "node": clause.node,
        "rule": clause.rule,
        "capability": clause.capability,
        "excluded": clause.excluded,
        "why": clause.why,
        "derived": clause.derived or None,
    }
    if clause.expect is not None:
        item["expect"] = {"status": clause.expect.status}
        if clause.expect.code is not None:
            item["expect"]["code"] = clause.expect.code
    return {key: value for key, value in item.items() if value is not None}
