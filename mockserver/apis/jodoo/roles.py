"""Names for what a test needs of the default world: the API only reads, so nothing of it can be made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from mockserver.apis.jodoo import steps
from mockserver.apis.jodoo.steps import Step, steps_of
from mockserver.apis.jodoo.world import FILE
from mockserver.engine import rows
from mockserver.engine.rows import Instance, State
from mockserver.engine.world import World
from specs.model import Json

INSTANCES: Mapping[State, str] = {State.RUNNING: "running", State.COMPLETED: "completed", State.CANCELED: "ended"}
TASKS: Mapping[int, str] = {
    steps.IN_PROGRESS: "running",
    steps.COMPLETED: "completed",
    steps.ENDED: "ended",
    steps.ACTIVATED: "activated",
    steps.PAUSED: "paused",
}


def roles(world: World) -> Mapping[str, Json]:
    """The roles of a world that ``world.fill`` filled: for each the first instance, or task, that plays it."""
    found: dict[str, Json] = {}
    for role, value in _played(world):
        found.setdefault(role, value)
    return found


def _played(world: World) -> Iterator[tuple[str, Json]]:
    for said in FILE.content["instances"]:
        instance: Instance | None = rows.instances(world).get(said["id"])
        if instance is None:  # a world that started empty
            continue
        legs = steps_of(world, instance)
        yield "instance.main", instance.id
        yield "instance.main.task-count", len(legs)
        yield f"instance.{INSTANCES[instance.state]}", instance.id
        for step in legs:
            for role in _of_step(step):
                yield role, f"{instance.id}/{step.id}"


def _of_step(step: Step) -> Iterator[str]:
    yield f"task.{TASKS[step.status]}"
    yield f"task.created-by.{step.create_action}"
    if step.finish_action is not None:
        yield f"task.finished-by.{step.finish_action}"
