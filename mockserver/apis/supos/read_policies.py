"""Decisions of the reading operations, by the names under which a world keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos import details
from mockserver.apis.supos.policies import admit_app, shown_status
from mockserver.apis.supos.reading import known_to
from mockserver.apis.supos.representations import pending_task
from mockserver.apis.supos.users import is_user
from mockserver.engine import revocation, rows, steps
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.rows import FinishedTask, Instance, Record, State, Task
from mockserver.engine.rules import Rule
from mockserver.engine.world import World
from specs.model import Json

STATES: Mapping[str, State] = {str(status): state for state, status in details.STATUSES.items()}
"""``status`` of a query -> the state that it asks for."""


def user_first(area: str) -> Rule:
    """What is checked before a thing is looked up: that the user is known."""

    def checks(world: World, username: str, key: str) -> None:  # noqa: ARG001 - other policies look at the key
        known_to(world, area, username)

    return checks


def counted(world: World, user: str) -> int:
    """How many tasks wait for a user."""
    _, total = rows.tasks(world).page("holder", user, 0, 0)
    return total


def holds(world: World, task: Task, user: str) -> bool:  # noqa: ARG001 - other policies look further
    """A pending task is shown to those for whom it waits."""
    return user in task.holders


def pending_shown(world: World, task: Task) -> Json:
    """A pending task in detail."""
    instance = rows.instance_of(world, task)
    definition = rows.definitions(world)[instance.definition]
    return details.pending_detail(task, instance, definition, shown_status(instance))


def everybodys(world: World, start: int, count: int) -> tuple[list[tuple[Task, str]], int]:
    """A page of what waits for anybody: task and user."""
    return rows.everybodys_tasks(world, start, count)


def holding_shown(world: World, holding: tuple[Task, str]) -> Json:
    """A row of the list of all users."""
    task, user = holding
    instance = rows.instance_of(world, task)
    return pending_task(task, instance, shown_status(instance), user)


def completed(world: World, user: str, app: str | None, start: int, count: int) -> tuple[list[FinishedTask], int]:
    """A page of the tasks that a user has executed, of one application if one is given."""
    return rows.finished_tasks(world).page("actor", (user, app) if app else user, start, count)


def find_completed(world: World, task_id: str) -> FinishedTask | None:
    """The finished task with exactly this id."""
    return rows.finished_tasks(world).get(task_id)


def executed(world: World, task: FinishedTask, user: str) -> bool:  # noqa: ARG001 - other policies look further
    """A finished task is shown to whoever executed it."""
    return task.actor == user


def completed_row(world: World, task: FinishedTask) -> Json:
    """A row of the list of finished tasks."""
    return details.completed_task(task, rows.instance_of(world, task))


def completed_shown(world: World, task: FinishedTask) -> Json:
    """A finished task in detail."""
    revocable = world.rules["supos.completed-task.revocable"](world, task)
    return details.completed_detail(task, rows.instance_of(world, task), revocable=revocable)


def is_revocable(world: World, task: FinishedTask) -> bool:
    """Whether the task could be taken back now."""
    return revocation.can_be_revoked(world, task, rows.instance_of(world, task))


def find_instance(world: World, process_id: str) -> Instance | None:
    """The process with exactly this id."""
    return rows.instances(world).get(process_id)


def takes_part(world: World, instance: Instance, user: str) -> bool:
    """A process is shown to its initiator and to everybody who has or had a task of it."""
    return (
        user == instance.initiator
        or any(user in task.holders for task in rows.of(rows.tasks(world), instance))
        or any(user == done.actor or user in done.holders for done in rows.of(rows.finished_tasks(world), instance))
        or any(user == record.actor for record in rows.of(rows.records(world), instance))
    )


def process_shown(world: World, instance: Instance) -> Json:
    """A process, alone or in a list."""
    return details.process(instance, rows.of(rows.tasks(world), instance))


def initiated(
    world: World, user: str, app: str | None, start: int, count: int, state: State
) -> tuple[list[Instance], int]:
    """A page of the processes in one state that a user has started, of one application if one is given."""
    return rows.instances(world).page("initiator", (user, state, app) if app else (user, state), start, count)


def recorded(world: World, instance: Instance) -> list[Record]:
    """What was done in a process, oldest first."""
    return rows.of(rows.records(world), instance)


def record_shown(world: World, record: Record) -> Json:
    """A log entry."""
    key = record.task or ""
    task = rows.finished_tasks(world).get(key) or rows.tasks(world).get(key)
    definition = rows.definitions(world)[rows.instance_of(world, record).definition]
    flow = next((flow for flow in definition.flows if flow.key == record.outcome), None)
    return details.log_entry(record, task.name if task else None, flow, title(world, record.actor))


def waiting(world: World, instance: Instance) -> list[Task]:
    """The tasks of a process that wait."""
    return rows.of(rows.tasks(world), instance)


def waiting_shown(world: World, task: Task) -> Json:
    """A task that somebody may be reminded of."""
    titles = {user: title(world, user) for user in task.holders}
    return details.urge_entry(task, rows.instance_of(world, task), titles)


def title(world: World, user: str) -> str:
    """The name by which people know a user."""
    person = rows.people(world).get(user)
    return (person.title if person else "") or user


def is_published(definition: ProcessDefinition) -> bool:
    """What a start needs is shown of published processes only."""
    return definition.published


def start_shown(world: World, definition: ProcessDefinition) -> Json:  # noqa: ARG001 - other policies look further
    """What a start needs."""
    return details.start_info(definition)


READ_RULES: Mapping[str, Rule] = {
    "supos.total.known_user": is_user,
    "supos.total.counted": counted,
    "supos.pending-task.known_user": is_user,
    "supos.pending-task.checks": user_first("pending-task"),
    "supos.pending-task.find": steps.find_task,
    "supos.pending-task.may_view": holds,
    "supos.pending-task.shown": pending_shown,
    "supos.completed.known_user": is_user,
    "supos.completed.admit_app": admit_app,
    "supos.completed.listed": completed,
    "supos.completed.shown": completed_row,
    "supos.completed-task.known_user": is_user,
    "supos.completed-task.checks": user_first("completed-task"),
    "supos.completed-task.find": find_completed,
    "supos.completed-task.may_view": executed,
    "supos.completed-task.shown": completed_shown,
    "supos.completed-task.revocable": is_revocable,
    "supos.all-pending.listed": everybodys,
    "supos.all-pending.shown": holding_shown,
    "supos.start-info.find": steps.find_definition,
    "supos.start-info.published": is_published,
    "supos.start-info.shown": start_shown,
    "supos.process.known_user": is_user,
    "supos.process.checks": user_first("process"),
    "supos.process.find": find_instance,
    "supos.process.may_view": takes_part,
    "supos.process.shown": process_shown,
    "supos.log.find": find_instance,
    "supos.log.listed": recorded,
    "supos.log.shown": record_shown,
    "supos.urge.find": find_instance,
    "supos.urge.listed": waiting,
    "supos.urge.shown": waiting_shown,
    "supos.initiated.known_user": is_user,
    "supos.initiated.admit_app": admit_app,
    "supos.initiated.listed": initiated,
    "supos.initiated.shown": process_shown,
}
