"""Executions: where the tokens of an instance are; and the history of the nodes that they were in.

The instance itself is the root of its tree of executions. A task that was put into a world without an execution gets
one when it is first needed, so that seeds and bulk data need none.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from mockserver.engine.bpmn.model import Kind, Node
from mockserver.engine.indexes import Index
from mockserver.engine.rows import Task
from mockserver.engine.tables import Table
from mockserver.engine.world import World

ALL = 1 << 31
"""More rows than an instance has."""


@dataclass(frozen=True, slots=True)
class Execution:
    """A token of an instance."""

    id: str
    instance: str
    parent: str
    """The execution that it belongs to; the instance's id at the top."""
    activity: str
    """The id of the node that it is in."""
    active: bool = True
    """False while it waits for others at a join."""
    entry: int | None = None
    """The history row of its stay in the node."""


@dataclass(frozen=True, slots=True)
class Activity:
    """A token's stay in a node. Times are milliseconds in UTC."""

    number: int
    instance: str
    execution: str
    node: str
    kind: Kind
    started: int
    ended: int | None = None
    reason: str | None = None
    """Why it ended before its time, if it did."""


def _execution_of_instance(execution: Execution) -> Iterator[tuple[Hashable, Any]]:
    yield execution.instance, 0


def _activity_of_instance(activity: Activity) -> Iterator[tuple[Hashable, Any]]:
    yield activity.instance, 0


def add_tables(world: World) -> None:
    """The tables of executions and their history, empty."""
    world.add_table("executions", [Index("instance", _execution_of_instance)])
    world.add_table("activities", [Index("instance", _activity_of_instance)])


def executions(world: World) -> Table[Execution]:
    """By id; index ``instance``, in the order in which they were made."""
    return world.table("executions")


def activities(world: World) -> Table[Activity]:
    """By number, which is the order in which tokens came; index ``instance``."""
    return world.table("activities")


def tokens(world: World, instance: str) -> list[Execution]:
    """The executions of an instance, oldest first; those that wait at joins, too."""
    return executions(world).page("instance", instance, 0, ALL)[0]


def create(world: World, instance: str, activity: str) -> Execution:
    """A new token in a node, of whose stay there is no history yet."""
    execution = Execution(world.ids.text(), instance, instance, activity)
    executions(world).insert(execution.id, execution)
    return execution


def arrive(world: World, execution: Execution, node: Node) -> Execution:
    """A token comes into a node."""
    entry = world.ids.number()
    row = Activity(entry, execution.instance, execution.id, node.id, node.kind, world.clock.now())
    activities(world).insert(entry, row)
    return put(world, replace(execution, activity=node.id, active=True, entry=entry))


def put(world: World, execution: Execution) -> Execution:
    """Another row in the place of an execution's."""
    executions(world).replace(execution.id, execution)
    return execution


def depart(world: World, execution: Execution, reason: str | None = None) -> None:
    """A token's stay in its node ends."""
    if execution.entry is not None:
        table = activities(world)
        table.replace(execution.entry, replace(table[execution.entry], ended=world.clock.now(), reason=reason))


def end(world: World, execution: Execution, reason: str | None = None) -> None:
    """A token ends where it is."""
    depart(world, execution, reason)
    executions(world).remove(execution.id)


def of_task(world: World, task: Task) -> Execution:
    """The token that waits in a task's section; made now if the task is there without one."""
    found = executions(world).get(task.execution) if task.execution else None
    if found is not None and found.activity == task.section:
        return found
    return create(world, task.instance, task.section)
