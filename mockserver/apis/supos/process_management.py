"""Handlers of the tag Process Management."""

from __future__ import annotations

from mockserver.apis.supos.leaving import leaving
from mockserver.apis.supos.refusals import refused
from mockserver.engine.errors import WorkflowError
from mockserver.engine.workflow import start
from mockserver.engine.world import World
from specs.model import Json

NAME_LIMIT = 200
"""How much of a processName is kept: what lists can show."""


def start_process(world: World, *, body: dict[str, Json]) -> Json:
    """Start a process and finish its first section."""
    world.rules["supos.start.checks"](world, body)
    name = (body.get("processName") or "")[:NAME_LIMIT]
    try:
        instance = start(
            world, body["processKey"], body["username"], name=name, app=body.get("appId"), leaving=leaving(body)
        )
    except WorkflowError as error:
        raise refused(error) from error
    return {"processId": instance.id}
