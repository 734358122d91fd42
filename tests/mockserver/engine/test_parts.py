"""Parts of a world: tables of their own, and all else in common."""

from __future__ import annotations

import pytest

from mockserver.engine.clock import Clock
from mockserver.engine.meters import Meter
from mockserver.engine.world import World
from mockserver.engine.worlds import Worlds
from tests.mockserver.engine.strategies import Book, fail


def divided() -> World:
    world = World(seed=1, clock=Clock(1_000))
    for name in ("one", "other"):
        world.part(name).add_table("books")
    return world


def test_a_part_is_made_once() -> None:
    world = World()
    assert world.part("one") is world.part("one")
    assert world.part("one") is not world.part("other")


def test_a_part_has_tables_of_its_own() -> None:
    world = divided()
    world.part("one").table("books").insert("a", Book(0, ()))
    assert ["a" in world.part(name).table("books") for name in ("one", "other")] == [True, False]
    assert "books" not in world


def test_clock_ids_seed_options_meters_and_rules_are_the_worlds() -> None:
    world = divided()
    one, other = world.part("one"), world.part("other")
    assert [part.ids.text() for part in (one, other, world)] == [f"100841900000000{n}" for n in (1, 2, 3)]
    one.clock = Clock(2_000)
    world.options["limit"] = 3
    other.meters["calls"] = Meter()
    one.rules["answer"] = lambda: 42
    assert (other.clock.now(), world.clock.now()) == (2_000, 2_000)
    assert (one.options, list(one.meters), other.rules["answer"]()) == ({"limit": 3}, ["calls"], 42)
    one.use_seed(2)
    assert (world.seed, other.seed, other.ids.last) == (2, 2, 3)


@pytest.mark.parametrize("who", ["whole", "part"])
def test_a_failed_command_takes_back_what_it_did_in_every_part(who: str) -> None:
    world = divided()
    before = world.state()

    def write() -> None:
        for name in ("one", "other"):
            world.part(name).table("books").insert(name, Book(0, ()))
        world.part("one").clock = Clock(9)
        world.part("other").ids.text()

    fail(world if who == "whole" else world.part("other"), write)
    assert world.state() == before


def test_a_fork_has_every_part_and_shares_nothing_that_is_written() -> None:
    world = divided()
    world.part("one").table("books").insert("a", Book(0, ()))
    twin = world.fork()
    assert twin.state() == world.state()
    twin.part("one").table("books").remove("a")
    with twin.command():
        twin.part("other").table("books").insert("b", Book(0, ()))
    assert "a" in world.part("one").table("books")
    assert "b" not in world.part("other").table("books")


def test_a_part_is_not_forked_alone() -> None:
    with pytest.raises(TypeError, match="fork the whole"):
        divided().part("one").fork()


def test_a_rule_is_exchanged_in_every_part_of_every_world() -> None:
    def fill(world: World) -> None:
        world.part("one").rules["answer"] = lambda: 1

    worlds = Worlds(fill)
    worlds.of(b"old")
    undo = worlds.exchange("answer", lambda: 2)
    assert [worlds.of(name).part("one").rules["answer"]() for name in (None, b"old", b"new")] == [2, 2, 2]
    undo()
    assert [worlds.of(name).part("one").rules["answer"]() for name in (None, b"old", b"new")] == [1, 1, 1]
