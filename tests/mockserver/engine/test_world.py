"""Commands, ids, clock, forks and named worlds."""

from __future__ import annotations

import time

import pytest

from mockserver.engine.clock import Clock
from mockserver.engine.errors import NestedCommand, UnknownRule
from mockserver.engine.ids import Ids
from mockserver.engine.world import World
from mockserver.engine.worlds import Worlds
from tests.mockserver.engine.strategies import Book, fail, library


def test_a_command_within_a_command_is_refused_and_undoes_the_outer_one() -> None:
    world = library()

    def nest() -> None:
        with world.command():
            world.table("books").insert("a", Book(0, ()))
            with world.command():
                pass

    with pytest.raises(NestedCommand):
        nest()
    assert len(world.table("books")) == 0


def test_after_a_failed_command_the_next_one_runs() -> None:
    world = library()
    fail(world, lambda: None)
    with world.command():
        world.table("books").insert("a", Book(0, ()))
    assert "a" in world.table("books")


def test_a_world_is_not_forked_within_a_command() -> None:
    world = library()
    with pytest.raises(NestedCommand), world.command():
        world.fork()


def test_a_failed_command_puts_the_clock_back() -> None:
    world = World(clock=Clock(1_000))
    fail(world, lambda: setattr(world, "clock", Clock(2_000)))
    assert world.clock.now() == 1_000


def test_the_rule_undo_is_what_takes_a_failed_command_back() -> None:
    world = library()
    world.rules.exchange("undo", lambda _world, _log: None)
    fail(world, lambda: world.table("books").insert("a", Book(0, ())))
    assert "a" in world.table("books")


def test_ids_are_16_digits_and_ascend() -> None:
    ids = Ids(seed=1)
    assert [ids.text() for _ in range(3)] == ["1008419000000001", "1008419000000002", "1008419000000003"]


@pytest.mark.parametrize("seed", [0, 1, 399_999, 10**12])
def test_ids_have_16_digits_for_every_seed(seed: int) -> None:
    assert len(Ids(seed).text()) == 16


def test_numbers_count_from_one_whatever_the_seed() -> None:
    assert [Ids(seed).number() for seed in (0, 5)] == [1, 1]


def test_another_seed_keeps_the_count() -> None:
    world = World(seed=0)
    world.ids.number()
    world.use_seed(1)
    assert world.ids.text() == "1008419000000002"


def test_a_fixed_clock_stands_still() -> None:
    assert [Clock(5).now(), Clock(5).now()] == [5, 5]


def test_the_real_clock_is_the_machines_in_milliseconds() -> None:
    before = time.time_ns() // 1_000_000
    now = Clock().now()
    assert before <= now <= time.time_ns() // 1_000_000


def test_a_fork_goes_on_counting_where_its_origin_was() -> None:
    world = World()
    world.ids.number()
    assert world.fork().ids.number() == 2
    assert world.ids.number() == 2


def test_a_fork_has_rules_of_its_own() -> None:
    world = World()
    world.rules["answer"] = lambda: 1
    twin = world.fork()
    twin.rules.exchange("answer", lambda: 2)
    assert (world.rules["answer"](), twin.rules["answer"]()) == (1, 2)


def test_a_rule_that_no_world_has_is_not_exchanged() -> None:
    with pytest.raises(UnknownRule):
        World().rules.exchange("answer", lambda: 1)


def _fill(world: World) -> None:
    world.add_table("books").insert("a", Book(0, ()))
    world.rules["answer"] = lambda: 1


def test_a_named_world_is_made_when_it_is_asked_for_and_kept() -> None:
    worlds = Worlds(_fill)
    first = worlds.of(b"first")
    assert worlds.of(b"first") is first
    assert worlds.of(None) is worlds.default
    assert len(worlds) == 1
    first.table("books").remove("a")
    assert ("a" in worlds.default.table("books"), "a" in worlds.of(b"other").table("books")) == (True, True)


def test_reset_puts_one_world_back_to_its_seed() -> None:
    worlds = Worlds(_fill)
    for name in (None, b"one", b"other"):
        worlds.of(name).table("books").remove("a")
    worlds.reset(None)
    worlds.reset(b"one")
    assert [len(worlds.of(name).table("books")) for name in (None, b"one", b"other")] == [1, 1, 0]


def test_the_world_that_was_not_used_for_longest_is_dropped() -> None:
    worlds = Worlds(_fill, limit=2)
    first, second = worlds.of(b"first"), worlds.of(b"second")
    worlds.of(b"first")
    worlds.of(b"third")
    assert len(worlds) == 2
    assert worlds.of(b"first") is first
    assert worlds.of(b"second") is not second


def test_an_exchanged_rule_holds_in_worlds_old_and_new_until_it_is_put_back() -> None:
    worlds = Worlds(_fill)
    worlds.of(b"old")
    restore = worlds.exchange("answer", lambda: 2)
    worlds.reset(None)
    assert [worlds.of(name).rules["answer"]() for name in (None, b"old", b"new")] == [2, 2, 2]
    restore()
    assert [worlds.of(name).rules["answer"]() for name in (None, b"old", b"new", b"newer")] == [1, 1, 1, 1]


def test_seed_and_clock_are_those_of_every_world() -> None:
    worlds = Worlds(_fill, seed=1, clock=Clock(9))
    assert (worlds.of(b"x").ids.text(), worlds.default.clock.now()) == ("1008419000000001", 9)
