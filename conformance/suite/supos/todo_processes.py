"""thirdPartyProcessesPost: whole batches, duplicates, the order of findings, and how they are taken back."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos.todo_givens import (
    OTHER_SOURCE,
    is_accepted,
    is_gone,
    process_deletion,
    process_item,
    processes,
    stored,
)

OPERATION = "supos.thirdPartyProcessesPost"


@check(f"{OPERATION}.mixed-sources")
def mixed_sources(client: Client, given: Given) -> None:
    """Two items, two sources."""
    call = processes(process_item(given), process_item(given, source=OTHER_SOURCE))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.duplicate-in-batch")
def duplicate_in_batch(client: Client, given: Given) -> None:
    """The same process twice, under two names."""
    item = process_item(given)
    client.call(processes(item, {**item, "processName": "another name"})).expect(given.documented)


@check(f"{OPERATION}.duplicate-ignores-case")
def duplicate_ignores_case(client: Client, given: Given) -> None:
    """Instance ids that differ in case only."""
    own = f"process-{given.tag()}"
    items = [process_item(given, thirdPartyInstanceId=text) for text in (own, own.upper())]
    client.call(processes(*items)).expect(given.documented)


@check(f"{OPERATION}.unknown-staff")
def unknown_staff(client: Client, given: Given) -> None:
    """A staffName that no user has."""
    client.call(processes(process_item(given, staffName=given.role("user.unknown")))).expect(given.documented)


@check(f"{OPERATION}.stored-ignores-case")
def stored_ignores_case(client: Client, given: Given) -> None:
    """A process that is stored, sent again in capitals."""
    own = f"process-{given.tag()}"
    client.must(processes(process_item(given, thirdPartyInstanceId=own)))
    call = processes(process_item(given, thirdPartyInstanceId=own.upper()))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.stored-whatever-status")
def stored_whatever_status(client: Client, given: Given) -> None:
    """A process in progress that is stored, sent again as completed."""
    item = process_item(given)
    client.must(processes(item))
    client.call(processes({**item, "status": "completed"})).expect(given.documented)


@check(f"{OPERATION}.sources-before-duplicates")
def sources_before_duplicates(client: Client, given: Given) -> None:
    """A duplicate first, another source behind it."""
    item = process_item(given)
    client.call(processes(item, item, process_item(given, source=OTHER_SOURCE))).expect(given.documented)


@check(f"{OPERATION}.fields-before-batch")
def fields_before_batch(client: Client, given: Given) -> None:
    """An empty name in the last item, another source before it."""
    nameless = process_item(given, processName="")
    call = processes(process_item(given), process_item(given, source=OTHER_SOURCE), nameless)
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.batch-before-users")
def batch_before_users(client: Client, given: Given) -> None:
    """An unknown person first, another source behind it."""
    unknown = process_item(given, staffName=given.role("user.unknown"))
    client.call(processes(unknown, process_item(given, source=OTHER_SOURCE))).expect(given.documented)


@check(f"{OPERATION}.users-before-store")
def users_before_store(client: Client, given: Given) -> None:
    """A stored process first, an unknown person behind it."""
    item = process_item(given)
    client.must(processes(item))
    call = processes(item, process_item(given, staffName=given.role("user.unknown")))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-item-answers")
def first_item_answers(client: Client, given: Given) -> None:
    """The first item has its fault in a later field than the second."""
    call = processes(process_item(given, staffName=""), process_item(given, processName=""))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-field-answers")
def first_field_answers(client: Client, given: Given) -> None:
    """One item with an empty person, an empty name and a malformed time."""
    call = processes(process_item(given, staffName="", processName="", startTime="yesterday"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.other-source-is-another-record")
def other_source_is_another_record(client: Client, given: Given) -> None:
    """One instance id, two sources."""
    item = process_item(given)
    client.must(processes(item))
    is_accepted(given, processes({**item, "source": OTHER_SOURCE}))


@check(f"{OPERATION}.all-or-none")
def refused_batch_stores_nothing(client: Client, given: Given) -> None:
    """Each kind of refusal leaves the good item before it unstored: it can be stored afterwards."""
    known = process_item(given)
    client.must(processes(known))
    good = process_item(given)
    client.refused(processes(good, known), "thirdPartyProcessesPost.repeat")
    unknown = process_item(given, staffName=given.role("user.unknown"))
    client.refused(processes(good, unknown), "thirdPartyProcessesPost.unknown-staff")
    nameless = process_item(given, processName="")
    client.refused(processes(good, nameless), "thirdPartyProcessesPost.body.each.processName.minLength")
    is_gone(given, processes(good))


@check(f"{OPERATION}.order-kept")
def answers_follow_the_request(client: Client, given: Given) -> None:
    """Three items, named in the order in which they were sent."""
    items = [process_item(given) for _ in range(3)]
    own_ids = [item["thirdPartyInstanceId"] for item in items]
    answer = client.must(processes(*reversed(items)))
    answer.equal("instance ids in the answer", answer.fields("/*/thirdPartyInstanceId"), own_ids[::-1])


@check(f"{OPERATION}.own-ids")
def every_item_has_its_own_id(client: Client, given: Given) -> None:
    """Two batches of two items, four ids."""
    first = client.must(processes(process_item(given), process_item(given))).fields("/*/id")
    answer = client.must(processes(process_item(given), process_item(given)))
    answer.equal("different ids of four items", len({*first, *answer.fields("/*/id")}), 4)


@check(f"{OPERATION}.deleted-by-consumer")
def returned_ids_delete(client: Client, given: Given) -> None:
    """Two processes, deleted by the ids of the answer."""
    call = processes(process_item(given), process_item(given))
    client.must(process_deletion(ids=stored(given, call)))
    is_gone(given, call)


@check(f"{OPERATION}.empty-batch")
def empty_batch_is_accepted(client: Client, given: Given) -> None:
    """No item at all."""
    answer = client.call(processes())
    answer.succeeds()
    answer.equal("items stored of an empty batch", answer.field(""), [])


@check(f"{OPERATION}.empty-url-accepted")
def empty_url_is_accepted(client: Client, given: Given) -> None:
    """An openUrl of no characters."""
    is_accepted(given, processes(process_item(given, openUrl="")))


@check(f"{OPERATION}.url-optional")
def url_is_optional(client: Client, given: Given) -> None:
    """No openUrl."""
    is_accepted(given, processes(process_item(given)).drop("body.each.openUrl"))


@check(f"{OPERATION}.complete-time-optional")
def complete_time_is_optional(client: Client, given: Given) -> None:
    """No completeTime, in each status but one."""
    for status in ("operating", "pause", "cancellation"):
        is_accepted(given, processes(process_item(given, status=status)).drop("body.each.completeTime"))
