"""The steps of a command, and the decisions in it: what ``workflow.RULES`` names."""

from __future__ import annotations

from dataclasses import replace

from mockserver.engine import history, rows
from mockserver.engine.bpmn.model import SequenceFlow
from mockserver.engine.definitions import By, Flow, Named, ProcessDefinition, Section
from mockserver.engine.errors import ExecutorMissing, PositionEmpty, UnknownOutcome
from mockserver.engine.rows import Action, FinishedTask, Instance, State, Task
from mockserver.engine.world import World


def find_definition(world: World, key: str) -> ProcessDefinition | None:
    """The definition with exactly this key."""
    return rows.definitions(world).get(key)


def is_published(definition: ProcessDefinition) -> bool:
    """Whether a definition may be started."""
    return definition.published


def find_task(world: World, task_id: str) -> Task | None:
    """The pending task with exactly this id."""
    return rows.tasks(world).get(task_id)


def may_submit(task: Task, user: str) -> bool:
    """Whether a task waits for a user."""
    return user in task.holders


def is_active(instance: Instance) -> bool:
    """Whether the tasks of an instance may be executed."""
    return instance.state is State.RUNNING


def choose_flow(definition: ProcessDefinition, section: Section, outcome: str | None) -> Flow:
    """The flow that an outcome names; without one the first that is no rejection. Raises ``UnknownOutcome``."""
    flows = definition.outcomes[section.key]
    if not outcome:
        return next(flow for flow in flows if not flow.rejection)
    for flow in flows:
        if flow.key == outcome:
            return flow
    raise UnknownOutcome(outcome)


def choose_executors(section: Section, instance: Instance, named: Named) -> tuple[str, ...]:
    """Who is to execute a section. Raises ``ExecutorMissing`` or ``PositionEmpty``."""
    executors = section.executors
    if executors.by is By.INITIATOR:
        return (instance.initiator,)
    if executors.by is By.NAMED:
        users = tuple(dict.fromkeys(named.get(section.key, ())))
        if not users:
            raise ExecutorMissing(section.key)
        return users
    if executors.by is By.POSITION and executors.position is None:
        raise PositionEmpty(section.key)
    return executors.users


def enter(
    world: World, instance: Instance, section: Section, holders: tuple[str, ...], execution: str | None = None
) -> Task:
    """Open a section: one task that all its holders share, and in which a token waits."""
    now, identity = world.clock.now(), world.ids.text()
    task = Task(identity, instance.id, section.key, section.name, holders, instance.app, now, now, execution=execution)
    rows.tasks(world).insert(task.id, task)
    return task


def all_have_come(arrived: int, expected: int) -> bool:
    """Whether a join goes on when so many of its ways in have a token."""
    return arrived >= expected


def every_way(flows: tuple[SequenceFlow, ...]) -> tuple[SequenceFlow, ...]:
    """The ways out of a fork that are taken."""
    return flows


def finish(world: World, task: Task, actor: str, flow: Flow) -> None:
    """Close a task for everybody who holds it, and remember who executed it."""
    rows.tasks(world).remove(task.id)
    done = FinishedTask(
        task.id,
        task.instance,
        task.section,
        task.name,
        task.app,
        actor,
        flow.key,
        flow.rejection,
        task.created,
        world.clock.now(),
        tuple(other.id for other in history.waiting(world, task.instance)),
        task.holders,
    )
    rows.finished_tasks(world).insert(task.id, done)


def end(world: World, instance: Instance) -> None:
    """End an instance."""
    ended = replace(instance, state=State.COMPLETED, ended=world.clock.now())
    rows.instances(world).replace(instance.id, ended)


def as_sent(draft: str | None) -> str | None:
    """The form data that a saved process keeps."""
    return draft


def name_instance(definition: ProcessDefinition, wanted: str | None) -> str:
    """The name of a new instance: the wanted one, else that of its definition."""
    return wanted or definition.name


def record(
    world: World,
    task: Task,
    actor: str,
    flow: Flow,
    value: str | None,
    remark: str | None,
) -> None:
    """Write down that a task was executed."""
    action = Action.REJECT if flow.rejection else Action.COMPLETE
    history.note(world, task.instance, task.id, actor, action, outcome=flow.key, value=value, remark=remark)
