"""Checks and findings in a wrong order. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from collections.abc import Mapping, Sequence

from mockserver.apis.supos import policies, todo
from mockserver.apis.supos.refusals import ALREADY_STORED, SOURCES_DIFFER, refused
from mockserver.engine.errors import UnknownProcess, UnknownTask
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json
from specs.requests import Arguments, Finding


def process_before_user(world: World, body: Mapping[str, Json]) -> None:
    """Looks the process up before the users."""
    if world.rules["start.definition"](world, body["processKey"]) is None:
        raise refused(UnknownProcess())
    policies.start_checks(world, body)


def task_before_user(world: World, body: Mapping[str, Json]) -> None:
    """Looks the task up before the users."""
    if world.rules["submit.task"](world, body["taskId"]) is None:
        raise refused(UnknownTask())
    policies.submit_checks(world, body)


def duplicates_first() -> tuple[todo.Check, ...]:
    """Looks for duplicates before it compares the sources."""
    return todo.admitted, todo.without_duplicates, todo.from_one_source, todo.by_known_people


def people_first() -> tuple[todo.Check, ...]:
    """Looks up the people before it compares the sources."""
    return todo.admitted, todo.by_known_people, todo.from_one_source, todo.without_duplicates


def store_first() -> tuple[todo.Check, ...]:
    """Looks for stored records before it looks up the people."""
    return todo.admitted, todo.from_one_source, todo.without_duplicates, _not_stored, todo.by_known_people


def _not_stored(world: World, items: Sequence[todo.Item]) -> None:
    key_of, table = world.rules["supos.todo.record_key"], todo.todo_tasks(world)
    if any(key_of(item) in table for item in items):
        raise Refused(ALREADY_STORED)


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
