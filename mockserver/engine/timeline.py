"""The times that a world has written down: a clock that went back behind them would put its history out of order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from mockserver.engine.world import World

STAMPS: Mapping[str, Callable[[Any], tuple[int | None, ...]]] = {
    "instances": lambda instance: (instance.started, instance.ended),
    "tasks": lambda task: (task.created, task.modified),
    "finished-tasks": lambda task: (task.created, task.ended),
    "records": lambda record: (record.at,),
    "activities": lambda activity: (activity.started, activity.ended),
}
"""Table -> the times of one of its rows."""


def latest(parts: Iterable[World]) -> int | None:
    """The latest time of any row of these parts of a world, in milliseconds; ``None`` without any. Reads every row."""
    return max((time for part in parts for time in _times(part)), default=None)


def _times(world: World) -> Iterator[int]:
    for name, times in STAMPS.items():
        if name in world:
            for row in world.table(name).values():
                yield from (time for time in times(row) if time is not None)
