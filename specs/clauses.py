"""Clauses as JSON: how the bundle holds them, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from specs.model import Clause, Expectation, Json, Observed


def read_clauses(items: Iterable[Mapping[str, Json]]) -> Iterator[Clause]:
    """Clauses from their JSON form (``x-clauses`` of a bundle)."""
    for item in items:
        yield Clause(
            id=item["id"],
            level=item["level"],
            kind=item["kind"],
            text=item["text"],
            lines=tuple(item["lines"]) if item.get("lines") else None,
            operation=item.get("operation"),
            expect=_expectation(item["expect"]) if item.get("expect") else None,
            node=item.get("node"),
            rule=item.get("rule"),
            capability=item.get("capability"),
            excluded=item.get("excluded"),
            why=item.get("why"),
            derived=item.get("derived", False),
            observed=tuple(
                Observed(one["server"], _expectation(one["expect"]), one["seen"]) for one in item.get("observed", ())
            ),
        )


def _expectation(item: Mapping[str, Json]) -> Expectation:
    code = item.get("code")
    return Expectation(item["status"], None if code is None else str(code))


def write_clause(clause: Clause) -> dict[str, Json]:
    """The JSON form of a clause; what is absent is left out."""
    item: dict[str, Json] = {
        "id": clause.id,
        "level": clause.level,
        "kind": clause.kind,
        "operation": clause.operation,
        "text": clause.text,
        "lines": list(clause.lines) if clause.lines else None,
        "expect": None if clause.expect is None else _write_expectation(clause.expect),
        "node": clause.node,
        "rule": clause.rule,
        "capability": clause.capability,
        "excluded": clause.excluded,
        "why": clause.why,
        "derived": clause.derived or None,
        "observed": [
            {"server": one.server, "expect": _write_expectation(one.expect), "seen": one.seen}
            for one in clause.observed
        ]
        or None,
    }
    return {key: value for key, value in item.items() if value is not None}


def _write_expectation(expect: Expectation) -> dict[str, Json]:
    return {"status": expect.status} if expect.code is None else {"status": expect.status, "code": expect.code}
