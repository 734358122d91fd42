"""Taking a submitted task back while nobody has gone on from it."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine import history, moves, rows, steps
from mockserver.engine.errors import InstanceEnded, MovedOn, NotExecutor, ParallelBranch, UnknownFinishedTask
from mockserver.engine.rows import Action, FinishedTask, Instance, State, Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World

REASON = "revoked"
"""Why a node was left before its time."""


def revoke(world: World, task_id: str, user: str) -> None:
    """Withdraw what waits since a user executed a task, and open the task's section again for that user.

    The task stays executed; the section is a new task. Raises, in this order, ``UnknownFinishedTask``,
    ``NotExecutor``, ``InstanceEnded``, ``ParallelBranch`` and ``MovedOn``.
    """
    rules = world.rules
    done: FinishedTask | None = rules["revoke.task"](world, task_id)
    if done is None:
        raise UnknownFinishedTask(task_id)
    instance = rows.instance_of(world, done)
    if not rules["revoke.permitted"](done, instance, user):
        raise NotExecutor(task_id, user)
    if not rules["revoke.open"](world, done, instance):
        raise InstanceEnded(instance.id)
    if not rules["revoke.sole"](world, done, instance):
        raise ParallelBranch(task_id)
    for rule in ("revoke.untouched", "revoke.once", "revoke.active"):
        if not rules[rule](world, done, instance):
            raise MovedOn(task_id)
    rules["revoke.go-back"](world, done, instance)
    history.note(world, instance.id, done.id, user, Action.REVOKE)


def find_finished(world: World, task_id: str) -> FinishedTask | None:
    """The executed task with exactly this id."""
    return rows.finished_tasks(world).get(task_id)


def is_executor(done: FinishedTask, instance: Instance, user: str) -> bool:  # noqa: ARG001 - others look at the instance
    """Whether it was this user who executed a task."""
    return done.actor == user


def is_open(world: World, done: FinishedTask, instance: Instance) -> bool:  # noqa: ARG001 - one shape for all
    """Whether an instance has not ended."""
    return instance.state in (State.RUNNING, State.SUSPENDED)


def is_sole(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Whether no task of another branch waited beside a task, nor it beside one of those."""
    return not done.beside and not any(done.id in other.beside for other in history.finished(world, instance.id))


def is_untouched(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Whether a task is the one executed last, those that were taken back apart."""
    told = history.records(world, instance.id)
    back = {record.task for record in told if record.action is Action.REVOKE} - {done.id}
    executed = [r.task for r in told if r.action in history.EXECUTED and r.task not in back]
    return executed[-1:] == [done.id]


def is_first_time(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Whether a task has not been taken back yet."""
    told = history.records(world, instance.id)
    return not any(record.action is Action.REVOKE and record.task == done.id for record in told)


def is_active(world: World, done: FinishedTask, instance: Instance) -> bool:  # noqa: ARG001 - one shape for all
    """Whether an instance goes on."""
    return steps.is_active(instance)


def go_back(world: World, done: FinishedTask, instance: Instance) -> Task:
    """End what waits since a task was executed, and open its section for whoever executed it; gives the new task."""
    section = rows.definitions(world)[instance.definition].by_key[done.section]
    return moves.jump(world, instance, section, (done.actor,), REASON)


def can_be_revoked(world: World, done: FinishedTask, instance: Instance) -> bool:
    """Whether whoever executed a task could take it back now."""
    return all(check(world, done, instance) for check in (is_open, is_sole, is_untouched, is_first_time, is_active))


RULES: Mapping[str, Rule] = {
    "revoke.task": find_finished,
    "revoke.permitted": is_executor,
    "revoke.open": is_open,
    "revoke.sole": is_sole,
    "revoke.untouched": is_untouched,
    "revoke.once": is_first_time,
    "revoke.active": is_active,
    "revoke.go-back": go_back,
}
