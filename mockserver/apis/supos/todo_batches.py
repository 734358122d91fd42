"""Batches of the to-do centre: what is checked about one, in this order, and how it is stored."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace

from mockserver.apis.supos.refusals import (
    ALREADY_STORED,
    DUPLICATE_IN_REQUEST,
    NOT_STORED,
    PERSON_UNKNOWN,
    SOURCES_DIFFER,
    STORED_TWICE,
)
from mockserver.apis.supos.todo import Command, Item, Record, records
from mockserver.engine.world import World
from mockserver.errors import Refused

Check = Callable[[World, Command, Sequence[Item]], None]
"""Looks at a whole batch. Raises ``Refused``."""


def admitted(world: World, command: Command, items: Sequence[Item]) -> None:
    """The batch is one that may be stored at all."""
    command.rule(world, "admit")(items)


def from_one_source(world: World, command: Command, items: Sequence[Item]) -> None:
    """All items have the same source."""
    if not command.rule(world, "one_source")(items):
        raise Refused(SOURCES_DIFFER)


def without_duplicates(world: World, command: Command, items: Sequence[Item]) -> None:
    """No two items meet in one record."""
    names_of = command.rule(world, "names")
    seen: set[Hashable] = set()
    for item in items:
        names = set(names_of(world, command.kind, item))
        if names & seen:
            raise Refused(DUPLICATE_IN_REQUEST)
        seen |= names


def by_known_people(world: World, command: Command, items: Sequence[Item]) -> None:
    """Whoever an item names is a user."""
    known = [(field, command.rule(world, f"known-{field}")) for field in command.kind.people]
    for item in items:
        for field, is_known in known:
            name = item.get(field)
            if name and not is_known(world, name):
                raise Refused(PERSON_UNKNOWN)


CHECKS: tuple[Check, ...] = (admitted, from_one_source, without_duplicates, by_known_people)


def batch_checks() -> tuple[Check, ...]:
    """What is checked before the store is looked at."""
    return CHECKS


def add(world: World, command: Command, items: Sequence[Item]) -> list[Record]:
    """Store a batch. Raises ``Refused``; what is stored by then is for the caller's command to take back."""
    _check(world, command, items)
    find, table = command.rule(world, "find"), records(world, command.kind)
    stored = []
    for item in items:
        if find(world, command.kind, item) is not None:
            raise Refused(ALREADY_STORED)
        record = Record(world.ids.number(), item)
        table.insert(record.id, record)
        stored.append(record)
    return stored


def modify(world: World, command: Command, items: Sequence[Item]) -> None:
    """Give each record that an item means the item's values. Raises ``Refused`` like ``add``."""
    _check(world, command, items)
    find, change = command.rule(world, "find"), command.rule(world, "change")
    table = records(world, command.kind)
    found = [find(world, command.kind, item) for item in items]
    if None in found:
        raise Refused(NOT_STORED)
    for record, item in zip(found, items, strict=True):
        table.replace(record.id, replace(record, item=change(record.item, item)))
    if not command.rule(world, "keys_unique")(world, command.kind, found):
        raise Refused(STORED_TWICE)


def _check(world: World, command: Command, items: Sequence[Item]) -> None:
    for check in command.rule(world, "checks")():
        check(world, command, items)
