"""Ending an instance before its time."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine import history, moves, rows
from mockserver.engine.errors import NotInitiator, UnknownInstance
from mockserver.engine.rows import Action, Instance, State
from mockserver.engine.rules import Rule
from mockserver.engine.world import World

REASON = "canceled"
"""Why a node was left before its time."""


def cancel(world: World, instance_id: str, user: str) -> None:
    """End an instance that its initiator no longer wants; what waits of it is withdrawn, what happened stays told.

    Raises, in this order, ``UnknownInstance`` (one that has ended included) and ``NotInitiator``.
    """
    rules = world.rules
    instance: Instance | None = rules["cancel.instance"](world, instance_id)
    if instance is None or not rules["cancel.open"](instance):
        raise UnknownInstance(instance_id)
    if not rules["cancel.permitted"](instance, user):
        raise NotInitiator(instance_id, user)
    rules["cancel.delete"](world, instance, REASON)
    rules["cancel.record"](world, instance, user)


def find_instance(world: World, instance_id: str) -> Instance | None:
    """The instance with exactly this id, whatever its state."""
    return rows.instances(world).get(instance_id)


def is_open(instance: Instance) -> bool:
    """Whether an instance has not ended."""
    return instance.state in (State.RUNNING, State.SUSPENDED)


def is_initiator(instance: Instance, user: str) -> bool:
    """Whether it was this user who started an instance."""
    return instance.initiator == user


def record(world: World, instance: Instance, user: str) -> None:
    """Write down who ended an instance."""
    history.note(world, instance.id, None, user, Action.CANCEL)


RULES: Mapping[str, Rule] = {
    "cancel.instance": find_instance,
    "cancel.open": is_open,
    "cancel.permitted": is_initiator,
    "cancel.delete": moves.delete,
    "cancel.record": record,
}
