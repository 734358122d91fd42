"""Deleting records of the to-do centre, by our ids and by those of the other system."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mockserver.apis.supos.todo import Command
from mockserver.engine.world import World


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request wants to be deleted."""

    ids: Sequence[int]
    own_ids: Sequence[str]
    """Ids of the other system."""
    source: str | None
    """Whose ``own_ids`` they are; nothing else depends on it."""
    status: str | None = None
    """Only records of this status; ``None`` for records without one."""


def delete(world: World, command: Command, wanted: Wanted) -> None:
    """Delete the records that ids or ids of the other system find; those that there are not are no error."""
    by_id = command.rule(world, "by_id")(world, command.kind, wanted)
    by_key = command.rule(world, "by_key")(world, command.kind, wanted)
    doomed = {record.id: record for record in command.rule(world, "chosen")(by_id, by_key)}
    remove = command.rule(world, "remove")
    for record in doomed.values():
        remove(world, command.kind, record)
