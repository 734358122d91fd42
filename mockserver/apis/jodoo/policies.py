"""Decisions of the Jodoo adapter, by the names under which a world keeps them."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.apis.jodoo import ids
from mockserver.apis.jodoo.representations import instance_shown, task_shown
from mockserver.apis.jodoo.steps import steps_of
from mockserver.engine import rows
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.rows import Instance
from mockserver.engine.rules import Rule
from mockserver.engine.world import World
from specs.model import Json

ALL_TASKS = 1
"""``tasks_type``: every task is returned (line 76)."""


def find(world: World, instance_id: str) -> Instance | None:
    """The instance with this id; there is none where the text has not the form of an id."""
    if not ids.is_id(instance_id):
        return None
    found = (rows.instances(world).get(identity) for identity in ids.meant(instance_id))
    return next((instance for instance in found if instance is not None and is_of_a_form(world, instance)), None)


def is_of_a_form(world: World, instance: Instance) -> bool:
    """Whether an instance belongs to a form of an app; other processes are none of Jodoo's."""
    definition: ProcessDefinition = rows.definitions(world)[instance.definition]
    return ids.is_id(definition.app) and ids.is_id(definition.model.properties.get("form", ""))


def admit(body: Mapping[str, Json]) -> None:
    """Fields that are not documented are not looked at."""


def tasks_wanted(body: Mapping[str, Json]) -> bool:
    """Whether a request asks for tasks; one that is silent does not."""
    return bool(body.get("tasks_type", 0) == ALL_TASKS)


def with_tasks(world: World, instance: Instance, shown: dict[str, Json]) -> dict[str, Json]:
    """An instance that is shown with all its tasks."""
    rules = world.rules
    show = rules["jodoo.task.shown"]
    return {**shown, "tasks": [show(world, instance, step) for step in rules["jodoo.tasks.listed"](world, instance)]}


RULES: Mapping[str, Rule] = {
    "jodoo.instance.admit": admit,
    "jodoo.instance.find": find,
    "jodoo.instance.shown": instance_shown,
    "jodoo.instance.with-tasks": with_tasks,
    "jodoo.tasks.wanted": tasks_wanted,
    "jodoo.tasks.listed": steps_of,
    "jodoo.task.shown": task_shown,
}
