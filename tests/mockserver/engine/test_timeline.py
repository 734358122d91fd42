"""The latest time that a world has written down."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mockserver.engine import executions, rows, timeline, workflow
from mockserver.engine.bpmn.model import Kind
from mockserver.engine.executions import Activity
from mockserver.engine.rows import Action, FinishedTask, Instance, Record, Task
from mockserver.engine.world import World

NOW = 1_000

INSTANCE = Instance("1", "P", "", "ann", "", "", NOW)
TASK = Task("2", "1", "check", "", ("ann",), "", NOW, NOW)
DONE = FinishedTask("3", "1", "check", "", "", "ann", "yes", False, NOW, NOW)
ACTIVITY = Activity(4, "1", "5", "check", Kind.USER, NOW)


@pytest.fixture
def world() -> World:
    made = World()
    workflow.install(made)
    return made


def test_nothing_has_happened_in_an_empty_world(world: World) -> None:
    assert timeline.latest([world]) is None
    assert timeline.latest([World(), World()]) is None


@pytest.mark.parametrize(
    ("table", "key", "row"),
    [
        (rows.instances, "1", replace(INSTANCE, started=NOW + 1)),
        (rows.instances, "1", replace(INSTANCE, ended=NOW + 1)),
        (rows.tasks, "2", replace(TASK, created=NOW + 1)),
        (rows.tasks, "2", replace(TASK, modified=NOW + 1)),
        (rows.finished_tasks, "3", replace(DONE, created=NOW + 1)),
        (rows.finished_tasks, "3", replace(DONE, ended=NOW + 1)),
        (rows.records, 6, Record(6, "1", None, "ann", Action.CANCEL, None, None, None, NOW + 1)),
        (executions.activities, 4, replace(ACTIVITY, started=NOW + 1)),
        (executions.activities, 4, replace(ACTIVITY, ended=NOW + 1)),
    ],
)
def test_every_time_of_every_row_counts(world: World, table: object, key: object, row: object) -> None:
    rows.instances(world).insert("0", replace(INSTANCE, id="0"))
    table(world).insert(key, row)  # type: ignore[operator]
    assert timeline.latest([world]) == NOW + 1
    assert timeline.latest([World(), world]) == NOW + 1
