"""Checks of batches in a wrong order. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from collections.abc import Sequence

from mockserver.apis.supos.refusals import ALREADY_STORED, NOT_STORED, SOURCES_DIFFER
from mockserver.apis.supos.todo import Command, Item
from mockserver.apis.supos.todo_batches import Check, admitted, by_known_people, from_one_source, without_duplicates
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.requests import Arguments, Finding


def duplicates_first() -> tuple[Check, ...]:
    """Looks for duplicates before it compares the sources."""
    return admitted, without_duplicates, from_one_source, by_known_people


def people_first() -> tuple[Check, ...]:
    """Looks up the people before it compares the sources."""
    return admitted, by_known_people, from_one_source, without_duplicates


def store_first() -> tuple[Check, ...]:
    """Looks for stored records before it looks up the people."""
    return admitted, from_one_source, without_duplicates, _not_stored, by_known_people


def missing_first() -> tuple[Check, ...]:
    """Looks for the records to be modified before it looks up the people."""
    return admitted, from_one_source, without_duplicates, _all_stored, by_known_people


def _not_stored(world: World, command: Command, items: Sequence[Item]) -> None:
    find = command.rule(world, "find")
    if any(find(world, command.kind, item) is not None for item in items):
        raise Refused(ALREADY_STORED)


def _all_stored(world: World, command: Command, items: Sequence[Item]) -> None:
    find = command.rule(world, "find")
    if any(find(world, command.kind, item) is None for item in items):
        raise Refused(NOT_STORED)


def sources_before_fields(arguments: Arguments, findings: list[Finding]) -> Sequence[Finding]:
    """Compares the sources before it looks at the fields."""
    items = arguments.body if isinstance(arguments.body, list) else []
    if len({str(item.get("source")) for item in items if isinstance(item, dict)}) < 2:
        return findings
    return [Finding("body", "sources", "body", "body: sources differ", str(SOURCES_DIFFER)), *findings]


def field_by_field(arguments: Arguments, findings: list[Finding]) -> Sequence[Finding]:
    """Looks at one field of all items before it looks at the next."""
    return sorted(findings, key=lambda finding: finding.node)


def last_field_first(arguments: Arguments, findings: list[Finding]) -> Sequence[Finding]:
    """Reports the last field that is wrong of the first item."""
    item = findings[0].place.partition(".")[0]
    *_, last = (finding.place for finding in findings if finding.place.partition(".")[0] == item)
    return sorted(findings, key=lambda finding: finding.place != last)
