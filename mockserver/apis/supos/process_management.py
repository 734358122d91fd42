"""Handlers of the tag Process Management."""

from __future__ import annotations

from mockserver.adapter import NO_BODY
from mockserver.apis.supos.leaving import leaving
from mockserver.apis.supos.read_policies import STATES
from mockserver.apis.supos.reading import detail, found, user_page
from mockserver.apis.supos.refusals import INSTANCE_UNKNOWN, PROCESS_UNKNOWN, PROCESS_UNPUBLISHED, answering
from mockserver.engine import cancellation, workflow
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json

NAME_LIMIT = 200
"""How much of a processName is kept: what lists can show."""


def start_process(world: World, *, body: dict[str, Json]) -> Json:
    """Start a process and finish its first section."""
    world.rules["supos.start.checks"](world, body)
    name = (body.get("processName") or "")[:NAME_LIMIT]
    with answering():
        instance = workflow.start(
            world, body["processKey"], body["username"], name=name, app=body.get("appId"), leaving=leaving(body)
        )
    return {"processId": instance.id}


def save(world: World, *, body: dict[str, Json]) -> Json:
    """Start a process and stay in its first section."""
    world.rules["supos.save.checks"](world, body)
    with answering():
        task = workflow.save(
            world, body["processKey"], body["username"], app=body.get("appId"), draft=body.get("formData")
        )
    return world.rules["supos.save.answer"](task)


def cancel(world: World, *, process_id: str, body: dict[str, Json]) -> Json:
    """End a process for its initiator."""
    world.rules["supos.cancel.checks"](world, {**body, "processId": process_id})
    with answering():
        cancellation.cancel(world, process_id, body["username"])
    return NO_BODY


def get_start_info(world: World, *, process_key: str) -> Json:
    """What a start of a process needs."""
    definition = found(world, "start-info", process_key, PROCESS_UNKNOWN)
    if not world.rules["supos.start-info.published"](definition):
        raise Refused(PROCESS_UNPUBLISHED)
    return world.rules["supos.start-info.shown"](world, definition)


def get_detail(world: World, *, process_id: str, username: str) -> Json:
    """A process in which the user takes part."""
    return detail(world, "process", process_id, username, INSTANCE_UNKNOWN)


def query_log(world: World, *, process_id: str) -> Json:
    """What was done in a process."""
    return _rows_of(world, "log", process_id)


def get_urge_info(world: World, *, process_id: str) -> Json:
    """The tasks of a process that wait, and for whom."""
    return _rows_of(world, "urge", process_id)


def query_process(
    world: World, *, username: str, app_id: str | None, status: str, current: int, page_size: int
) -> Json:
    """One page of the processes in one state that a user has started, newest first."""
    return user_page(world, "initiated", username, app_id, current, page_size, STATES[status])


def _rows_of(world: World, area: str, process_id: str) -> Json:
    instance = found(world, area, process_id, INSTANCE_UNKNOWN)
    shown = world.rules[f"supos.{area}.shown"]
    return [shown(world, row) for row in world.rules[f"supos.{area}.listed"](world, instance)]
