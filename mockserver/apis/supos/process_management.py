"""Handlers of the tag Process Management."""

from __future__ import annotations

from mockserver.adapter import NO_BODY
from mockserver.apis.supos.leaving import leaving
from mockserver.apis.supos.refusals import answering
from mockserver.engine import cancellation, workflow
from mockserver.engine.world import World
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
