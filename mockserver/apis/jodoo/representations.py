"""Instances and tasks as the document shows them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache

from mockserver.apis.jodoo import ids
from mockserver.apis.jodoo import properties as said
from mockserver.apis.jodoo.steps import Step, page_of, steps_of
from mockserver.engine import rows
from mockserver.engine.definitions import ProcessDefinition
from mockserver.engine.rows import Instance, State
from mockserver.engine.world import World
from specs.model import Json

STATUSES: Mapping[State, int] = {State.RUNNING: 0, State.SUSPENDED: 0, State.COMPLETED: 1, State.CANCELED: 2}
"""``status`` of an instance (lines 147-149)."""

_NUMBER = re.compile(r"[0-9]{1,9}$")


@lru_cache(maxsize=65_536)
def time_text(milliseconds: int) -> str:
    """A time as ``2022-10-26T13:11:45.087Z``."""
    seconds, rest = divmod(milliseconds, 1_000)
    return f"{datetime.fromtimestamp(seconds, UTC).isoformat()[:19]}.{rest:03d}Z"


def time_or_null(milliseconds: int | None) -> str | None:
    """A time that has not come yet is null."""
    return None if milliseconds is None else time_text(milliseconds)


def member(world: World, username: str) -> Json:
    """A person, with what the sample prints of members where nothing else is known (lines 294-302)."""
    people = rows.people(world)
    known = rows.properties_of(world, people, username)
    return {
        "username": username,
        "name": people[username].title or username,
        "departments": list(known.get(said.DEPARTMENTS, (1,))),
        "type": known.get(said.TYPE, 0),
        "status": known.get(said.STATUS, 1),
    }


def form_fields(definition: ProcessDefinition) -> dict[str, Json]:
    """What an instance and its tasks say of their form."""
    properties = definition.model.properties
    return {"app_id": definition.app, "form_id": properties["form"], "form_title": definition.name}


def flow_id(definition: ProcessDefinition, section: str) -> int:
    """The number of a node: the one at the end of its key, else its place among the nodes."""
    number = _NUMBER.search(section)
    return list(definition.by_key).index(section) if number is None else int(number.group())


def instance_shown(world: World, instance: Instance) -> dict[str, Json]:
    """An instance without its tasks (lines 93-149)."""
    identity = ids.shown(instance.id)
    steps = steps_of(world, instance)
    moments = [instance.started, instance.ended, *(moment for step in steps for moment in (step.created, step.ended))]
    return {
        **form_fields(rows.definitions(world)[instance.definition]),
        "instance_id": identity,
        "url": f"{page_of(instance)}/{identity}",
        "update_time": time_text(max(moment for moment in moments if moment is not None)),
        "create_time": time_text(instance.started),
        "finish_time": time_or_null(instance.ended),
        "status": STATUSES[instance.state],
        "creator": member(world, instance.initiator),
    }


def task_shown(world: World, instance: Instance, step: Step) -> dict[str, Json]:
    """A task of an instance (lines 157-280)."""
    definition = rows.definitions(world)[instance.definition]
    instance_id, identity = ids.shown(instance.id), ids.shown(step.id)
    return {
        **form_fields(definition),
        "title": step.title,
        "instance_id": instance_id,
        "task_id": identity,
        "flow_id": flow_id(definition, step.section),
        "flow_name": step.node,
        "url": f"{step.page}/{instance_id}/task/{identity}",
        "assignee": member(world, step.assignee),
        "creator": member(world, instance.initiator),
        "create_time": time_text(step.created),
        "create_action": step.create_action,
        "finish_time": time_or_null(step.ended),
        "finish_action": step.finish_action,
        "status": step.status,
    }
