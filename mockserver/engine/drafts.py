"""Form data that are kept until a task is submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mockserver.engine import rows, steps
from mockserver.engine.errors import InstanceSuspended, NotHolder, UnknownTask
from mockserver.engine.rows import Instance, Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World


def save_draft(world: World, task_id: str, user: str, draft: str | None) -> None:
    """Keep the form data of a task that waits; ``None`` leaves what was kept before.

    Raises, in this order, ``UnknownTask``, ``NotHolder`` and ``InstanceSuspended``.
    """
    rules = world.rules
    task: Task | None = rules["draft.task"](world, task_id)
    if task is None:
        raise UnknownTask(task_id)
    if not rules["draft.permitted"](task, user):
        raise NotHolder(task_id, user)
    instance = rows.instance_of(world, task)
    if not rules["draft.active"](instance):
        raise InstanceSuspended(task.instance)
    rules["draft.keep"](world, task, instance, draft)


def keep(world: World, task: Task, instance: Instance, draft: str | None) -> None:  # noqa: ARG001 - one an instance
    """Keep form data beside those that were submitted."""
    if draft is not None:
        rows.instances(world).replace(instance.id, replace(instance, draft=draft))


RULES: Mapping[str, Rule] = {
    "draft.task": steps.find_task,
    "draft.permitted": steps.may_submit,
    "draft.active": steps.is_active,
    "draft.keep": keep,
}
