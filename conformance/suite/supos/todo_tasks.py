"""thirdPartyTasksCompletivePost: whole batches, duplicates, the order of findings, and how they are taken back."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos.todo_givens import (
    OTHER_SOURCE,
    SOURCE,
    is_accepted,
    is_gone,
    stored,
    task_deletion,
    task_item,
    tasks,
)

OPERATION = "supos.thirdPartyTasksCompletivePost"


@check(f"{OPERATION}.mixed-sources")
def mixed_sources(client: Client, given: Given) -> None:
    """Two items, two sources."""
    call = tasks(task_item(given), task_item(given, source=OTHER_SOURCE))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.duplicate-in-batch")
def duplicate_in_batch(client: Client, given: Given) -> None:
    """The same node and status twice."""
    item = task_item(given)
    client.call(tasks(item, {**item, "taskName": "another name"})).expect(given.documented)


@check(f"{OPERATION}.duplicate-ignores-case")
def duplicate_ignores_case(client: Client, given: Given) -> None:
    """Node ids that differ in case only."""
    node = f"node-{given.tag()}"
    call = tasks(
        task_item(given, thirdPartyInstanceNodeId=node), task_item(given, thirdPartyInstanceNodeId=node.upper())
    )
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.unknown-person")
def unknown_person(client: Client, given: Given) -> None:
    """A personName that no user has."""
    client.call(tasks(task_item(given, personName=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.unknown-initiator")
def unknown_initiator(client: Client, given: Given) -> None:
    """An initiator that no user is."""
    client.call(tasks(task_item(given, initiator=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.unknown-mandatary")
def unknown_mandatary(client: Client, given: Given) -> None:
    """A mandataryName that no user has."""
    client.call(tasks(task_item(given, mandataryName=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.stored-ignores-case")
def stored_ignores_case(client: Client, given: Given) -> None:
    """A node that is stored, asked for again in capitals."""
    node = f"node-{given.tag()}"
    client.must(tasks(task_item(given, thirdPartyInstanceNodeId=node)))
    call = tasks(task_item(given, thirdPartyInstanceNodeId=node.upper()))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.sources-before-duplicates")
def sources_before_duplicates(client: Client, given: Given) -> None:
    """A duplicate first, another source behind it."""
    item = task_item(given)
    client.call(tasks(item, item, task_item(given, source=OTHER_SOURCE))).expect(given.documented)


@check(f"{OPERATION}.fields-before-batch")
def fields_before_batch(client: Client, given: Given) -> None:
    """An empty task name in the last item, another source before it."""
    call = tasks(task_item(given), task_item(given, source=OTHER_SOURCE), task_item(given, taskName=""))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.batch-before-users")
def batch_before_users(client: Client, given: Given) -> None:
    """An unknown person first, another source behind it."""
    call = tasks(task_item(given, personName=given.role("user.unknown")), task_item(given, source=OTHER_SOURCE))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.users-before-store")
def users_before_store(client: Client, given: Given) -> None:
    """A stored record first, an unknown person behind it."""
    item = task_item(given)
    client.must(tasks(item))
    call = tasks(item, task_item(given, personName=given.role("user.unknown")))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-item-answers")
def first_item_answers(client: Client, given: Given) -> None:
    """The first item has its fault in a later field than the second."""
    call = tasks(task_item(given, taskName=""), task_item(given, personName=""))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-field-answers")
def first_field_answers(client: Client, given: Given) -> None:
    """One item with an empty task name, an empty person and a malformed time."""
    call = tasks(task_item(given, taskName="", personName="", startTime="yesterday"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.other-status-is-another-record")
def other_status_is_another_record(client: Client, given: Given) -> None:
    """A node pending, then completive."""
    item = task_item(given, taskStatus="pending")
    client.must(tasks(item))
    is_accepted(given, tasks({**item, "taskStatus": "completive"}))


@check(f"{OPERATION}.all-or-none")
def refused_batch_stores_nothing(client: Client, given: Given) -> None:
    """Each kind of refusal leaves the good item behind it unstored: it can be stored afterwards."""
    known = task_item(given)
    client.must(tasks(known))
    good = task_item(given)
    client.refused(tasks(good, known), "thirdPartyTasksCompletivePost.repeat")
    unknown = task_item(given, personName=given.role("user.unknown"))
    client.refused(tasks(good, unknown), "thirdPartyTasksCompletivePost.unknown-person")
    nameless = task_item(given, taskName="")
    client.refused(tasks(good, nameless), "thirdPartyTasksCompletivePost.body.each.taskName.minLength")
    is_accepted(given, tasks(good))


@check(f"{OPERATION}.order-kept")
def answers_follow_the_request(client: Client, given: Given) -> None:
    """Three items, named in the order in which they were sent."""
    items = [task_item(given) for _ in range(3)]
    nodes = [item["thirdPartyInstanceNodeId"] for item in items]
    answer = client.must(tasks(*reversed(items)))
    answer.equal("nodes in the answer", answer.fields("/*/thirdPartyInstanceNodeId"), nodes[::-1])
    answer.equal("sources in the answer", answer.fields("/*/source"), [items[0]["source"]] * 3)
    answer.equal("statuses in the answer", answer.fields("/*/taskStatus"), ["completive"] * 3)


@check(f"{OPERATION}.own-ids")
def every_item_has_its_own_id(client: Client, given: Given) -> None:
    """Two batches of two items, four ids."""
    first = client.must(tasks(task_item(given), task_item(given))).fields("/*/id")
    answer = client.must(tasks(task_item(given), task_item(given)))
    answer.equal("different ids of four items", len({*first, *answer.fields("/*/id")}), 4)


@check(f"{OPERATION}.empty-batch")
def empty_batch_is_accepted(client: Client, given: Given) -> None:
    """No item at all."""
    answer = client.call(tasks())
    answer.succeeds()
    answer.equal("items stored of an empty batch", answer.field(""), [])


@check(f"{OPERATION}.empty-url-accepted")
def empty_url_is_accepted(client: Client, given: Given) -> None:
    """An openUrl of no characters."""
    is_accepted(given, tasks(task_item(given, openUrl="")))


@check(f"{OPERATION}.deleted-by-consumer")
def returned_ids_delete(client: Client, given: Given) -> None:
    """Two tasks, deleted by the ids of the answer."""
    call = tasks(task_item(given), task_item(given))
    client.must(task_deletion(ids=stored(given, call)))
    is_gone(given, call)


@check(f"{OPERATION}.node-id-deletes")
def node_id_deletes(client: Client, given: Given) -> None:
    """A task, deleted by the node id that it was stored with."""
    item = task_item(given)
    client.must(tasks(item))
    client.must(task_deletion(thirdPartyInstanceNodeIds=[item["thirdPartyInstanceNodeId"]], source=SOURCE))
    is_gone(given, tasks(item))
