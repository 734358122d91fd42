"""Rows of workflow state. Times are milliseconds in UTC."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from sys import maxsize
from types import MappingProxyType
from typing import Any, TypeVar

from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.indexes import Index
from mockserver.engine.tables import Table
from mockserver.engine.world import World

Row = TypeVar("Row")


class State(Enum):
    """How an instance is."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    CANCELED = "canceled"


class Kind(Enum):
    """How a task came to whoever holds it."""

    REGULAR = "regular"
    DELEGATED = "delegated"
    NOTIFICATION = "notification"
    ADDED = "added"
    PROXY = "proxy"


class Action(Enum):
    """What was done."""

    COMPLETE = "complete"
    REJECT = "reject"
    DELEGATE = "delegate"
    REVOKE = "revoke"
    CANCEL = "cancel"


EVERYBODY = "everybody"
"""The one bucket of the index ``held``."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who may hold tasks."""

    name: str
    title: str = ""
    """The name by which people know them."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A process that was started."""

    id: str
    definition: str
    name: str
    initiator: str
    app: str
    page: str
    started: int
    state: State = State.RUNNING
    form: str | None = None
    draft: str | None = None
    """Form data that were saved and not yet submitted."""
    ended: int | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """A section of an instance that waits; one task, whoever of its holders executes it."""

    id: str
    instance: str
    section: str
    name: str
    holders: tuple[str, ...]
    app: str
    """The instance's, which never changes."""
    created: int
    modified: int
    kind: Kind = Kind.REGULAR
    execution: str | None = None
    """The token that waits with it; ``None`` until one is needed."""


@dataclass(frozen=True, slots=True)
class FinishedTask:
    """A task that somebody executed."""

    id: str
    instance: str
    section: str
    name: str
    app: str
    actor: str
    outcome: str
    rejected: bool
    created: int
    ended: int
    beside: tuple[str, ...] = ()
    """The tasks of other branches that waited when it was executed."""
    holders: tuple[str, ...] = ()
    """Whom it waited for when it was executed."""


@dataclass(frozen=True, slots=True)
class Record:
    """Who did what to an instance."""

    number: int
    instance: str
    task: str | None
    actor: str
    action: Action
    outcome: str | None
    value: str | None
    remark: str | None
    at: int


def holders(task: Task) -> Iterator[tuple[Hashable, Any]]:
    """For each holder the list of all tasks and that of the application's; newest first, ties by id."""
    newest_first = -task.created
    for user in task.holders:
        yield user, newest_first
        yield (user, task.app), newest_first


def held(task: Task) -> Iterator[tuple[Hashable, Any]]:
    """One list of everything that waits: an entry for each holder of each task; newest first, ties by id and name."""
    for user in task.holders:
        yield EVERYBODY, (-task.created, task.id, user)


def of_instance(row: Task | FinishedTask | Record) -> Iterator[tuple[Hashable, Any]]:
    """The list of an instance's rows, in the order in which they were made."""
    yield row.instance, row.number if isinstance(row, Record) else row.created


def initiated(instance: Instance) -> Iterator[tuple[Hashable, Any]]:
    """The initiator's instances in this state, all of them and the application's; newest first."""
    yield (instance.initiator, instance.state), -instance.started
    yield (instance.initiator, instance.state, instance.app), -instance.started


def executed(task: FinishedTask) -> Iterator[tuple[Hashable, Any]]:
    """The tasks that somebody executed, all of them and the application's; the one finished last comes first."""
    yield task.actor, -task.ended
    yield (task.actor, task.app), -task.ended


Properties = Mapping[str, Any]
"""What an API knows of a row beyond the engine, by name."""

NOTHING: Properties = MappingProxyType({})


def add_tables(world: World) -> None:
    """The engine's own tables, empty."""
    world.add_table("properties")
    world.add_table("people")
    world.add_table("definitions")
    world.add_table("instances", [Index("initiator", initiated)])
    world.add_table("tasks", [Index("holder", holders), Index("held", held), Index("instance", of_instance)])
    world.add_table("finished-tasks", [Index("actor", executed), Index("instance", of_instance)])
    world.add_table("records", [Index("instance", of_instance)])


def people(world: World) -> Table[Person]:
    """By name."""
    return world.table("people")


def properties(world: World) -> Table[Properties]:
    """By name of a table and key of one of its rows."""
    return world.table("properties")


def properties_of(world: World, table: Table[Any], key: Hashable) -> Properties:
    """What an API knows of a row; nothing of most."""
    return properties(world).get((table.name, key)) or NOTHING


def definitions(world: World) -> Table[ProcessDefinition]:
    """By key."""
    return world.table("definitions")


def instances(world: World) -> Table[Instance]:
    """By id, whatever their state; index ``initiator`` with the buckets ``(user, state)``, ``(user, state, app)``."""
    return world.table("instances")


def instance_of(world: World, row: Task | FinishedTask | Record) -> Instance:
    """The instance that a row belongs to."""
    return instances(world)[row.instance]


def tasks(world: World) -> Table[Task]:
    """Those that wait, by id; indexes ``holder`` (buckets ``user`` and ``(user, app)``), ``held`` and ``instance``."""
    return world.table("tasks")


def everybodys_tasks(world: World, start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    """A page of what waits, each task once for each holder, and how many such pairs there are."""
    page, total = tasks(world).entries("held", EVERYBODY, start, count)
    return [(task, sort[2]) for sort, task in page], total


def finished_tasks(world: World) -> Table[FinishedTask]:
    """By id; index ``actor`` with the buckets ``user`` and ``(user, app)``, index ``instance``."""
    return world.table("finished-tasks")


def records(world: World) -> Table[Record]:
    """By number, which is the order in which things happened; index ``instance``."""
    return world.table("records")


def of(table: Table[Row], instance: Instance) -> list[Row]:
    """The rows of an instance in a table that has the index ``instance``, in the order in which they were made."""
    found, _ = table.page("instance", instance.id, 0, maxsize)
    return found
