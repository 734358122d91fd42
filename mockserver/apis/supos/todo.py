"""The to-do centre's records: tasks and processes of other systems, by the ids that they got here."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.engine.indexes import Index
from mockserver.engine.tables import Table
from mockserver.engine.world import World
from specs.model import Json

Item = Mapping[str, Json]


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two kinds of records."""

    table: str
    own_id: str
    """The field with the id that the other system gave; ids that differ in case only are one id."""
    people: tuple[str, ...]
    """Fields that hold usernames, in the order of the document."""
    key: Callable[[Item], Hashable]
    """What makes an item the same record as another."""


@dataclass(frozen=True, slots=True)
class Record:
    """What is stored of an item, under an id of ours."""

    id: int
    item: Item


def _task_key(item: Item) -> tuple[str, str, str]:
    return item["source"], item["thirdPartyInstanceNodeId"].lower(), item["taskStatus"]


def _process_key(item: Item) -> tuple[str, str]:
    return item["source"], item["thirdPartyInstanceId"].lower()


TASKS = Kind(
    "supos.todo-tasks", "thirdPartyInstanceNodeId", ("personName", "initiator", "mandataryName"), key=_task_key
)
PROCESSES = Kind("supos.todo-processes", "thirdPartyInstanceId", ("staffName",), key=_process_key)


@dataclass(frozen=True, slots=True)
class Command:
    """An operation that writes records. Its rules are called ``supos.NAME.DECISION``."""

    name: str
    kind: Kind

    def rule(self, world: World, decision: str) -> Callable[..., Any]:
        """A decision of this command as the world takes it."""
        return world.rules[f"supos.{self.name}.{decision}"]


ADD_TASKS, DELETE_TASKS = Command("add-tasks", TASKS), Command("delete-tasks", TASKS)
ADD_PROCESSES, DELETE_PROCESSES = Command("add-processes", PROCESSES), Command("delete-processes", PROCESSES)
MODIFY_PROCESSES = Command("modify-processes", PROCESSES)


def add_tables(world: World) -> None:
    """The tables of the to-do centre, empty."""
    for kind in (TASKS, PROCESSES):
        world.add_table(kind.table, [Index("key", _by_key(kind))])


def _by_key(kind: Kind) -> Callable[[Record], Iterator[tuple[Hashable, int]]]:
    def keys(record: Record) -> Iterator[tuple[Hashable, int]]:
        yield kind.key(record.item), record.id

    return keys


def records(world: World, kind: Kind) -> Table[Record]:
    """By id; index ``key`` with one bucket for each ``kind.key``."""
    return world.table(kind.table)


def with_key(world: World, kind: Kind, item: Item) -> Record | None:
    """The record that an item means, if it is stored."""
    found, _ = records(world, kind).page("key", kind.key(item), 0, 1)
    return found[0] if found else None
