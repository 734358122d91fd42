"""What happens and happened within one instance, and how it is written down."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from mockserver.engine import rows
from mockserver.engine.rows import Action, FinishedTask, Record, Task
from mockserver.engine.world import World

EXECUTED = (Action.COMPLETE, Action.REJECT)
"""What ends a task by the hand of whom it waits for."""


def waiting(world: World, instance: str) -> Sequence[Task]:
    """The tasks of an instance that wait, in the order in which they were opened."""
    return rows.tasks(world).page("instance", instance, 0, sys.maxsize)[0]


def finished(world: World, instance: str) -> Sequence[FinishedTask]:
    """The tasks of an instance that somebody executed, in the order in which they were opened."""
    return rows.finished_tasks(world).page("instance", instance, 0, sys.maxsize)[0]


def records(world: World, instance: str) -> Sequence[Record]:
    """Who did what to an instance, in the order in which it happened."""
    return rows.records(world).page("instance", instance, 0, sys.maxsize)[0]


def note(
    world: World,
    instance: str,
    task: str | None,
    actor: str,
    action: Action,
    *,
    outcome: str | None = None,
    value: str | None = None,
    remark: str | None = None,
) -> None:
    """Write down that somebody did something to an instance, or to a task of it."""
    number = world.ids.number()
    row = Record(number, instance, task, actor, action, outcome, value, remark, world.clock.now())
    rows.records(world).insert(number, row)
