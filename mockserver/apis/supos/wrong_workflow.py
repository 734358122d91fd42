"""Wrong policies about processes and tasks. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import replace

from mockserver.engine import rows, steps
from mockserver.engine.definitions import By, Flow, Named, ProcessDefinition, Section
from mockserver.engine.errors import PositionEmpty, UnknownOutcome
from mockserver.engine.rows import Instance, Task
from mockserver.engine.tables import Change, UndoLog
from mockserver.engine.world import World
from mockserver.errors import Refused


def anybody(world: World, name: str) -> bool:
    """Takes any name for a user's."""
    return True


def _page(found: list[Task], start: int, count: int) -> tuple[list[Task], int]:
    found.sort(key=lambda task: (-task.created, task.id))
    return found[start : start + count], len(found)


def whatever_the_app(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[Task], int]:
    """Lists the tasks of all applications, whatever appId says."""
    return rows.tasks(world).page("holder", user, start, count)


def everybodys_tasks(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[Task], int]:
    """Lists the tasks of all users."""
    return _page([task for task in rows.tasks(world).values() if not app or task.app == app], start, count)


def known_app_only(world: World, app: str) -> None:
    """Refuses an appId that no process has."""
    if not any(instance.app == app for instance in rows.instances(world).values()):
        raise Refused


def initiator_shown(instance: Instance, user: str) -> str:
    """Shows the initiator for the user whom the task waits for."""
    return instance.initiator


def always_suspended(instance: Instance) -> int:
    """Shows every task with the status of a suspended process."""
    return 77


def always_running(instance: Instance) -> int:
    """Shows every task with the status of a running process."""
    return 88


def nearest_definition(world: World, key: str) -> ProcessDefinition | None:
    """Starts the process whose key is nearest in the sorted list of keys."""
    found = sorted(rows.definitions(world).values(), key=lambda definition: definition.key)
    return found[min(bisect_left([definition.key for definition in found], key), len(found) - 1)]


def any_definition(definition: ProcessDefinition) -> bool:
    """Starts unpublished processes, too."""
    return True


def initiator_unless_named(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Gives the next task to the initiator when the request has no entry for its section."""
    if section.executors.by is By.NAMED and section.key not in named:
        return (instance.initiator,)
    return steps.choose_executors(section, instance, named)


def initiator_instead(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Gives the next task to the initiator when the request names nobody for its section."""
    if section.executors.by is By.NAMED and not named.get(section.key):
        return (instance.initiator,)
    return steps.choose_executors(section, instance, named)


def empty_list_accepted(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Opens a task for nobody when the request's list of users is empty."""
    if section.executors.by is By.NAMED and named.get(section.key) == ():
        return ()
    return steps.choose_executors(section, instance, named)


def position_unheld(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Opens a task for nobody when the section's position has no number."""
    try:
        return steps.choose_executors(section, instance, named)
    except PositionEmpty:
        return ()


def default_flow(definition: ProcessDefinition, section: Section, outcome: str | None) -> Flow:
    """Takes the default flow when the section has none of the wanted key."""
    try:
        return steps.choose_flow(definition, section, outcome)
    except UnknownOutcome:
        return steps.choose_flow(definition, section, None)


def not_entered(world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str) -> None:
    """Does not open the next section."""


def a_task_each(world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str) -> None:
    """Opens a task of its own for each executor."""
    for holder in holders:
        steps.enter(world, instance, section, (holder,), execution)


def first_executor_only(
    world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str
) -> Task:
    """Gives the next task to the first of its executors only."""
    return steps.enter(world, instance, section, holders[:1], execution)


def not_finished(world: World, task: Task, actor: str, flow: Flow) -> None:
    """Leaves the first section open."""


def definitions_name(definition: ProcessDefinition, wanted: str | None) -> str:
    """Names every process after its definition."""
    return definition.name


def added_rows_stay(world: World, log: UndoLog) -> None:
    """Leaves the process and the tasks behind that a refused start has made."""
    undo_but(log, lambda change: change.added and change.table.name in ("instances", "tasks"))


def removed_tasks_stay_away(world: World, log: UndoLog) -> None:
    """Does not bring the tasks back that a refused command has finished."""
    undo_but(log, lambda change: not change.added and change.table.name == "tasks")


def undo_but(log: UndoLog, kept: Callable[[Change], bool]) -> None:
    """Undo a command but for the changes that a predicate picks; ids are not given again."""
    for change in reversed(log.changes):
        if not kept(change):
            change.undo()


def task_by_prefix(world: World, task_id: str) -> Task | None:
    """Takes the first task whose id begins with the text that was sent."""
    found = steps.find_task(world, task_id)
    near = (task for task in rows.tasks(world).values() if task.id.startswith(task_id))
    return found or min(near, key=lambda task: task.id, default=None)


def strangers_too(task: Task, user: str) -> bool:
    """Lets anybody submit a task."""
    return True


def suspended_too(instance: Instance) -> bool:
    """Lets tasks of suspended processes be submitted."""
    return True


def kept_by_submitter(world: World, task: Task, actor: str, flow: Flow) -> None:
    """Leaves a submitted task in the submitter's list."""
    rows.tasks(world).replace(task.id, replace(task, holders=(actor,)))


def finished_for_submitter(world: World, task: Task, actor: str, flow: Flow) -> None:
    """Takes a submitted task out of the submitter's list only."""
    left = tuple(holder for holder in task.holders if holder != actor)
    if left:
        rows.tasks(world).replace(task.id, replace(task, holders=left))
    else:
        steps.finish(world, task, actor, flow)


def begun_again(world: World, instance: Instance) -> None:
    """Opens the first section again when the last one is submitted."""
    definition = rows.definitions(world)[instance.definition]
    steps.enter(world, instance, definition.first, (instance.initiator,))
