"""updateProcessPut: which record an item means, what it may not become, whole batches."""

from __future__ import annotations

from conformance.check import check
from conformance.client import Client
from conformance.given import Given
from conformance.suite.supos.todo_givens import (
    OTHER_SOURCE,
    TIME,
    Item,
    change,
    changes,
    is_done,
    is_gone,
    is_stored,
    process_deletion,
    process_item,
    processes,
    stored,
)

OPERATION = "supos.updateProcessPut"


def _two(given: Given) -> tuple[Item, Item]:
    """What modifies two stored processes, by their ids."""
    one, other = process_item(given), process_item(given)
    first, second = stored(given, processes(one, other))
    return change(one, id=first), change(other, id=second)


def _free_id(given: Given) -> int:
    """An id that no record has: that of a record which was deleted."""
    (number,) = stored(given, processes(process_item(given)))
    given.client.must(process_deletion(ids=[number]))
    return number


@check(f"{OPERATION}.mixed-sources")
def mixed_sources(client: Client, given: Given) -> None:
    """Two items, two sources."""
    one, other = _two(given)
    client.call(changes(one, {**other, "source": OTHER_SOURCE})).expect(given.documented)


@check(f"{OPERATION}.duplicate-key-in-batch")
def duplicate_key_in_batch(client: Client, given: Given) -> None:
    """One stored process twice, by its instance id."""
    item = process_item(given)
    client.must(processes(item))
    call = changes(change(item), change(item, processName="another name"))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.duplicate-ignores-case")
def duplicate_ignores_case(client: Client, given: Given) -> None:
    """One stored process twice, by its instance id in small letters and in capitals."""
    item = process_item(given, thirdPartyInstanceId=f"process-{given.tag()}")
    client.must(processes(item))
    call = changes(change(item), change(item, thirdPartyInstanceId=item["thirdPartyInstanceId"].upper()))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.duplicate-id-in-batch")
def duplicate_id_in_batch(client: Client, given: Given) -> None:
    """One stored process twice, by its id, with two new instance ids."""
    one, _ = _two(given)
    items = [{**one, "thirdPartyInstanceId": given.tag()} for _ in range(2)]
    client.call(changes(*items)).expect(given.documented)


@check(f"{OPERATION}.id-meets-key")
def id_meets_key(client: Client, given: Given) -> None:
    """One stored process twice, by its id alone and by its instance id alone."""
    one, _ = _two(given)
    call = changes(change(one, thirdPartyInstanceId=...), change(one, id=...))
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.unknown-staff")
def unknown_staff(client: Client, given: Given) -> None:
    """A staffName that no user has."""
    one, _ = _two(given)
    client.call(changes({**one, "staffName": given.role("user.unknown")})).expect(given.documented)


@check(f"{OPERATION}.unknown-record")
def unknown_record(client: Client, given: Given) -> None:
    """An id that no record has any more, an instance id that none ever had, and both."""
    number, item = _free_id(given), change(process_item(given))
    by_both, by_id = {**item, "id": number}, change(item, id=number, thirdPartyInstanceId=...)
    for unknown in (by_both, by_id, item):
        client.call(changes(unknown)).expect(given.documented)


@check(f"{OPERATION}.stored-twice")
def key_of_another_record(client: Client, given: Given) -> None:
    """A process, by its id, with the instance id of another one."""
    one, other = _two(given)
    call = changes({**one, "thirdPartyInstanceId": other["thirdPartyInstanceId"]})
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.sources-before-duplicates")
def sources_before_duplicates(client: Client, given: Given) -> None:
    """A duplicate first, another source behind it."""
    one, other = _two(given)
    client.call(changes(one, one, {**other, "source": OTHER_SOURCE})).expect(given.documented)


@check(f"{OPERATION}.fields-before-batch")
def fields_before_batch(client: Client, given: Given) -> None:
    """An empty name in the last item, another source before it."""
    one, other = _two(given)
    call = changes({**one, "source": OTHER_SOURCE}, {**other, "processName": ""})
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.batch-before-users")
def batch_before_users(client: Client, given: Given) -> None:
    """An unknown person first, another source behind it."""
    one, other = _two(given)
    call = changes({**one, "staffName": given.role("user.unknown")}, {**other, "source": OTHER_SOURCE})
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.users-before-store")
def users_before_store(client: Client, given: Given) -> None:
    """A record that is not there first, an unknown person behind it."""
    one, _ = _two(given)
    call = changes(change(process_item(given)), {**one, "staffName": given.role("user.unknown")})
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.first-item-answers")
def first_item_answers(client: Client, given: Given) -> None:
    """The first item has its fault in a later field than the second."""
    one, other = _two(given)
    client.call(changes({**one, "staffName": ""}, {**other, "processName": ""})).expect(given.documented)


@check(f"{OPERATION}.first-field-answers")
def first_field_answers(client: Client, given: Given) -> None:
    """One item with an empty person, an empty name and a malformed time."""
    one, _ = _two(given)
    call = changes({**one, "staffName": "", "processName": "", "startTime": "yesterday"})
    client.call(call).expect(given.documented)


@check(f"{OPERATION}.found-by-id")
def found_by_id(client: Client, given: Given) -> None:
    """A process by its id, with an instance id that no record has, and with none."""
    one, other = _two(given)
    is_done(client.call(changes({**one, "thirdPartyInstanceId": given.tag()})))
    is_done(client.call(changes(change(other, thirdPartyInstanceId=...))))


@check(f"{OPERATION}.found-by-key")
def found_by_key(client: Client, given: Given) -> None:
    """A process by its source and instance id."""
    item = process_item(given)
    client.must(processes(item))
    is_done(client.call(changes(change(item))))


@check(f"{OPERATION}.key-after-id")
def key_after_id(client: Client, given: Given) -> None:
    """A process by its instance id, with an id that no record has any more."""
    item, number = process_item(given), _free_id(given)
    client.must(processes(item))
    is_done(client.call(changes(change(item, id=number))))


@check(f"{OPERATION}.key-ignores-case")
def key_ignores_case(client: Client, given: Given) -> None:
    """A process by its instance id in capitals."""
    item = process_item(given, thirdPartyInstanceId=f"process-{given.tag()}")
    client.must(processes(item))
    is_done(client.call(changes(change(item, thirdPartyInstanceId=item["thirdPartyInstanceId"].upper()))))


@check(f"{OPERATION}.renamed-by-id")
def renamed_by_id(client: Client, given: Given) -> None:
    """A new instance id is taken afterwards, the former one is free."""
    item = process_item(given)
    (number,) = stored(given, processes(item))
    renamed = {**item, "thirdPartyInstanceId": given.tag()}
    is_done(client.call(changes(change(renamed, id=number))))
    is_stored(given, processes(renamed))
    is_gone(given, processes(item))


@check(f"{OPERATION}.completed")
def process_is_completed(client: Client, given: Given) -> None:
    """A process in progress that had no completeTime gets one."""
    item = process_item(given)
    client.must(processes(item).drop("body.each.completeTime"))
    is_done(client.call(changes(change(item, status="completed", completeTime=TIME))))


@check(f"{OPERATION}.rolled-back")
def refused_batch_modifies_nothing(client: Client, given: Given) -> None:
    """Each kind of refusal leaves the good item before it as it was: its former instance id stays taken."""
    item, other = process_item(given), process_item(given)
    first, second = stored(given, processes(item, other))
    renamed = {**item, "thirdPartyInstanceId": given.tag()}
    good, missing = change(renamed, id=first), change(process_item(given))
    client.refused(changes(good, missing), "updateProcessPut.unknown-record")
    twice = change(other, id=second, thirdPartyInstanceId=renamed["thirdPartyInstanceId"].upper())
    client.refused(changes(good, twice), "updateProcessPut.duplicate-ignores-case")
    unknown = change(other, id=second, staffName=given.role("user.unknown"))
    client.refused(changes(good, unknown), "updateProcessPut.unknown-staff")
    taken = process_item(given)
    client.must(processes(taken))
    collides = change(other, id=second, thirdPartyInstanceId=taken["thirdPartyInstanceId"])
    client.refused(changes(good, collides), "updateProcessPut.stored-twice")
    is_stored(given, processes(item))
    is_gone(given, processes(renamed))


@check(f"{OPERATION}.empty-batch")
def empty_batch_is_accepted(client: Client, given: Given) -> None:
    """No item at all."""
    is_done(client.call(changes()))
