"""What one user has been doing before the default world begins: lists of several pages, in every state."""

from __future__ import annotations

from collections.abc import Hashable

from mockserver.engine import rows
from mockserver.engine.definitions import Flow, ProcessDefinition
from mockserver.engine.rows import Action, FinishedTask, Instance, Record, State, Task
from mockserver.engine.world import World

PERSON = "zhaoliu"
"""Who started all of it and executes every section but the last."""

ARCHIVIST = "zhangsan"
APPS = ("App_325ea305252fe5d0d1f78b1c2efe2413", "App_eab56959eef74c1ea2e1a5fbe7b38ddf")

CYCLE = (State.RUNNING, State.COMPLETED) * 8 + (State.SUSPENDED, State.CANCELED)
ROUNDS = 4
COUNT = len(CYCLE) * ROUNDS
FIRST_ID = 1_000_400_000_000_000
MINUTE, HOUR = 60_000, 3_600_000

CANCELED = str(FIRST_ID + 10 * (len(CYCLE) - 1))
"""The youngest of the canceled processes."""


class _Rows:
    """Rows to be inserted, table by table."""

    def __init__(self) -> None:
        self.instances: dict[Hashable, Instance] = {}
        self.tasks: dict[Hashable, Task] = {}
        self.finished: dict[Hashable, FinishedTask] = {}
        self.records: dict[Hashable, Record] = {}

    def insert(self, world: World) -> None:
        rows.instances(world).insert_all(self.instances)
        rows.tasks(world).insert_all(self.tasks)
        rows.finished_tasks(world).insert_all(self.finished)
        rows.records(world).insert_all(self.records)

    def finish(self, instance: Instance, step: int, flow: Flow, name: str, actor: str, began: int, ended: int) -> None:
        """A section that somebody has left by a flow."""
        task = str(int(instance.id) + 1 + step)
        done = FinishedTask(
            task, instance.id, flow.source, name, instance.app, actor, flow.key, False, began, ended, holders=(actor,)
        )
        self.finished[task] = done
        self.record(instance, task, actor, Action.COMPLETE, flow.key, ended)

    def record(
        self, instance: Instance, task: str | None, actor: str, action: Action, outcome: str | None, at: int
    ) -> None:
        """An entry of the log. Numbers below zero leave those of the world to come alone."""
        number = len(self.records) - 10 * COUNT
        value = None if outcome is None else "1"
        self.records[number] = Record(number, instance.id, task, actor, action, outcome, value, None, at)


def add(world: World, definition: ProcessDefinition, before: int) -> None:
    """Add processes of a definition of three sections in a row, the youngest of them six hours before a time."""
    made = _Rows()
    for number in range(COUNT):
        _process(made, definition, number, CYCLE[number % len(CYCLE)], before - (number + 1) * 6 * HOUR)
    made.insert(world)


def _process(made: _Rows, definition: ProcessDefinition, number: int, state: State, began: int) -> None:
    sections = definition.sections
    edit, approval, archive = (definition.outcomes[section.key][0] for section in sections)
    submitted, approved, archived = began + 2 * MINUTE, began + HOUR, began + 2 * HOUR
    ended = {State.COMPLETED: archived, State.CANCELED: approved}.get(state)
    instance = Instance(
        id=str(FIRST_ID + 10 * number),
        definition=definition.key,
        name=f"leave application-{number + 101}",
        initiator=PERSON,
        app=APPS[number % len(APPS)],
        page=definition.page,
        started=began,
        state=state,
        form=f'{{"days": {number % 5 + 1}}}',
        ended=ended,
    )
    made.instances[instance.id] = instance
    made.finish(instance, 0, edit, sections[0].name, PERSON, began, submitted)
    if state is State.COMPLETED:
        made.finish(instance, 1, approval, sections[1].name, PERSON, submitted, approved)
        made.finish(instance, 2, archive, sections[2].name, ARCHIVIST, approved, archived)
    elif state is State.CANCELED:
        made.record(instance, None, PERSON, Action.CANCEL, None, approved)
    else:
        task = str(int(instance.id) + 2)
        made.tasks[task] = Task(
            task, instance.id, sections[1].key, sections[1].name, (PERSON,), instance.app, submitted, submitted
        )
