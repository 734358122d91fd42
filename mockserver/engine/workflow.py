"""Starting and saving processes and submitting tasks.

Each decision and each step is looked up among the world's rules, under names of its own for either command.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from mockserver.engine import assignment, cancellation, drafts, executions, revocation, rows, steps
from mockserver.engine.definitions import Flow, Named, ProcessDefinition
from mockserver.engine.errors import InstanceSuspended, NotHolder, UnknownProcess, UnknownTask, Unpublished
from mockserver.engine.interpreter import Run
from mockserver.engine.rows import Instance, Task
from mockserver.engine.rules import Rule
from mockserver.engine.variables import Variables
from mockserver.engine.world import World

RULES: Mapping[str, Rule] = {
    "start.definition": steps.find_definition,
    "start.published": steps.is_published,
    "start.name": steps.name_instance,
    "start.open": steps.enter,
    "start.outcome": steps.choose_flow,
    "start.executors": steps.choose_executors,
    "start.enter": steps.enter,
    "start.finish": steps.finish,
    "start.end": steps.end,
    "start.fork": steps.every_way,
    "start.join": steps.all_have_come,
    "save.definition": steps.find_definition,
    "save.published": steps.is_published,
    "save.name": steps.name_instance,
    "save.open": steps.enter,
    "save.draft": steps.as_sent,
    "submit.task": steps.find_task,
    "submit.permitted": steps.may_submit,
    "submit.active": steps.is_active,
    "submit.outcome": steps.choose_flow,
    "submit.executors": steps.choose_executors,
    "submit.enter": steps.enter,
    "submit.finish": steps.finish,
    "submit.end": steps.end,
    "submit.fork": steps.every_way,
    "submit.join": steps.all_have_come,
    **drafts.RULES,
    **assignment.RULES,
    **revocation.RULES,
    **cancellation.RULES,
}


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a request says about leaving a section."""

    outcome: str | None = None
    """The key of the flow to take; ``None`` takes the first that is no rejection."""
    named: Named = field(default_factory=dict)
    value: str | None = None
    remark: str | None = None
    form: str | None = None


def install(world: World) -> None:
    """Give a world the engine's tables and rules, unless it has them."""
    if "tasks" not in world:
        rows.add_tables(world)
        executions.add_tables(world)
        world.rules.update(RULES)


def start(
    world: World,
    key: str,
    initiator: str,
    *,
    name: str | None = None,
    app: str | None = None,
    leaving: Leaving,
) -> Instance:
    """Start a process and finish its first section for the initiator.

    Raises, in this order, ``UnknownProcess``, ``Unpublished``, ``UnknownOutcome``, and ``ExecutorMissing`` or
    ``PositionEmpty`` of the next sections, or ``DefinitionFailed``.
    """
    rules = world.rules
    definition, instance, first = _begin(world, "start", key, initiator, name=name, app=app, form=leaving.form)
    flow: Flow = rules["start.outcome"](definition, definition.first, leaving.outcome)
    rules["start.finish"](world, first, initiator, flow)
    steps.record(world, first, initiator, flow, leaving.value, leaving.remark)
    _follow(world, "start", definition, instance, first, flow, leaving)
    return instance


def save(world: World, key: str, initiator: str, *, app: str | None = None, draft: str | None = None) -> Task:
    """Start a process and leave it in its first section; gives the task that waits there for the initiator.

    Raises, in this order, ``UnknownProcess`` and ``Unpublished``.
    """
    _, _, first = _begin(world, "save", key, initiator, app=app, draft=world.rules["save.draft"](draft))
    return first


def submit(world: World, task_id: str, user: str, leaving: Leaving) -> Task:
    """Finish a pending task for all its holders and go on to where the outcome leads; gives the task as it was.

    Raises, in this order, ``UnknownTask``, ``NotHolder``, ``InstanceSuspended``, ``UnknownOutcome``, and
    ``ExecutorMissing`` or ``PositionEmpty`` of the next sections, or ``DefinitionFailed``.
    """
    rules = world.rules
    task: Task | None = rules["submit.task"](world, task_id)
    if task is None:
        raise UnknownTask(task_id)
    if not rules["submit.permitted"](task, user):
        raise NotHolder(task_id, user)
    instance = rows.instance_of(world, task)
    if not rules["submit.active"](instance):
        raise InstanceSuspended(task.instance)
    definition = rows.definitions(world)[instance.definition]
    flow: Flow = rules["submit.outcome"](definition, definition.by_key[task.section], leaving.outcome)
    if leaving.form is not None or instance.draft is not None:
        instance = replace(instance, form=instance.form if leaving.form is None else leaving.form, draft=None)
        rows.instances(world).replace(instance.id, instance)
    rules["submit.finish"](world, task, user, flow)
    steps.record(world, task, user, flow, leaving.value, leaving.remark)
    _follow(world, "submit", definition, instance, task, flow, leaving)
    return task


def open_first(world: World, command: str, definition: ProcessDefinition, instance: Instance) -> Task:
    """Send a new instance's token through the start event into the first section, which its initiator executes."""
    model, section = definition.model, definition.first
    token = executions.arrive(world, executions.create(world, instance.id, model.start.id), model.start)
    executions.depart(world, token)
    token = executions.arrive(world, token, model.by_id[section.key])
    task: Task = world.rules[f"{command}.open"](world, instance, section, (instance.initiator,), token.id)
    return task


def _begin(
    world: World,
    command: str,
    key: str,
    initiator: str,
    *,
    name: str | None = None,
    app: str | None = None,
    form: str | None = None,
    draft: str | None = None,
) -> tuple[ProcessDefinition, Instance, Task]:
    """A new instance of a published definition, its first section open for the initiator."""
    rules = world.rules
    definition: ProcessDefinition | None = rules[f"{command}.definition"](world, key)
    if definition is None:
        raise UnknownProcess(key)
    if not rules[f"{command}.published"](definition):
        raise Unpublished(key)
    instance = Instance(
        id=world.ids.text(),
        definition=definition.key,
        name=rules[f"{command}.name"](definition, name),
        initiator=initiator,
        app=app or definition.app,
        page=definition.page,
        started=world.clock.now(),
        form=form,
        draft=draft,
    )
    rows.instances(world).insert(instance.id, instance)
    return definition, instance, open_first(world, command, definition, instance)


def _follow(
    world: World,
    command: str,
    definition: ProcessDefinition,
    instance: Instance,
    task: Task,
    flow: Flow,
    leaving: Leaving,
) -> None:
    """Go on from a task to where a flow leads."""
    scope = Variables(instance, flow, leaving.value)
    run = Run(world, command, definition, instance, leaving.named, scope)
    run.follow(executions.of_task(world, task), flow)
