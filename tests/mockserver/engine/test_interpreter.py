"""Tokens: forks, joins, gateways, ends, and moves from outside."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.engine import executions, interpreter, moves, rows
from mockserver.engine.clock import Clock
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.errors import ConditionFailed, EndlessLoop, ExecutorMissing, NoWayOut, WorkflowError
from mockserver.engine.rows import Kind, State, Task
from mockserver.engine.workflow import Leaving, install, submit
from mockserver.engine.workflow import start as begin
from mockserver.engine.world import World
from tests.mockserver.engine.drawing import END, EXECUTORS, drawn, flow, gateway, start, task

SIDE_BY_SIDE = drawn(
    start("a"),
    task("a"),
    gateway("parallel", "fork"),
    task("b", EXECUTORS),
    task("c", EXECUTORS),
    gateway("parallel", "join"),
    task("d"),
    END,
    flow("go", "a", "fork"),
    flow("to-b", "fork", "b"),
    flow("to-c", "fork", "c"),
    flow("b-done", "b", "join"),
    flow("b-stop", "b", "end", rejection=True),
    flow("c-done", "c", "join"),
    flow("to-d", "join", "d"),
    flow("d-done", "d", "end"),
)
NAMED = Leaving(named={"b": ("ann",), "c": ("bob",)})


def world_with(definition: ProcessDefinition) -> World:
    world = World(clock=Clock(1_000))
    install(world)
    rows.definitions(world).insert(definition.key, definition)
    return world


def waiting(world: World) -> dict[str, Task]:
    """Section -> the task that waits there."""
    return {task.section: task for task in rows.tasks(world).values()}


def places(world: World) -> list[tuple[str, bool]]:
    """Node and activity of every token, oldest token first."""
    (instance,) = rows.instances(world).values()
    return [(token.activity, token.active) for token in executions.tokens(world, instance.id)]


def history(world: World) -> list[tuple[str, bool, str | None]]:
    """Node, whether it was left, and why before its time; in the order of arrival."""
    entries = sorted(executions.activities(world).values(), key=lambda row: row.number)
    return [(row.node, row.ended is not None, row.reason) for row in entries]


def state(world: World) -> State:
    (instance,) = rows.instances(world).values()
    return instance.state


def test_a_fork_opens_every_branch_and_its_token_goes_the_first_way() -> None:
    world = world_with(SIDE_BY_SIDE)
    begin(world, "P", "max", leaving=NAMED)
    opened = waiting(world)
    assert {key: task.holders for key, task in opened.items()} == {"b": ("ann",), "c": ("bob",)}
    assert places(world) == [("b", True), ("c", True)]
    assert opened["b"].execution == executions.activities(world)[min(r.number for r in all_rows(world))].execution


def all_rows(world: World) -> list[Any]:
    return list(executions.activities(world).values())


def test_a_join_waits_for_every_branch_and_the_last_to_come_goes_on() -> None:
    world = world_with(SIDE_BY_SIDE)
    begin(world, "P", "max", leaving=NAMED)
    last = waiting(world)["b"].execution
    submit(world, waiting(world)["c"].id, "bob", Leaving())
    assert places(world) == [("b", True), ("join", False)]
    assert list(waiting(world)) == ["b"]
    submit(world, waiting(world)["b"].id, "ann", Leaving())
    assert places(world) == [("d", True)]
    assert waiting(world)["d"].execution == last
    submit(world, waiting(world)["d"].id, "max", Leaving())
    assert (state(world), places(world)) == (State.COMPLETED, [])
    assert history(world) == [
        (node, True, None) for node in ("start", "a", "fork", "b", "c", "join", "join", "d", "end")
    ]


def test_an_instance_ends_with_its_last_active_token_whoever_waits_at_a_join() -> None:
    world = world_with(SIDE_BY_SIDE)
    begin(world, "P", "max", leaving=NAMED)
    submit(world, waiting(world)["c"].id, "bob", Leaving())
    submit(world, waiting(world)["b"].id, "ann", Leaving(outcome="b-stop"))
    assert (state(world), places(world), waiting(world)) == (State.COMPLETED, [], {})


def test_an_instance_lives_on_while_another_branch_waits() -> None:
    world = world_with(SIDE_BY_SIDE)
    begin(world, "P", "max", leaving=NAMED)
    submit(world, waiting(world)["b"].id, "ann", Leaving(outcome="b-stop"))
    assert (state(world), list(waiting(world))) == (State.RUNNING, ["c"])


def test_a_branch_without_executors_refuses_the_whole_start() -> None:
    world = world_with(SIDE_BY_SIDE)
    before = world.state()
    with pytest.raises(ExecutorMissing), world.command():
        begin(world, "P", "max", leaving=Leaving(named={"b": ("ann",)}))
    assert world.state() == before


def choice(*conditions: str, default: bool = True) -> World:
    """A process that goes to b0, b1, ... by the conditions, else to the end."""
    tasks = [
        part
        for number, condition in enumerate(conditions)
        for part in (
            task(f"b{number}"),
            flow(f"if{number}", "g", f"b{number}", condition=condition),
            flow(f"out{number}", f"b{number}", "end"),
        )
    ]
    other = [flow("else", "g", "end")] if default else []
    gate = gateway("exclusive", "g", "else" if default else "")
    return world_with(drawn(start("a"), task("a"), gate, flow("o", "a", "g"), *tasks, *other, END))


@pytest.mark.parametrize(
    ("value", "form", "section"),
    [("2", None, "b0"), ("1", '{"days": 7}', "b1"), ("2", '{"days": 7}', "b0"), ("1", "{}", None), (None, "[", None)],
)
def test_the_first_condition_that_holds_decides_else_the_default(
    value: str | None, form: str | None, section: str | None
) -> None:
    world = choice("${outcome.value == 2}", "${form.days > 5 && initiator == 'max' && outcome.key == 'o'}")
    begin(world, "P", "max", leaving=Leaving(value=value, form=form))
    assert list(waiting(world)) == ([] if section is None else [section])
    assert (state(world) is State.COMPLETED) == (section is None)


@pytest.mark.parametrize(
    ("conditions", "error"),
    [
        (("${missing}", "${true}"), ConditionFailed),
        (("${1}", "${true}"), ConditionFailed),
        (("${broken", "${true}"), ConditionFailed),
        (("${false}", "${false}"), NoWayOut),
    ],
)
def test_a_definition_that_cannot_be_followed_refuses_the_command_whole(
    conditions: tuple[str, ...], error: type[WorkflowError]
) -> None:
    world = choice(*conditions, default=False)
    before = world.state()
    with pytest.raises(error), world.command():
        begin(world, "P", "max", leaving=Leaving())
    assert world.state() == before


def test_a_process_that_goes_in_a_circle_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(interpreter, "LIMIT", 200)
    circle = (gateway("exclusive", "g", "again"), flow("again", "g", "g"), flow("if", "g", "end", condition="${false}"))
    world = world_with(drawn(start("a"), task("a"), flow("o", "a", "g"), *circle, END))
    before = world.state()
    with pytest.raises(EndlessLoop), world.command():
        begin(world, "P", "max", leaving=Leaving())
    assert world.state() == before


def test_a_jump_ends_what_is_open_and_opens_another_section() -> None:
    world = world_with(SIDE_BY_SIDE)
    instance = begin(world, "P", "max", leaving=NAMED)
    moves.jump(world, instance, SIDE_BY_SIDE.first, ("eve",), "taken back")
    assert {key: row.holders for key, row in waiting(world).items()} == {"a": ("eve",)}
    assert places(world) == [("a", True)]
    assert history(world)[-3:] == [("b", True, "taken back"), ("c", True, "taken back"), ("a", False, None)]
    submit(world, waiting(world)["a"].id, "eve", NAMED)
    assert set(waiting(world)) == {"b", "c"}


def test_a_deletion_ends_an_instance_and_keeps_its_history() -> None:
    world = world_with(SIDE_BY_SIDE)
    instance = begin(world, "P", "max", leaving=NAMED)
    ended = moves.delete(world, instance, "no longer wanted")
    assert (ended.state, ended.ended) == (State.CANCELED, 1_000)
    assert (waiting(world), places(world)) == ({}, [])
    assert history(world)[-1] == ("c", True, "no longer wanted")


def test_an_assigned_task_keeps_its_id_and_its_token() -> None:
    world = world_with(SIDE_BY_SIDE)
    begin(world, "P", "max", leaving=NAMED)
    given = waiting(world)["b"]
    moved = moves.assign(world, given, ("eve",), Kind.DELEGATED)
    assert (moved.id, moved.execution, moved.holders) == (given.id, given.execution, ("eve",))
    assert rows.tasks(world).page("holder", "ann", 0, 9) == ([], 0)


def test_a_task_that_has_no_token_gets_one_when_it_is_left() -> None:
    world = world_with(SIDE_BY_SIDE)
    instance = rows.Instance("1", "P", "seeded", "max", "App", "Page", 0)
    rows.instances(world).insert("1", instance)
    for number, section in (("2", "b"), ("3", "c")):
        rows.tasks(world).insert(number, Task(number, "1", section, section, ("ann",), "App", 0, 0))
    submit(world, "2", "ann", Leaving())
    submit(world, "3", "ann", Leaving())
    assert list(waiting(world)) == ["d"]
