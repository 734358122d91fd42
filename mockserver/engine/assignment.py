"""Handing a task over to somebody else."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine import history, moves, rows, steps
from mockserver.engine.errors import AlreadyDelegated, AlreadyHolder, InstanceSuspended, NotDelegator, UnknownTask
from mockserver.engine.rows import Action, Kind, Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World


def delegate(world: World, task_id: str, user: str, trustee: str, reason: str | None = None) -> None:
    """Hand a task that waits for a user over to another one, which happens to a task once.

    Raises, in this order, ``UnknownTask``, ``AlreadyDelegated``, ``NotDelegator``, ``InstanceSuspended`` and
    ``AlreadyHolder``.
    """
    rules = world.rules
    task: Task | None = rules["delegate.task"](world, task_id)
    if task is None:
        raise UnknownTask(task_id)
    if not rules["delegate.fresh"](task, user):
        raise AlreadyDelegated(task_id)
    if not rules["delegate.permitted"](task, user):
        raise NotDelegator(task_id, user)
    if not rules["delegate.active"](rows.instance_of(world, task)):
        raise InstanceSuspended(task.instance)
    if rules["delegate.held"](task, user, trustee):
        raise AlreadyHolder(task_id, trustee)
    rules["delegate.hand-over"](world, task, user, trustee)
    history.note(world, task.instance, task.id, user, Action.DELEGATE, remark=reason)


def is_fresh(task: Task, user: str) -> bool:  # noqa: ARG001 - other policies look at who asks
    """Whether nobody has handed a task over yet."""
    return task.kind is not Kind.DELEGATED


def is_held(task: Task, user: str, trustee: str) -> bool:  # noqa: ARG001 - other policies look at who asks
    """Whether a task waits for the trustee already."""
    return trustee in task.holders


def hand_over(world: World, task: Task, user: str, trustee: str) -> None:
    """Let a task wait for the trustee in the user's place; those who share it keep it."""
    holders = tuple(trustee if holder == user else holder for holder in task.holders)
    moves.assign(world, task, holders, Kind.DELEGATED)


RULES: Mapping[str, Rule] = {
    "delegate.task": steps.find_task,
    "delegate.fresh": is_fresh,
    "delegate.permitted": steps.may_submit,
    "delegate.active": steps.is_active,
    "delegate.held": is_held,
    "delegate.hand-over": hand_over,
}
