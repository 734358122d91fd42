"""Checks in a wrong order. Each docstring says what the mock does wrong."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos import policies
from mockserver.apis.supos.refusals import refused
from mockserver.engine.errors import UnknownProcess, UnknownTask
from mockserver.engine.world import World
from specs.model import Json


def process_before_user(world: World, body: Mapping[str, Json]) -> None:
    """Looks the process up before the users."""
    if world.rules["start.definition"](world, body["processKey"]) is None:
        raise refused(UnknownProcess())
    policies.start_checks(world, body)


def task_before_user(world: World, body: Mapping[str, Json]) -> None:
    """Looks the task up before the users."""
    if world.rules["submit.task"](world, body["taskId"]) is None:
        raise refused(UnknownTask())
    policies.submit_checks(world, body)
