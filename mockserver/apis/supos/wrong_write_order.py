"""Checks of the operations that change something, in a wrong order. Each docstring says what the mock does wrong."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.supos.refusals import refused
from mockserver.apis.supos.users import caller_known
from mockserver.apis.supos.write_policies import entrust_checks
from mockserver.engine.errors import UnknownFinishedTask, UnknownInstance, UnknownProcess, UnknownTask
from mockserver.engine.world import World
from specs.model import Json


def saved_process_first(world: World, body: Mapping[str, Json]) -> None:
    """Looks the process up before the initiator."""
    if world.rules["save.definition"](world, body["processKey"]) is None:
        raise refused(UnknownProcess())
    caller_known(world, body, "save")


def saved_task_first(world: World, body: Mapping[str, Json]) -> None:
    """Looks the task up before the user who saves its form data."""
    if world.rules["draft.task"](world, body["taskId"]) is None:
        raise refused(UnknownTask())
    caller_known(world, body, "form")


def entrusted_task_first(world: World, body: Mapping[str, Json]) -> None:
    """Looks the task up before the delegator and the trustee."""
    if world.rules["delegate.task"](world, body["taskId"]) is None:
        raise refused(UnknownTask())
    entrust_checks(world, body)


def revoked_task_first(world: World, body: Mapping[str, Json]) -> None:
    """Looks the completed task up before the user."""
    if world.rules["revoke.task"](world, body["taskId"]) is None:
        raise refused(UnknownFinishedTask())
    caller_known(world, body, "revoke")


def canceled_process_first(world: World, body: Mapping[str, Json]) -> None:
    """Looks the process up before the user."""
    if world.rules["cancel.instance"](world, body["processId"]) is None:
        raise refused(UnknownInstance())
    caller_known(world, body, "cancel")
