"""Handlers of the tag Instances."""

from __future__ import annotations

from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json

INSTANCE_INVALID = 50016


def get_instance(world: World, *, body: dict[str, Json]) -> Json:
    """An instance, with its tasks if the request asks for them."""
    rules = world.rules
    rules["jodoo.instance.admit"](body)
    instance = rules["jodoo.instance.find"](world, body["instance_id"])
    if instance is None:
        raise Refused(INSTANCE_INVALID)
    shown: dict[str, Json] = rules["jodoo.instance.shown"](world, instance)
    if not rules["jodoo.tasks.wanted"](body):
        return shown
    return rules["jodoo.instance.with-tasks"](world, instance, shown)
