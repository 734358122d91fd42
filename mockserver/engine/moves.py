"""What is done to a running instance from outside its definition: withdraw, jump, assign, delete."""

from __future__ import annotations

from dataclasses import replace

from mockserver.engine import executions, history, rows, steps
from mockserver.engine.definitions import Section
from mockserver.engine.rows import Instance, Kind, State, Task
from mockserver.engine.world import World


def withdraw(world: World, instance: str, reason: str) -> None:
    """Take away whatever is open in an instance: its tasks vanish, its tokens end where they are."""
    _drop_tasks(world, instance)
    for token in executions.tokens(world, instance):
        executions.end(world, token, reason)


def jump(world: World, instance: Instance, section: Section, holders: tuple[str, ...], reason: str) -> Task:
    """End whatever is open in an instance and open a section of its definition; gives the new task.

    The oldest token goes there; all the others end.
    """
    definition = rows.definitions(world)[instance.definition]
    token, *others = executions.tokens(world, instance.id) or [executions.create(world, instance.id, section.key)]
    _drop_tasks(world, instance.id)
    for other in others:
        executions.end(world, other, reason)
    executions.depart(world, token, reason)
    token = executions.arrive(world, token, definition.model.by_id[section.key])
    return steps.enter(world, instance, section, holders, token.id)


def assign(world: World, task: Task, holders: tuple[str, ...], kind: Kind) -> Task:
    """Give a task to others; it keeps its id. Gives its new row."""
    given = replace(task, holders=holders, kind=kind, modified=world.clock.now())
    rows.tasks(world).replace(task.id, given)
    return given


def delete(world: World, instance: Instance, reason: str) -> Instance:
    """End an instance before its time: its open tasks vanish, its history stays. Gives its new row."""
    withdraw(world, instance.id, reason)
    ended = replace(instance, state=State.CANCELED, ended=world.clock.now())
    rows.instances(world).replace(instance.id, ended)
    return ended


def _drop_tasks(world: World, instance: str) -> None:
    for task in history.waiting(world, instance):
        rows.tasks(world).remove(task.id)
