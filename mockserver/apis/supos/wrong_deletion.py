"""Wrong policies about deleting records of the to-do centre. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mockserver.apis.supos import todo_policies
from mockserver.apis.supos.todo import TASKS, Kind, Record, records
from mockserver.apis.supos.todo_deletion import Wanted
from mockserver.engine.world import World
from mockserver.errors import Refused


def nothing(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Finds no record in this way."""
    return []


def only_one_way(by_id: Sequence[Record], by_key: Sequence[Record]) -> list[Record]:
    """Deletes nothing by ids of the other system when ids find something."""
    return [*(by_id or by_key)]


def whatever_source(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes by ids of the other system whatever the source is."""
    own_ids = {own.lower() for own in wanted.own_ids}
    return [
        record
        for record in records(world, kind).values()
        if record.item[kind.own_id].lower() in own_ids
        and (wanted.status is None or record.item["taskStatus"] == wanted.status)
    ]


def of_source_only(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes by id only what belongs to the source of the request."""
    return [record for record in todo_policies.with_ids(world, kind, wanted) if record.item["source"] == wanted.source]


def by_case(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes by ids of the other system only in the case in which they were stored."""
    found = todo_policies.with_own_ids(world, kind, wanted)
    return [record for record in found if record.item[kind.own_id] in wanted.own_ids]


def ids_of_any_status(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes by id whatever the status is."""
    return todo_policies.with_ids(world, kind, replace(wanted, status=None))


def own_ids_of_any_status(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes by node id whatever the status is."""
    statuses = ("entrust", "completive", "pending")
    return [
        record
        for status in statuses
        for record in todo_policies.with_own_ids(world, kind, replace(wanted, status=status))
    ]


def everything(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Deletes all there is when a request names nothing."""
    if not wanted.ids and not wanted.own_ids:
        return list(records(world, kind).values())
    return todo_policies.with_ids(world, kind, wanted)


def known_only(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """Refuses a request with an id that no record has."""
    found = todo_policies.with_ids(world, kind, wanted)
    if len(found) < len(wanted.ids):
        raise Refused
    return found


def with_its_tasks(world: World, kind: Kind, record: Record) -> None:
    """Deletes the tasks of a process together with it."""
    todo_policies.remove(world, kind, record)
    process = kind.key(record.item)
    for task in list(records(world, TASKS).values()):
        if kind.key(task.item) == process:
            todo_policies.remove(world, TASKS, task)
