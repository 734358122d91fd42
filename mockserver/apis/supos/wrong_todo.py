"""Wrong policies about batches of the to-do centre. Each docstring says what the mock does wrong."""

# ruff: noqa: ARG001 - a policy takes what its rule is given

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mockserver.apis.supos import todo_policies
from mockserver.apis.supos.todo import PROCESSES, TASKS, Item, Kind, Record, records, with_key
from mockserver.apis.supos.wrong_workflow import undo_but
from mockserver.engine.tables import UndoLog
from mockserver.engine.world import World
from mockserver.errors import Refused
from specs.model import Json


def anybody(world: World, name: str) -> bool:
    """Takes any name for a user's."""
    return True


def any_sources(items: Sequence[Item]) -> bool:
    """Takes batches whose items have different sources."""
    return True


def nameless(world: World, kind: Kind, item: Item) -> Iterator[object]:
    """Takes every item of a batch for another record."""
    return iter(())


def named_by_case(world: World, kind: Kind, item: Item) -> Iterator[object]:
    """Tells the ids of a batch apart by their case."""
    yield item["source"], item.get(kind.own_id), item.get("taskStatus")


def named_by_key(world: World, kind: Kind, item: Item) -> Iterator[object]:
    """Compares the items of a batch by their keys only, not by their ids."""
    if item.get(kind.own_id) is not None:
        yield kind.key(item)


def named_as_sent(world: World, kind: Kind, item: Item) -> Iterator[object]:
    """Compares the items of a batch as they were sent, not by the records that they mean."""
    for field in ("id", kind.own_id):
        if item.get(field) is not None:
            yield field, str(item[field]).lower()


def never_stored(world: World, kind: Kind, item: Item) -> Record | None:
    """Takes every item for a new one."""
    return None


def stored_by_case(world: World, kind: Kind, item: Item) -> Record | None:
    """Tells the ids of stored records apart by their case."""
    found = with_key(world, kind, item)
    return found if found is not None and found.item[kind.own_id] == item[kind.own_id] else None


def stored_whatever_status(world: World, kind: Kind, item: Item) -> Record | None:
    """Takes a node for stored, whatever its status was."""
    return _like(world, kind, item, "source", kind.own_id)


def stored_with_status(world: World, kind: Kind, item: Item) -> Record | None:
    """Takes a process for stored only if its status is the same."""
    found = with_key(world, kind, item)
    return found if found is not None and found.item["status"] == item["status"] else None


def pending_replaced(world: World, kind: Kind, item: Item) -> Record | None:
    """Forgets the pending record of a node when its completive one is stored."""
    if item["taskStatus"] == "completive":
        pending = with_key(world, kind, {**item, "taskStatus": "pending"})
        if pending is not None:
            records(world, kind).remove(pending.id)
    return with_key(world, kind, item)


def stored_whatever_source(world: World, kind: Kind, item: Item) -> Record | None:
    """Takes an id for stored, whatever its source was."""
    return _like(world, kind, item, kind.own_id)


def _like(world: World, kind: Kind, item: Item, *fields: str) -> Record | None:
    wanted = [item[field].lower() for field in fields]
    for record in records(world, kind).values():
        if [record.item[field].lower() for field in fields] == wanted:
            return record
    return None


def stored_tasks_stay(world: World, log: UndoLog) -> None:
    """Keeps the tasks of a refused batch that came before the wrong one."""
    undo_but(log, lambda change: change.table.name == TASKS.table)


def stored_processes_stay(world: World, log: UndoLog) -> None:
    """Keeps the processes of a refused batch that came before the wrong one."""
    undo_but(log, lambda change: change.table.name == PROCESSES.table and change.added)


def changed_processes_stay(world: World, log: UndoLog) -> None:
    """Keeps the changes of a refused batch."""
    undo_but(log, lambda change: change.table.name == PROCESSES.table and not change.added)


def sorted_by_own_id(answers: list[Json]) -> list[Json]:
    """Answers in the order of the other system's ids."""
    return sorted(answers, key=lambda answer: [str(answer[field]) for field in answer if field != "id"])


def one_id_for_all(answers: list[Json]) -> list[Json]:
    """Names all items of a batch by one id."""
    return [{**answer, "id": answers[0]["id"]} for answer in answers]


def ids_of_nobody(answers: list[Json]) -> list[Json]:
    """Answers with ids under which nothing is stored."""
    return [{**answer, "id": answer["id"] + 2**40} for answer in answers]


def no_empty_batch(items: Sequence[Item]) -> None:
    """Refuses an empty batch."""
    if not items:
        raise Refused


def no_empty_url(items: Sequence[Item]) -> None:
    """Refuses items whose openUrl is empty."""
    if any(item.get("openUrl") == "" for item in items):
        raise Refused


def no_url_missing(items: Sequence[Item]) -> None:
    """Refuses items without openUrl."""
    if not all("openUrl" in item for item in items):
        raise Refused


def no_complete_time_missing(items: Sequence[Item]) -> None:
    """Refuses items without completeTime, whatever their status is."""
    if not all(item.get("completeTime") for item in items):
        raise Refused


def nothing_completed(items: Sequence[Item]) -> None:
    """Refuses to set a process to completed."""
    if any(item["status"] == "completed" for item in items):
        raise Refused


def id_unheard(world: World, kind: Kind, item: Item) -> Record | None:
    """Looks for the record to be modified by its key only."""
    return None if item.get(kind.own_id) is None else with_key(world, kind, item)


def id_alone(world: World, kind: Kind, item: Item) -> Record | None:
    """Looks for the record to be modified by its id only."""
    return None if item.get("id") is None else records(world, kind).get(item["id"])


def key_without_id(world: World, kind: Kind, item: Item) -> Record | None:
    """Does not look at the key of an item that has an id."""
    return with_key(world, kind, item) if item.get("id") is None else records(world, kind).get(item["id"])


def key_before_id(world: World, kind: Kind, item: Item) -> Record | None:
    """Looks for the record to be modified by its key, and by its id only if that finds nothing."""
    return id_unheard(world, kind, item) or id_alone(world, kind, item)


def found_by_case(world: World, kind: Kind, item: Item) -> Record | None:
    """Looks for the record to be modified by its instance id in the case in which it was stored."""
    found = id_alone(world, kind, item)
    return found if found is not None or item.get(kind.own_id) is None else stored_by_case(world, kind, item)


def made_if_missing(world: World, kind: Kind, item: Item) -> Record:
    """Stores what it cannot find."""
    found = todo_policies.by_id_else_key(world, kind, item)
    if found is None:
        found = Record(world.ids.number(), item)
        records(world, kind).insert(found.id, found)
    return found


def name_kept(stored: Item, item: Item) -> Item:
    """Modifies everything of a record but its instance id."""
    return {**todo_policies.merged(stored, item), PROCESSES.own_id: stored[PROCESSES.own_id]}


def keys_unchecked(world: World, kind: Kind, changed: Sequence[Record]) -> bool:
    """Gives a record the key of another one."""
    return True
