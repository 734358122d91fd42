"""Rows of workflow state. Times are milliseconds in UTC."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.indexes import Index
from mockserver.engine.tables import Table
from mockserver.engine.world import World


class State(Enum):
    """How an instance is."""

    RUNNING = "running"
    SUSPENDED = "suspended"
    COMPLETED = "completed"


class Action(Enum):
    """What was done."""

    COMPLETE = "complete"
    REJECT = "reject"


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


@dataclass(frozen=True, slots=True)
class FinishedTask:
    """A task that somebody executed."""

    id: str
    instance: str
    section: str
    name: str
    actor: str
    outcome: str
    rejected: bool
    created: int
    ended: int


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


def add_tables(world: World) -> None:
    """The engine's own tables, empty."""
    world.add_table("people")
    world.add_table("definitions")
    world.add_table("instances")
    world.add_table("tasks", [Index("holder", holders)])
    world.add_table("finished-instances")
    world.add_table("finished-tasks")
    world.add_table("records")


def people(world: World) -> Table[Person]:
    """By name."""
    return world.table("people")


def definitions(world: World) -> Table[ProcessDefinition]:
    """By key."""
    return world.table("definitions")


def instances(world: World) -> Table[Instance]:
    """Those that have not ended, by id."""
    return world.table("instances")


def instance_of(world: World, task: Task) -> Instance:
    """The instance of a task, whether it has ended or not."""
    return instances(world).get(task.instance) or finished_instances(world)[task.instance]


def tasks(world: World) -> Table[Task]:
    """Those that wait, by id; index ``holder`` with the buckets ``user`` and ``(user, app)``."""
    return world.table("tasks")


def finished_instances(world: World) -> Table[Instance]:
    """Those that have ended, by id."""
    return world.table("finished-instances")


def finished_tasks(world: World) -> Table[FinishedTask]:
    """By id."""
    return world.table("finished-tasks")


def records(world: World) -> Table[Record]:
    """By number, which is the order in which things happened."""
    return world.table("records")
