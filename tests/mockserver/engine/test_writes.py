"""Saving, drafts, delegation, revocation and cancellation, on a small definition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from mockserver.engine import executions, history, rows
from mockserver.engine.assignment import delegate
from mockserver.engine.cancellation import cancel
from mockserver.engine.clock import Clock
from mockserver.engine.drafts import save_draft
from mockserver.engine.errors import (
    AlreadyDelegated,
    AlreadyHolder,
    InstanceEnded,
    InstanceSuspended,
    MovedOn,
    NotDelegator,
    NotExecutor,
    NotHolder,
    NotInitiator,
    ParallelBranch,
    UnknownFinishedTask,
    UnknownInstance,
    UnknownProcess,
    UnknownTask,
    Unpublished,
    WorkflowError,
)
from mockserver.engine.revocation import revoke
from mockserver.engine.rows import Action, Instance, Kind, State, Task
from mockserver.engine.workflow import Leaving, install, save, start, submit
from mockserver.engine.world import World
from tests.mockserver.engine import drawing
from tests.mockserver.engine.drawing import END, EXECUTORS, drawn, flow, gateway, task

PROCESS = drawn(
    drawing.start("edit"),
    task("edit"),
    task("check", EXECUTORS),
    task("file", 'flowable:assignee="clerk"'),
    flow("go", "edit", "check"),
    flow("ok", "check", "file"),
    flow("done", "file", "end"),
    END,
)
SIDE_BY_SIDE = drawn(
    drawing.start("edit"),
    task("edit"),
    gateway("parallel", "fork"),
    task("left", 'flowable:assignee="ann"'),
    task("right", 'flowable:assignee="bob"'),
    gateway("parallel", "join"),
    task("last"),
    flow("go", "edit", "fork"),
    flow("to-left", "fork", "left"),
    flow("to-right", "fork", "right"),
    flow("from-left", "left", "join"),
    flow("from-right", "right", "join"),
    flow("on", "join", "last"),
    flow("done", "last", "end"),
    END,
)
TO_ANN = Leaving(named={"check": ("ann",)})


@pytest.fixture
def world() -> World:
    made = World(clock=Clock(1_000))
    install(made)
    rows.definitions(made).insert("P", PROCESS)
    rows.definitions(made).insert("F", replace(SIDE_BY_SIDE, key="F"))
    rows.definitions(made).insert("draft", replace(PROCESS, key="draft", published=False))
    return made


def waiting(world: World) -> list[tuple[str, tuple[str, ...]]]:
    """Section and holders of every task that waits, by section."""
    return sorted((task.section, task.holders) for task in rows.tasks(world).values())


def only_task(world: World) -> Task:
    (task,) = rows.tasks(world).values()
    return task


def only_instance(world: World) -> Instance:
    (instance,) = rows.instances(world).values()
    return instance


def refuses(world: World, error: type[WorkflowError], act: Callable[[], object]) -> None:
    """A command is refused with exactly this error and changes nothing."""
    before = world.state()
    with pytest.raises(WorkflowError) as caught, world.command():
        act()
    assert caught.type is error
    assert world.state() == before


def told(world: World) -> list[tuple[str, Action, str | None]]:
    """Actor, action and task of every record, in order."""
    found = history.records(world, only_instance(world).id)
    return [(record.actor, record.action, record.task) for record in found]


def set_state(world: World, state: State) -> None:
    instance = only_instance(world)
    rows.instances(world).replace(instance.id, replace(instance, state=state))


def submitted(world: World) -> str:
    """A process that ann has sent on to the clerk; gives the id of her task."""
    start(world, "P", "max", leaving=TO_ANN)
    return submit(world, only_task(world).id, "ann", Leaving()).id


def test_a_saved_process_waits_in_its_first_section(world: World) -> None:
    task = save(world, "P", "max", app="Other", draft="{}")
    instance = only_instance(world)
    assert (only_task(world), waiting(world)) == (task, [("edit", ("max",))])
    assert (instance.name, instance.app, instance.form, instance.draft) == ("Paper", "Other", None, "{}")
    assert told(world) == []


def test_a_saved_process_goes_on_as_a_started_one(world: World) -> None:
    submit(world, save(world, "P", "max", draft="{}").id, "max", replace(TO_ANN, form="final"))
    assert waiting(world) == [("check", ("ann",))]
    assert (only_instance(world).form, only_instance(world).draft) == ("final", None)


def test_a_refused_save_says_why_and_changes_nothing(world: World) -> None:
    refuses(world, UnknownProcess, lambda: save(world, "Q", "max"))
    refuses(world, Unpublished, lambda: save(world, "draft", "max"))


def test_a_draft_is_kept_until_the_task_is_submitted(world: World) -> None:
    start(world, "P", "max", leaving=replace(TO_ANN, form="old"))
    task = only_task(world)
    save_draft(world, task.id, "ann", "new")
    save_draft(world, task.id, "ann", None)
    assert (only_instance(world).form, only_instance(world).draft, only_task(world)) == ("old", "new", task)
    submit(world, task.id, "ann", Leaving())
    assert (only_instance(world).form, only_instance(world).draft) == ("old", None)


def test_a_refused_draft_says_why_and_changes_nothing(world: World) -> None:
    start(world, "P", "max", leaving=TO_ANN)
    task = only_task(world).id
    refuses(world, UnknownTask, lambda: save_draft(world, "1", "ann", "x"))
    refuses(world, NotHolder, lambda: save_draft(world, task, "max", "x"))
    set_state(world, State.SUSPENDED)
    refuses(world, InstanceSuspended, lambda: save_draft(world, task, "ann", "x"))


def test_a_delegated_task_keeps_its_id_and_those_who_share_it(world: World) -> None:
    start(world, "P", "max", leaving=Leaving(named={"check": ("ann", "bob")}))
    task = only_task(world)
    world.clock = Clock(2_000)
    delegate(world, task.id, "ann", "eve", "away")
    moved = only_task(world)
    assert moved == replace(task, holders=("eve", "bob"), kind=Kind.DELEGATED, modified=2_000)
    assert told(world)[-1] == ("ann", Action.DELEGATE, task.id)
    assert history.records(world, task.instance)[-1].remark == "away"


def test_a_refused_delegation_says_why_and_changes_nothing(world: World) -> None:
    start(world, "P", "max", leaving=Leaving(named={"check": ("ann", "bob")}))
    task = only_task(world).id
    refuses(world, UnknownTask, lambda: delegate(world, "1", "ann", "eve"))
    refuses(world, NotDelegator, lambda: delegate(world, task, "max", "eve"))
    refuses(world, AlreadyHolder, lambda: delegate(world, task, "ann", "bob"))
    refuses(world, AlreadyHolder, lambda: delegate(world, task, "ann", "ann"))
    set_state(world, State.SUSPENDED)
    refuses(world, InstanceSuspended, lambda: delegate(world, task, "ann", "eve"))
    set_state(world, State.RUNNING)
    delegate(world, task, "ann", "eve")
    for user in ("ann", "eve", "bob", "max"):
        refuses(world, AlreadyDelegated, lambda user=user: delegate(world, task, user, "joe"))


def test_a_revocation_opens_the_section_again_and_withdraws_what_follows(world: World) -> None:
    task = submitted(world)
    revoke(world, task, "ann")
    assert waiting(world) == [("check", ("ann",))]
    assert only_task(world).id != task
    assert rows.finished_tasks(world)[task].actor == "ann"
    assert told(world)[-1] == ("ann", Action.REVOKE, task)


def test_a_shared_task_comes_back_to_whoever_submitted_it(world: World) -> None:
    start(world, "P", "max", leaving=Leaving(named={"check": ("ann", "bob")}))
    task = submit(world, only_task(world).id, "bob", Leaving()).id
    revoke(world, task, "bob")
    assert waiting(world) == [("check", ("bob",))]


def test_what_was_taken_back_stands_in_nobodys_way(world: World) -> None:
    task = submitted(world)
    first = next(done.id for done in rows.finished_tasks(world).values() if done.section == "edit")
    revoke(world, task, "ann")
    refuses(world, MovedOn, lambda: revoke(world, task, "ann"))
    again = submit(world, only_task(world).id, "ann", Leaving()).id
    refuses(world, MovedOn, lambda: revoke(world, task, "ann"))
    revoke(world, again, "ann")
    revoke(world, first, "max")
    assert waiting(world) == [("edit", ("max",))]


def test_a_refused_revocation_says_why_and_changes_nothing(world: World) -> None:
    task = submitted(world)
    first = next(done.id for done in rows.finished_tasks(world).values() if done.section == "edit")
    refuses(world, UnknownFinishedTask, lambda: revoke(world, only_task(world).id, "clerk"))
    refuses(world, NotExecutor, lambda: revoke(world, task, "clerk"))
    refuses(world, MovedOn, lambda: revoke(world, first, "max"))
    set_state(world, State.SUSPENDED)
    refuses(world, MovedOn, lambda: revoke(world, task, "ann"))
    for state in (State.COMPLETED, State.CANCELED):
        set_state(world, state)
        refuses(world, InstanceEnded, lambda: revoke(world, task, "ann"))
        refuses(world, NotExecutor, lambda: revoke(world, task, "max"))


def of_section(world: World, section: str) -> Task:
    return next(task for task in rows.tasks(world).values() if task.section == section)


def test_neither_of_two_tasks_side_by_side_can_be_taken_back(world: World) -> None:
    start(world, "F", "max", leaving=Leaving())
    left, right = of_section(world, "left").id, of_section(world, "right").id
    submit(world, left, "ann", Leaving())
    refuses(world, ParallelBranch, lambda: revoke(world, left, "ann"))
    submit(world, right, "bob", Leaving())
    assert rows.finished_tasks(world)[left].beside == (right,)
    assert rows.finished_tasks(world)[right].beside == ()
    for task_id, user in ((left, "ann"), (right, "bob")):
        refuses(world, ParallelBranch, lambda task_id=task_id, user=user: revoke(world, task_id, user))


def test_a_task_before_a_fork_can_be_taken_back_with_both_branches(world: World) -> None:
    start(world, "F", "max", leaving=Leaving())
    (first,) = rows.finished_tasks(world).values()
    revoke(world, first.id, "max")
    assert waiting(world) == [("edit", ("max",))]
    assert [token.activity for token in executions.tokens(world, first.instance)] == ["edit"]
    submit(world, only_task(world).id, "max", Leaving())
    submit(world, of_section(world, "left").id, "ann", Leaving())
    submit(world, of_section(world, "right").id, "bob", Leaving())
    assert waiting(world) == [("last", ("max",))]
    submit(world, only_task(world).id, "max", Leaving())
    assert only_instance(world).state is State.COMPLETED


def test_a_canceled_instance_has_ended_and_waits_for_nobody(world: World) -> None:
    instance = start(world, "P", "max", leaving=TO_ANN)
    task = only_task(world).id
    world.clock = Clock(2_000)
    cancel(world, instance.id, "max")
    assert (waiting(world), executions.tokens(world, instance.id)) == ([], [])
    assert (only_instance(world).state, only_instance(world).ended) == (State.CANCELED, 2_000)
    assert told(world)[-1] == ("max", Action.CANCEL, None)
    refuses(world, UnknownTask, lambda: submit(world, task, "ann", Leaving()))


def test_a_suspended_instance_can_be_canceled(world: World) -> None:
    instance = start(world, "P", "max", leaving=TO_ANN)
    set_state(world, State.SUSPENDED)
    cancel(world, instance.id, "max")
    assert only_instance(world).state is State.CANCELED


def test_a_refused_cancellation_says_why_and_changes_nothing(world: World) -> None:
    instance = start(world, "P", "max", leaving=TO_ANN).id
    refuses(world, UnknownInstance, lambda: cancel(world, "1", "max"))
    refuses(world, NotInitiator, lambda: cancel(world, instance, "ann"))
    for state in (State.COMPLETED, State.CANCELED):
        set_state(world, state)
        refuses(world, UnknownInstance, lambda: cancel(world, instance, "max"))
        refuses(world, UnknownInstance, lambda: cancel(world, instance, "ann"))
