"""Tasks of an instance as Jodoo counts them: those that wait and those that are over, in one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mockserver.apis.jodoo import properties as said
from mockserver.engine import rows
from mockserver.engine.rows import FinishedTask, Instance, State, Task
from mockserver.engine.world import World

IN_PROGRESS, COMPLETED, ENDED, ACTIVATED, PAUSED = 0, 1, 2, 4, 5
"""``status`` of a task (lines 276-280)."""

SITE = "https://www.jodoo.com/workflow/process_instance"
"""Where forms without a page of their own are shown."""

WAITING: Mapping[str | None, int] = {None: IN_PROGRESS, "activated": ACTIVATED, "paused": PAUSED}


@dataclass(frozen=True, slots=True)
class Step:
    """A task, whether it waits or is over."""

    id: str
    section: str
    node: str
    """The name of its section."""
    title: str
    page: str
    """The address before its ids."""
    assignee: str
    created: int
    create_action: str
    ended: int | None
    """When it was finished, ``None`` while it waits."""
    finish_action: str | None
    status: int


def page_of(instance: Instance) -> str:
    """The address before an instance's id."""
    return instance.page or SITE


def steps_of(world: World, instance: Instance) -> list[Step]:
    """Every task of an instance, in the order in which they began."""
    waiting = [_waiting(world, instance, task) for task in rows.of(rows.tasks(world), instance)]
    over = [_over(world, instance, task) for task in rows.of(rows.finished_tasks(world), instance)]
    return sorted((*over, *waiting), key=lambda step: (step.created, step.id))


def _waiting(world: World, instance: Instance, task: Task) -> Step:
    known = rows.properties_of(world, rows.tasks(world), task.id)
    how = known.get(said.WAITING, "paused" if instance.state is State.SUSPENDED else None)
    return Step(
        id=task.id,
        section=task.section,
        node=task.name,
        title=known.get(said.TITLE, task.name),
        page=known.get(said.PAGE, page_of(instance)),
        assignee=task.holders[0],
        created=task.created,
        create_action=known.get(said.CREATE_ACTION, "forward"),
        ended=None,
        finish_action=None,
        status=WAITING[how],
    )


def _over(world: World, instance: Instance, task: FinishedTask) -> Step:
    known = rows.properties_of(world, rows.finished_tasks(world), task.id)
    return Step(
        id=task.id,
        section=task.section,
        node=task.name,
        title=known.get(said.TITLE, task.name),
        page=known.get(said.PAGE, page_of(instance)),
        assignee=task.actor,
        created=task.created,
        create_action=known.get(said.CREATE_ACTION, "forward"),
        ended=task.ended,
        finish_action=known.get(said.FINISH_ACTION, "back" if task.rejected else "forward"),
        status=ENDED if known.get(said.CLOSED) else COMPLETED,
    )
