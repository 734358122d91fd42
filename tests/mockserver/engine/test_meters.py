"""Meters, and how worlds keep them."""

from __future__ import annotations

from mockserver.engine.meters import Meter
from mockserver.engine.world import World
from mockserver.engine.worlds import Worlds
from tests.mockserver.engine.strategies import fail


def test_a_meter_knows_what_happened_within_the_last_span() -> None:
    meter = Meter()
    for moment in (10.0, 10.5, 10.9):
        meter.note(moment)
    assert [meter.lately(1.0, now) for now in (10.9, 10.99, 11.0, 11.5, 11.6, 12.0)] == [3, 3, 2, 1, 1, 0]


def test_a_meter_is_no_part_of_a_command() -> None:
    world = World()
    world.meters["calls"] = Meter()
    fail(world, lambda: world.meters["calls"].note(1.0))
    assert world.meters["calls"].lately(1.0, 1.5) == 1


def test_a_fork_and_a_reset_begin_without_meters() -> None:
    worlds = Worlds(lambda _: None)
    worlds.default.meters["calls"] = Meter()
    assert worlds.default.fork().meters == {}
    assert worlds.of(b"other").meters == {}
    worlds.reset()
    assert worlds.default.meters == {}


def test_a_meter_does_not_change_what_a_world_is() -> None:
    world = World()
    before = world.state()
    world.meters["calls"] = Meter()
    assert world.state() == before
