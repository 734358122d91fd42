"""thirdPartyProcessesDel and thirdPartyTasksCompletiveDel: what goes and what stays.

No operation lists records; one that is stored cannot be stored again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos.todo_givens import (
    OTHER_SOURCE,
    SOURCE,
    Item,
    is_done,
    is_gone,
    is_stored,
    process_deletion,
    process_item,
    processes,
    stored,
    task_deletion,
    task_item,
    tasks,
)
from conformance.wire.call import Call

PROCESSES = "supos.thirdPartyProcessesDel"
TASKS = "supos.thirdPartyTasksCompletiveDel"


@dataclass(frozen=True, slots=True)
class Kind:
    """How one of the two kinds of records is made, stored and deleted."""

    item: Callable[..., Item]
    batch: Callable[..., Call]
    deletion: Callable[..., Call]
    own_id: str

    def by_key(self, *items: Item, **query: object) -> Call:
        """A deletion by the other system's ids."""
        return self.deletion(**{f"{self.own_id}s": [item[self.own_id] for item in items], "source": SOURCE, **query})


PROCESS = Kind(process_item, processes, process_deletion, "thirdPartyInstanceId")
TASK = Kind(task_item, tasks, task_deletion, "thirdPartyInstanceNodeId")


def _by_id(client: Client, given: Given, kind: Kind) -> None:
    item, other = kind.item(given), kind.item(given)
    number, _ = stored(given, kind.batch(item, other))
    is_done(client.call(kind.deletion(ids=[number])))
    is_gone(given, kind.batch(item))
    is_stored(given, kind.batch(other))


def _by_key(client: Client, given: Given, kind: Kind) -> None:
    item, other = kind.item(given), kind.item(given)
    client.must(kind.batch(item, other))
    is_done(client.call(kind.by_key(item)))
    is_gone(given, kind.batch(item))
    is_stored(given, kind.batch(other))


def _union(client: Client, given: Given, kind: Kind) -> None:
    one, other, third = kind.item(given), kind.item(given), kind.item(given)
    first, _, last = stored(given, kind.batch(one, other, third))
    is_done(client.call(kind.by_key(other, third, ids=[first, last])))
    is_gone(given, kind.batch(one, other, third))


def _source_filters(client: Client, given: Given, kind: Kind) -> None:
    item = kind.item(given)
    elsewhere = {**item, "source": OTHER_SOURCE}
    stored(given, kind.batch(item), kind.batch(elsewhere))
    is_done(client.call(kind.by_key(item)))
    is_stored(given, kind.batch(elsewhere))
    is_gone(given, kind.batch(item))


def _ids_whatever_source(client: Client, given: Given, kind: Kind) -> None:
    item = kind.item(given)
    numbers = stored(given, kind.batch(item))
    is_done(client.call(kind.deletion(ids=numbers, source=OTHER_SOURCE)))
    is_gone(given, kind.batch(item))


def _key_ignores_case(client: Client, given: Given, kind: Kind) -> None:
    item = kind.item(given, **{kind.own_id: f"record-{given.tag()}"})
    client.must(kind.batch(item))
    is_done(client.call(kind.by_key({**item, kind.own_id: item[kind.own_id].upper()})))
    is_gone(given, kind.batch(item))


def _nothing_given(client: Client, given: Given, kind: Kind) -> None:
    client.endangers_others()
    item = kind.item(given)
    client.must(kind.batch(item))
    is_done(client.call(kind.deletion()))
    is_done(client.call(kind.deletion(source=SOURCE)))
    is_stored(given, kind.batch(item))


def _unknown_ignored(client: Client, given: Given, kind: Kind) -> None:
    gone, one, other = kind.item(given), kind.item(given), kind.item(given)
    free, first, _ = stored(given, kind.batch(gone, one, other))
    client.must(kind.deletion(ids=[free]))
    is_done(client.call(kind.by_key(kind.item(given), other, ids=[free, first])))
    is_gone(given, kind.batch(one, other))


@check(f"{PROCESSES}.by-id")
def process_by_id(client: Client, given: Given) -> None:
    """One of two processes, by its id."""
    _by_id(client, given, PROCESS)


@check(f"{TASKS}.by-id")
def task_by_id(client: Client, given: Given) -> None:
    """One of two tasks, by its id."""
    _by_id(client, given, TASK)


@check(f"{PROCESSES}.by-key")
def process_by_key(client: Client, given: Given) -> None:
    """One of two processes, by its instance id."""
    _by_key(client, given, PROCESS)


@check(f"{TASKS}.by-key")
def task_by_key(client: Client, given: Given) -> None:
    """One of two tasks, by its node id."""
    _by_key(client, given, TASK)


@check(f"{PROCESSES}.union")
def processes_both_ways(client: Client, given: Given) -> None:
    """Three processes, one by its id, one by its instance id, one by both."""
    _union(client, given, PROCESS)


@check(f"{TASKS}.union")
def tasks_both_ways(client: Client, given: Given) -> None:
    """Three tasks, one by its id, one by its node id, one by both."""
    _union(client, given, TASK)


@check(f"{PROCESSES}.source-filters")
def process_of_another_source_stays(client: Client, given: Given) -> None:
    """One instance id of two sources."""
    _source_filters(client, given, PROCESS)


@check(f"{TASKS}.source-filters")
def task_of_another_source_stays(client: Client, given: Given) -> None:
    """One node id of two sources."""
    _source_filters(client, given, TASK)


@check(f"{PROCESSES}.ids-whatever-source")
def process_id_whatever_source(client: Client, given: Given) -> None:
    """A process by its id, beside the name of another source."""
    _ids_whatever_source(client, given, PROCESS)


@check(f"{TASKS}.ids-whatever-source")
def task_id_whatever_source(client: Client, given: Given) -> None:
    """A task by its id, beside the name of another source."""
    _ids_whatever_source(client, given, TASK)


@check(f"{PROCESSES}.key-ignores-case")
def process_key_ignores_case(client: Client, given: Given) -> None:
    """A process by its instance id in capitals."""
    _key_ignores_case(client, given, PROCESS)


@check(f"{TASKS}.key-ignores-case")
def task_key_ignores_case(client: Client, given: Given) -> None:
    """A task by its node id in capitals."""
    _key_ignores_case(client, given, TASK)


@check(f"{PROCESSES}.nothing-given")
def no_process_is_named(client: Client, given: Given) -> None:
    """No parameter at all, and a source alone."""
    _nothing_given(client, given, PROCESS)


@check(f"{TASKS}.nothing-given")
def no_task_is_named(client: Client, given: Given) -> None:
    """A status alone, and a status with a source."""
    _nothing_given(client, given, TASK)


@check(f"{PROCESSES}.unknown-ignored")
def unknown_processes_are_ignored(client: Client, given: Given) -> None:
    """Two processes, beside an id that is free again and an instance id that nobody ever had."""
    _unknown_ignored(client, given, PROCESS)


@check(f"{TASKS}.unknown-ignored")
def unknown_tasks_are_ignored(client: Client, given: Given) -> None:
    """Two tasks, beside an id that is free again and a node id that nobody ever had."""
    _unknown_ignored(client, given, TASK)


@check(f"{PROCESSES}.leaves-tasks")
def tasks_of_a_process_stay(client: Client, given: Given) -> None:
    """A process and a task of it; the process is deleted."""
    process = process_item(given)
    task = task_item(given, thirdPartyInstanceId=process["thirdPartyInstanceId"])
    numbers = stored(given, processes(process))
    client.must(tasks(task))
    is_done(client.call(process_deletion(ids=numbers)))
    is_stored(given, tasks(task))


@check(f"{TASKS}.status-filters-ids")
def task_id_of_another_status(client: Client, given: Given) -> None:
    """A completive task, by its id among the pending ones."""
    task = task_item(given)
    numbers = stored(given, tasks(task))
    is_done(client.call(task_deletion("pending", ids=numbers)))
    is_stored(given, tasks(task))


@check(f"{TASKS}.status-filters-keys")
def node_id_of_another_status(client: Client, given: Given) -> None:
    """A node that is pending and completive; its pending record is deleted."""
    task = task_item(given)
    stored(given, tasks(task), tasks({**task, "taskStatus": "pending"}))
    is_done(client.call(TASK.by_key(task, status="pending")))
    is_stored(given, tasks(task))


@check(f"{TASKS}.history-deleted")
def pending_record_stays_until_deleted(client: Client, given: Given) -> None:
    """A node that is pending, then completive: the pending record is still there, and goes when it is deleted."""
    task = task_item(given)
    pending = {**task, "taskStatus": "pending"}
    stored(given, tasks(pending), tasks(task))
    is_stored(given, tasks(pending))
    is_done(client.call(TASK.by_key(task, status="pending")))
    is_gone(given, tasks(pending))
