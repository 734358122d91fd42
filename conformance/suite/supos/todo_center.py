"""thirdPartyTasksCompletivePost: whole batches, duplicates, and the order of findings."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos.givens import batch, todo_item

OPERATION = "supos.thirdPartyTasksCompletivePost"


@check(f"{OPERATION}.mixed-sources")
def mixed_sources(client: Client, given: Given) -> None:
    """Two items, two sources."""
    call = batch(todo_item(given), todo_item(given, source="other.example"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.duplicate-in-batch")
def duplicate_in_batch(client: Client, given: Given) -> None:
    """The same node and status twice."""
    item = todo_item(given)
    client.call(batch(item, {**item, "taskName": "another name"})).expect(given.documented)


@check(f"{OPERATION}.duplicate-ignores-case")
def duplicate_ignores_case(client: Client, given: Given) -> None:
    """Node ids that differ in case only."""
    node = f"node-{given.tag()}"
    call = batch(
        todo_item(given, thirdPartyInstanceNodeId=node), todo_item(given, thirdPartyInstanceNodeId=node.upper())
    )
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.unknown-person")
def unknown_person(client: Client, given: Given) -> None:
    """A personName that no user has."""
    client.call(batch(todo_item(given, personName=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.unknown-initiator")
def unknown_initiator(client: Client, given: Given) -> None:
    """An initiator that no user is."""
    client.call(batch(todo_item(given, initiator=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.unknown-mandatary")
def unknown_mandatary(client: Client, given: Given) -> None:
    """A mandataryName that no user has."""
    client.call(batch(todo_item(given, mandataryName=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.stored-ignores-case")
def stored_ignores_case(client: Client, given: Given) -> None:
    """A node that is stored, asked for again in capitals."""
    node = f"node-{given.tag()}"
    client.must(batch(todo_item(given, thirdPartyInstanceNodeId=node)))
    call = batch(todo_item(given, thirdPartyInstanceNodeId=node.upper()))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.sources-before-duplicates")
def sources_before_duplicates(client: Client, given: Given) -> None:
    """A duplicate first, another source behind it."""
    item = todo_item(given)
    client.call(batch(item, item, todo_item(given, source="other.example"))).expect(given.documented)


@check(f"{OPERATION}.fields-before-batch")
def fields_before_batch(client: Client, given: Given) -> None:
    """An empty task name in the last item, another source before it."""
    call = batch(todo_item(given), todo_item(given, source="other.example"), todo_item(given, taskName=""))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.batch-before-users")
def batch_before_users(client: Client, given: Given) -> None:
    """An unknown person first, another source behind it."""
    call = batch(todo_item(given, personName=given.role("user.unknown")), todo_item(given, source="other.example"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.users-before-store")
def users_before_store(client: Client, given: Given) -> None:
    """A stored record first, an unknown person behind it."""
    item = todo_item(given)
    client.must(batch(item))
    call = batch(item, todo_item(given, personName=given.role("user.unknown")))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-item-answers")
def first_item_answers(client: Client, given: Given) -> None:
    """The first item has its fault in a later field than the second."""
    call = batch(todo_item(given, taskName=""), todo_item(given, personName=""))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-field-answers")
def first_field_answers(client: Client, given: Given) -> None:
    """One item with an empty task name, an empty person and a malformed time."""
    call = batch(todo_item(given, taskName="", personName="", startTime="yesterday"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.other-status-is-another-record")
def other_status_is_another_record(client: Client, given: Given) -> None:
    """A node pending, then completive."""
    item = todo_item(given, taskStatus="pending")
    client.must(batch(item))
    answer = client.call(batch({**item, "taskStatus": "completive"}))
    answer.succeeds()


@check(f"{OPERATION}.all-or-none")
def refused_batch_stores_nothing(client: Client, given: Given) -> None:
    """Each kind of refusal leaves the good item behind it unstored: it can be stored afterwards."""
    stored = todo_item(given)
    client.must(batch(stored))
    good = todo_item(given)
    client.refused(batch(good, stored), "thirdPartyTasksCompletivePost.repeat")
    unknown = todo_item(given, personName=given.role("user.unknown"))
    client.refused(batch(good, unknown), "thirdPartyTasksCompletivePost.unknown-person")
    nameless = todo_item(given, taskName="")
    client.refused(batch(good, nameless), "thirdPartyTasksCompletivePost.body.each.taskName.minLength")
    client.call(batch(good)).succeeds()


@check(f"{OPERATION}.order-kept")
def answers_follow_the_request(client: Client, given: Given) -> None:
    """Three items, named in the order in which they were sent."""
    items = [todo_item(given) for _ in range(3)]
    nodes = [item["thirdPartyInstanceNodeId"] for item in items]
    answer = client.must(batch(*reversed(items)))
    answer.equal("nodes in the answer", answer.fields("/*/thirdPartyInstanceNodeId"), nodes[::-1])
    answer.equal("sources in the answer", answer.fields("/*/source"), [items[0]["source"]] * 3)
    answer.equal("statuses in the answer", answer.fields("/*/taskStatus"), ["completive"] * 3)


@check(f"{OPERATION}.own-ids")
def every_item_has_its_own_id(client: Client, given: Given) -> None:
    """Two batches of two items, four ids."""
    first = client.must(batch(todo_item(given), todo_item(given))).fields("/*/id")
    answer = client.must(batch(todo_item(given), todo_item(given)))
    answer.equal("different ids of four items", len({*first, *answer.fields("/*/id")}), 4)


@check(f"{OPERATION}.empty-batch")
def empty_batch_is_accepted(client: Client, given: Given) -> None:
    """No item at all."""
    answer = client.call(batch())
    answer.succeeds()
    answer.equal("items stored of an empty batch", answer.field(""), [])


@check(f"{OPERATION}.empty-url-accepted")
def empty_url_is_accepted(client: Client, given: Given) -> None:
    """An openUrl of no characters."""
    answer = client.call(batch(todo_item(given, openUrl="")))
    answer.succeeds()
