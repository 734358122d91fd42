"""Laws of worlds, on made-up commands of the interpreter."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from mockserver.engine import executions, moves, rows
from mockserver.engine.clock import Clock
from mockserver.engine.errors import WorkflowError
from mockserver.engine.rows import Kind, State
from mockserver.engine.workflow import Leaving, install, start, submit
from mockserver.engine.world import World
from tests.mockserver.engine.strategies import QUICK, fail
from tests.mockserver.engine.test_interpreter import SIDE_BY_SIDE

Moves = list[tuple[Any, ...]]

leavings = st.builds(
    Leaving,
    outcome=st.sampled_from((None, None, None, "b-stop", "nowhere")),
    named=st.sampled_from(({"b": ("ann",), "c": ("bob",)}, {"b": ("ann", "bob"), "c": ("ann",)}, {})),
    value=st.sampled_from((None, "1")),
    form=st.sampled_from((None, "{}")),
)
which = st.integers(0, 5)
move = st.one_of(
    st.tuples(st.just("start"), leavings),
    st.tuples(st.just("submit"), which, leavings),
    st.tuples(st.just("jump"), which),
    st.tuples(st.just("assign"), which),
    st.tuples(st.just("delete"), which),
    st.tuples(st.just("clock"), which),
)
played = st.lists(move, max_size=10)


def fresh() -> World:
    world = World(seed=3, clock=Clock(1_000))
    install(world)
    rows.definitions(world).insert("P", SIDE_BY_SIDE)
    return world


def _chosen(found: Any, number: int) -> Any:
    """One of some rows, by id; none if there are none."""
    ordered = sorted(found, key=lambda row: row.id)
    return ordered[number % len(ordered)] if ordered else None


def act(world: World, step: tuple[Any, ...]) -> None:
    """One move; what there is nothing for is left out."""
    match step:
        case ("start", leaving):
            start(world, "P", "max", leaving=leaving)
        case ("clock", number):
            world.clock = Clock(1_000 + number)
        case ("submit", number, leaving):
            task = _chosen(rows.tasks(world).values(), number)
            if task is not None:
                submit(world, task.id, task.holders[0], leaving)
        case ("assign", number):
            task = _chosen(rows.tasks(world).values(), number)
            if task is not None:
                moves.assign(world, task, ("eve",), Kind.DELEGATED)
        case (kind, number):
            instance = _chosen((row for row in rows.instances(world).values() if row.state is State.RUNNING), number)
            if instance is not None and kind == "jump":
                moves.jump(world, instance, SIDE_BY_SIDE.first, ("max",), "jump")
            elif instance is not None:
                moves.delete(world, instance, "delete")


def play(world: World, steps: Moves) -> None:
    """Each move as a command; refused ones leave no trace."""
    for step in steps:
        before = world.state()
        try:
            with world.command():
                act(world, step)
        except WorkflowError:
            assert world.state() == before


def once(world: World, steps: Moves) -> None:
    """All moves, without commands of their own; a refusal ends them."""
    try:
        for step in steps:
            act(world, step)
    except WorkflowError:
        pass


@QUICK
@given(before=played, failed=played)
def test_a_failed_command_is_undone_exactly(before: Moves, failed: Moves) -> None:
    world = fresh()
    play(world, before)
    kept = world.state()
    fail(world, lambda: once(world, failed))
    assert world.state() == kept


@QUICK
@given(before=played, here=played, there=played)
def test_forks_do_not_see_each_other(before: Moves, here: Moves, there: Moves) -> None:
    world, alone_here, alone_there = fresh(), fresh(), fresh()
    for each in (world, alone_here, alone_there):
        play(each, before)
    twin = world.fork()
    play(world, here)
    play(twin, there)
    play(alone_here, here)
    play(alone_there, there)
    assert world.state() == alone_here.state()
    assert twin.state() == alone_there.state()


@QUICK
@given(steps=played)
def test_the_same_seed_and_calls_give_the_same_bytes(steps: Moves) -> None:
    one, other = fresh(), fresh()
    play(one, steps)
    play(other, steps)
    assert repr(one.state()) == repr(other.state())


@QUICK
@given(steps=played)
def test_tokens_and_tasks_agree(steps: Moves) -> None:
    world = fresh()
    play(world, steps)
    tokens = {token.id: token for token in executions.executions(world).values()}
    for task in rows.tasks(world).values():
        assert task.execution is not None
        token = tokens.pop(task.execution)
        assert (token.instance, token.activity, token.active) == (task.instance, task.section, True)
    assert {(token.activity, token.active) for token in tokens.values()} <= {("join", False)}
    for instance in rows.instances(world).values():
        alive = bool(executions.tokens(world, instance.id))
        assert alive == (instance.state is State.RUNNING)
