"""Starting and submitting, on a small definition."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mockserver.engine import rows
from mockserver.engine.clock import Clock
from mockserver.engine.errors import (
    ExecutorMissing,
    InstanceSuspended,
    NotHolder,
    PositionEmpty,
    UnknownOutcome,
    UnknownProcess,
    UnknownTask,
    Unpublished,
    WorkflowError,
)
from mockserver.engine.rows import Action, State
from mockserver.engine.workflow import Leaving, install, submit
from mockserver.engine.workflow import start as begin
from mockserver.engine.world import World
from tests.mockserver.engine.drawing import END, EXECUTORS, INITIATOR, drawn, flow, start, task

PROCESS = drawn(
    start("edit"),
    task("edit", INITIATOR, "Edit"),
    task("check", EXECUTORS, "Check"),
    task("file", 'flowable:assignee="clerk"', "File"),
    task("board", 'activiti:candidateGroups="position:"', "Board"),
    flow("stop", "edit", "end", order=0, rejection=True),
    flow("go", "edit", "check", order=1),
    flow("up", "edit", "board", order=2),
    flow("ok", "check", "file", order=1),
    flow("back", "check", "edit", order=2, rejection=True),
    flow("done", "file", "end", order=1),
    flow("voted", "board", "end", order=1),
    END,
)
TO_ANN = Leaving(named={"check": ("ann",)})


@pytest.fixture
def world() -> World:
    made = World(clock=Clock(1_000))
    install(made)
    rows.definitions(made).insert("P", PROCESS)
    rows.definitions(made).insert("draft", replace(PROCESS, key="draft", published=False))
    return made


def waiting(world: World) -> list[tuple[str, tuple[str, ...]]]:
    """Section and holders of every task that waits, by section."""
    return sorted((task.section, task.holders) for task in rows.tasks(world).values())


def only_task(world: World) -> str:
    (task,) = rows.tasks(world).values()
    return task.id


def test_a_start_finishes_the_first_section_and_opens_the_next(world: World) -> None:
    instance = begin(world, "P", "max", leaving=TO_ANN)
    assert waiting(world) == [("check", ("ann",))]
    (done,) = rows.finished_tasks(world).values()
    assert (done.instance, done.section, done.actor, done.outcome) == (instance.id, "edit", "max", "go")


def test_an_instance_takes_name_and_application_of_the_start_or_of_its_definition(world: World) -> None:
    own = begin(world, "P", "max", leaving=TO_ANN)
    given = begin(world, "P", "max", name="Mine", app="Other", leaving=TO_ANN)
    assert (own.name, own.app) == ("Paper", "App")
    assert (given.name, given.app) == ("Mine", "Other")


def test_several_executors_share_one_task(world: World) -> None:
    begin(world, "P", "max", leaving=Leaving(named={"check": ("ann", "bob", "ann")}))
    assert waiting(world) == [("check", ("ann", "bob"))]


def test_a_submit_finishes_a_shared_task_for_all(world: World) -> None:
    begin(world, "P", "max", leaving=Leaving(named={"check": ("ann", "bob")}))
    submit(world, only_task(world), "bob", Leaving())
    assert waiting(world) == [("file", ("clerk",))]


def test_the_outcome_chooses_the_flow(world: World) -> None:
    begin(world, "P", "max", leaving=TO_ANN)
    submit(world, only_task(world), "ann", Leaving(outcome="back"))
    assert waiting(world) == [("edit", ("max",))]


def test_without_an_outcome_the_first_flow_that_is_no_rejection_is_taken(world: World) -> None:
    begin(world, "P", "max", leaving=TO_ANN)
    assert waiting(world) == [("check", ("ann",))]


def test_the_last_flow_ends_the_instance_and_keeps_its_history(world: World) -> None:
    instance = begin(world, "P", "max", leaving=TO_ANN)
    submit(world, only_task(world), "ann", Leaving(form="{}"))
    submit(world, only_task(world), "clerk", Leaving())
    assert waiting(world) == []
    ended = rows.instances(world)[instance.id]
    assert (ended.state, ended.ended, ended.form) == (State.COMPLETED, 1_000, "{}")


def test_a_rejection_may_end_a_process_at_its_start(world: World) -> None:
    instance = begin(world, "P", "max", leaving=Leaving(outcome="stop"))
    assert waiting(world) == []
    assert rows.instances(world)[instance.id].state is State.COMPLETED


def test_records_tell_who_did_what_in_order(world: World) -> None:
    begin(world, "P", "max", leaving=Leaving(named={"check": ("ann",)}, remark="please", value="1"))
    submit(world, only_task(world), "ann", Leaving(outcome="back", remark="no"))
    told = [rows.records(world)[number] for number in sorted(row.number for row in rows.records(world).values())]
    assert [(row.actor, row.action, row.outcome, row.value, row.remark) for row in told] == [
        ("max", Action.COMPLETE, "go", "1", "please"),
        ("ann", Action.REJECT, "back", None, "no"),
    ]


@pytest.mark.parametrize(
    ("key", "leaving", "error"),
    [
        ("nothing", TO_ANN, UnknownProcess),
        ("draft", TO_ANN, Unpublished),
        ("P", Leaving(outcome="nowhere"), UnknownOutcome),
        ("P", Leaving(), ExecutorMissing),
        ("P", Leaving(named={"file": ("ann",)}), ExecutorMissing),
        ("P", Leaving(named={"check": ()}), ExecutorMissing),
        ("P", Leaving(outcome="up"), PositionEmpty),
    ],
)
def test_a_refused_start_says_why_and_changes_nothing(
    world: World, key: str, leaving: Leaving, error: type[WorkflowError]
) -> None:
    before = world.state()
    with pytest.raises(error), world.command():
        begin(world, key, "max", leaving=leaving)
    assert world.state() == before


def test_a_refused_submit_says_why_and_changes_nothing(world: World) -> None:
    instance = begin(world, "P", "max", leaving=TO_ANN)
    submit(world, only_task(world), "ann", Leaving(outcome="back"))
    task = only_task(world)
    before = world.state()
    for task_id, user, leaving, error in (
        ("1", "max", Leaving(), UnknownTask),
        (task, "ann", Leaving(), NotHolder),
        (task, "max", Leaving(outcome="nowhere"), UnknownOutcome),
        (task, "max", Leaving(form="new"), ExecutorMissing),
    ):
        with pytest.raises(error), world.command():
            submit(world, task_id, user, leaving)
        assert world.state() == before
    rows.instances(world).replace(instance.id, replace(instance, state=State.SUSPENDED))
    with pytest.raises(InstanceSuspended), world.command():
        submit(world, task, "max", TO_ANN)


def test_the_same_seed_and_calls_give_the_same_state(world: World) -> None:
    twin = world.fork()
    for each in (world, twin):
        begin(each, "P", "max", leaving=TO_ANN)
        submit(each, only_task(each), "ann", Leaving(outcome="back"))
    assert world.state() == twin.state()


def test_tasks_are_listed_newest_first_by_user_and_by_application(world: World) -> None:
    for at, app in ((1_000, "A"), (3_000, "B"), (2_000, "A")):
        world.clock = Clock(at)
        begin(world, "P", "max", app=app, leaving=TO_ANN)
    table = rows.tasks(world)
    assert [task.created for task in table.page("holder", "ann", 0, 9)[0]] == [3_000, 2_000, 1_000]
    assert [task.created for task in table.page("holder", ("ann", "A"), 0, 9)[0]] == [2_000, 1_000]
    assert table.page("holder", ("ann", "C"), 0, 9) == ([], 0)
