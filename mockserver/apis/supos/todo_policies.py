"""Decisions of the to-do centre, by the names under which a world keeps them."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence

from mockserver.apis.supos.todo import (
    ADD_PROCESSES,
    ADD_TASKS,
    DELETE_PROCESSES,
    DELETE_TASKS,
    MODIFY_PROCESSES,
    Command,
    Item,
    Kind,
    Record,
    records,
    with_key,
)
from mockserver.apis.supos.todo_batches import batch_checks
from mockserver.apis.supos.todo_deletion import Wanted
from mockserver.apis.supos.users import is_user
from mockserver.engine.rules import Rule
from mockserver.engine.world import World
from specs.model import Json


def admit_batch(items: Sequence[Item]) -> None:
    """Any valid batch is admitted: an empty one, too, and empty addresses."""


def one_source(items: Sequence[Item]) -> bool:
    """Whether all items of a batch have the same source."""
    return len({item["source"] for item in items}) <= 1


def key_alone(world: World, kind: Kind, item: Item) -> Iterator[Hashable]:  # noqa: ARG001 - others look at the store
    """What an item to be stored is known by."""
    yield kind.key(item)


def in_order(answers: list[Json]) -> list[Json]:
    """Answers stand in the order of the request."""
    return answers


def by_id_else_key(world: World, kind: Kind, item: Item) -> Record | None:
    """The record that an item modifies: that with its id, else that with its key."""
    found = None if item.get("id") is None else records(world, kind).get(item["id"])
    if found is not None or item.get(kind.own_id) is None:
        return found
    return with_key(world, kind, item)


def id_key_and_record(world: World, kind: Kind, item: Item) -> Iterator[Hashable]:
    """What an item to be modified is known by: its id, its key, and the record that it means."""
    if item.get("id") is not None:
        yield "id", item["id"]
    if item.get(kind.own_id) is not None:
        yield "key", kind.key(item)
    found = by_id_else_key(world, kind, item)
    if found is not None:
        yield "id", found.id


def merged(stored: Item, item: Item) -> Item:
    """What is stored after a change: the values sent, and the former ones of fields without one."""
    return {**stored, **{name: value for name, value in item.items() if name != "id" and value is not None}}


def keys_unique(world: World, kind: Kind, changed: Sequence[Record]) -> bool:
    """Whether no record that was changed has the key of another one now."""
    table = records(world, kind)
    return all(table.page("key", kind.key(table[record.id].item), 0, 0)[1] == 1 for record in changed)


def with_ids(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """The records with the ids wanted, whatever their source."""
    table = records(world, kind)
    found = [record for number in wanted.ids if (record := table.get(number)) is not None]
    return [record for record in found if wanted.status is None or record.item["taskStatus"] == wanted.status]


def with_own_ids(world: World, kind: Kind, wanted: Wanted) -> list[Record]:
    """The records of the source with the other system's ids that are wanted."""
    items = ({"source": wanted.source, kind.own_id: own, "taskStatus": wanted.status} for own in wanted.own_ids)
    return [record for item in items if (record := with_key(world, kind, item)) is not None]


def either(by_id: Sequence[Record], by_key: Sequence[Record]) -> list[Record]:
    """What is found in one way or the other is deleted."""
    return [*by_id, *by_key]


def remove(world: World, kind: Kind, record: Record) -> None:
    """A record goes; nothing else does."""
    records(world, kind).remove(record.id)


def _batch(command: Command, names: Rule, find: Rule) -> dict[str, Rule]:
    decisions: dict[str, Rule] = {
        "checks": batch_checks,
        "admit": admit_batch,
        "one_source": one_source,
        "names": names,
        "find": find,
    }
    decisions.update({f"known-{field}": is_user for field in command.kind.people})
    return _named(command, decisions)


def _deletion(command: Command) -> dict[str, Rule]:
    return _named(command, {"by_id": with_ids, "by_key": with_own_ids, "chosen": either, "remove": remove})


def _named(command: Command, decisions: Mapping[str, Rule]) -> dict[str, Rule]:
    return {f"supos.{command.name}.{name}": rule for name, rule in decisions.items()}


RULES: Mapping[str, Rule] = {
    **_batch(ADD_TASKS, key_alone, with_key),
    **_named(ADD_TASKS, {"answer": in_order}),
    **_batch(ADD_PROCESSES, key_alone, with_key),
    **_named(ADD_PROCESSES, {"answer": in_order}),
    **_batch(MODIFY_PROCESSES, id_key_and_record, by_id_else_key),
    **_named(MODIFY_PROCESSES, {"change": merged, "keys_unique": keys_unique}),
    **_deletion(DELETE_PROCESSES),
    **_deletion(DELETE_TASKS),
}
