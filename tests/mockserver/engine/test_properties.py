"""Laws of worlds, on made-up commands."""

from __future__ import annotations

from typing import Any

from hypothesis import given

from tests.mockserver.engine.strategies import QUICK, expected_index, fail, library, play, steps

Moves = list[tuple[Any, ...]]


@QUICK
@given(before=steps, failed=steps)
def test_a_failed_command_leaves_rows_indexes_and_ids_as_they_were(before: Moves, failed: Moves) -> None:
    world = library()
    with world.command():
        play(world, before)
    kept = world.state()
    fail(world, lambda: play(world, failed))
    assert world.state() == kept


@QUICK
@given(moves=steps)
def test_the_index_is_what_the_rows_say(moves: Moves) -> None:
    world = library()
    with world.command():
        play(world, moves)
    rows, indexes = world.table("books").content()
    assert indexes["shelf"] == expected_index(rows)


@QUICK
@given(before=steps, here=steps, there=steps)
def test_a_fork_and_its_origin_do_not_see_each_other(before: Moves, here: Moves, there: Moves) -> None:
    world, alone_here, alone_there = library(), library(), library()
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
@given(before=steps, here=steps, failed=steps)
def test_a_command_that_fails_in_a_fork_is_undone_there_alone(before: Moves, here: Moves, failed: Moves) -> None:
    world = library()
    play(world, before)
    twin = world.fork()
    play(world, here)
    kept_here, kept_there = world.state(), twin.state()
    fail(twin, lambda: play(twin, failed))
    assert world.state() == kept_here
    assert twin.state() == kept_there


@QUICK
@given(moves=steps)
def test_many_rows_at_once_make_the_same_table_as_one_after_the_other(moves: Moves) -> None:
    one_by_one, at_once = library(), library()
    play(one_by_one, moves)
    rows, _ = one_by_one.table("books").content()
    at_once.table("books").insert_all(dict(rows))
    assert at_once.table("books").content() == one_by_one.table("books").content()
