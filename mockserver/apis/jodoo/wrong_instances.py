"""Wrong policies about requests and instances. The docstring of each says what the mock does wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from mockserver.apis.jodoo import ids, policies
from mockserver.apis.jodoo.representations import instance_shown, time_text
from mockserver.engine import rows
from mockserver.engine.rows import Instance, State
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json

Shown = dict[str, Json]


def _another(world: World) -> Instance:
    """The oldest instance."""
    ours = (instance for instance in rows.instances(world).values() if policies.is_of_a_form(world, instance))
    return min(ours, key=lambda instance: (instance.started, instance.id))


def another_for_unknown(world: World, instance_id: str) -> Instance | None:
    """An id that no instance has brings another instance."""
    return policies.find(world, instance_id) or (_another(world) if ids.is_id(instance_id) else None)


def another_for_malformed(world: World, instance_id: str) -> Instance | None:
    """A text that is no id brings an instance."""
    return policies.find(world, instance_id) if ids.is_id(instance_id) else _another(world)


def unknown_as_parameter(world: World, instance_id: str) -> Instance | None:
    """An id that no instance has is called an invalid parameter, without a word about which."""
    found = policies.find(world, instance_id)
    if found is None and ids.is_id(instance_id):
        raise Refused
    return found


def malformed_as_parameter(world: World, instance_id: str) -> Instance | None:
    """A text that is no id is called an invalid parameter, without a word about which."""
    if not ids.is_id(instance_id):
        raise Refused
    return policies.find(world, instance_id)


def always_the_oldest(world: World, instance_id: str) -> Instance | None:
    """Whatever instance is asked for, the oldest one is shown."""
    return None if policies.find(world, instance_id) is None else _another(world)


def documented_fields_only(body: Mapping[str, Json]) -> None:
    """A request with a field that is not documented is refused."""
    if not body.keys() <= {"instance_id", "tasks_type"}:
        raise Refused


def _changed(change: Callable[[Shown, Instance], Shown], text: str) -> Callable[..., Shown]:
    """Instances shown with a change."""

    def shown(world: World, instance: Instance) -> Shown:
        return {**instance_shown(world, instance), **change(instance_shown(world, instance), instance)}

    shown.__doc__ = text
    return shown


def _with_status(state: State, status: int, text: str) -> Callable[..., Shown]:
    """Instances of one state shown with another status."""
    return _changed(lambda _, instance: {"status": status} if instance.state is state else {}, text)


link_to_the_form = _changed(
    lambda shown, _: {"url": f"https://www.jodoo.com/forms/{shown['form_id']}"},
    "The link of an instance leads to its form.",
)
running_as_completed = _with_status(State.RUNNING, 1, "An instance in progress is shown as completed.")
completed_as_running = _with_status(State.COMPLETED, 0, "A completed instance is shown as being in progress.")
ended_as_completed = _with_status(State.CANCELED, 1, "An instance that was ended by hand is shown as completed.")
never_ended = _changed(lambda _shown, _: {"finish_time": None}, "The end time of every instance is null.")
always_ended = _changed(
    lambda shown, _: {"finish_time": shown["finish_time"] or shown["update_time"]},
    "An instance in progress has an end time: when it was modified last.",
)
ended_before_it_began = _changed(
    lambda shown, instance: {} if shown["finish_time"] is None else {"finish_time": time_text(instance.started - 1)},
    "The end time of an instance lies before its creation.",
)
modified_before_it_began = _changed(
    lambda _, instance: {"update_time": time_text(instance.started - 1)},
    "An instance was modified before it was created.",
)


def tasks_always(body: Mapping[str, Any]) -> bool:  # noqa: ARG001 - whatever the request says
    """Tasks are returned whatever tasks_type says."""
    return True


def tasks_unless_refused(body: Mapping[str, Any]) -> bool:
    """Tasks are returned where the request is silent about them."""
    return bool(body.get("tasks_type", 1) == 1)


def modified_by_reading_tasks(world: World, instance: Instance, shown: Shown) -> Shown:
    """An instance that is read with its tasks counts as modified."""
    return {**policies.with_tasks(world, instance, shown), "update_time": time_text(world.clock.now())}
