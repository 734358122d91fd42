"""The to-do centre: full valid requests, and how a check sees what is stored."""

from __future__ import annotations

from typing import Any

from conformance.answer import Answer
from conformance.given import Given
from conformance.wire.call import Call

TIME = "2020-09-22T07:38:13.893+0800"
SOURCE, OTHER_SOURCE = "conformance.example", "other.example"

Item = dict[str, Any]


def task_item(given: Given, **fields: Any) -> Item:
    """One item of the to-do centre, every field set; its node id is new."""
    item = {
        "taskStatus": "completive",
        "personName": given.role("todo.person"),
        "processName": "conformance process",
        "taskName": "conformance approval",
        "initiator": given.role("todo.person"),
        "startTime": TIME,
        "endTime": TIME,
        "mandataryName": given.role("todo.mandatary"),
        "entrustTime": TIME,
        "reason": "made by the conformance suite",
        "thirdPartyInstanceId": given.tag(),
        "thirdPartyInstanceNodeId": given.tag(),
        "openUrl": "",
        "source": SOURCE,
        "thirdPartyInstanceCode": "123456",
        "thirdPartyProcessEntityCode": "code",
        "thirdPartyProcessFormId": 123456,
        "thirdPartyProcessMemo": "a summary",
    }
    return {**item, **fields}


def tasks(*items: Item) -> Call:
    """thirdPartyTasksCompletivePost of these items."""
    return Call("thirdPartyTasksCompletivePost", body=list(items))


def process_item(given: Given, **fields: Any) -> Item:
    """One process of the to-do centre, every field set; its instance id is new."""
    item = {
        "processName": "conformance process",
        "status": "operating",
        "startTime": TIME,
        "completeTime": TIME,
        "staffName": given.role("todo.person"),
        "thirdPartyInstanceId": given.tag(),
        "thirdPartyInstanceCode": "123456",
        "source": SOURCE,
        "openUrl": "",
    }
    return {**item, **fields}


def processes(*items: Item) -> Call:
    """thirdPartyProcessesPost of these items."""
    return Call("thirdPartyProcessesPost", body=list(items))


def change(item: Item, **fields: Any) -> Item:
    """What updateProcessPut takes of a process, with other values; a field that is ``...`` is left out."""
    unknown = ("thirdPartyInstanceCode", "openUrl")
    changed = {name: value for name, value in item.items() if name not in unknown} | fields
    return {name: value for name, value in changed.items() if value is not ...}


def changes(*items: Item) -> Call:
    """updateProcessPut of these items."""
    return Call("updateProcessPut", body=list(items))


def stored(given: Given, *calls: Call) -> list[int]:
    """Store each call's batch; gives all ids, in order."""
    return [number for call in calls for number in given.client.must(call).fields("/*/id")]


def process_deletion(**query: Any) -> Call:
    """thirdPartyProcessesDel: ``ids``, ``thirdPartyInstanceIds``, ``source``."""
    return Call("thirdPartyProcessesDel", query=query)


def task_deletion(status: str = "completive", **query: Any) -> Call:
    """thirdPartyTasksCompletiveDel: ``ids``, ``thirdPartyInstanceNodeIds``, ``source``."""
    return Call("thirdPartyTasksCompletiveDel", query={**query, "taskStatus": status})


def is_done(answer: Answer) -> None:
    """Assert the success of an operation that has nothing else to say, and that it says so."""
    answer.succeeds()
    answer.field("/code")


def is_accepted(given: Given, call: Call) -> None:
    """Assert that a batch is stored, every item of it."""
    answer = given.client.call(call)
    answer.succeeds()
    answer.equal("items stored", len(answer.fields("/*/id")), len(call.body))


def is_stored(given: Given, call: Call) -> None:
    """Assert that a batch of one is stored: it cannot be stored again."""
    given.client.call(call).expect(given.documented_by(f"{call.operation}.repeat"))


def is_gone(given: Given, call: Call) -> None:
    """Assert that nothing of a batch is stored: it can be stored (and is, from here on)."""
    is_accepted(given, call)


def _change(given: Given) -> Call:
    item = process_item(given)
    (number,) = stored(given, processes(item))
    return changes(change(item, id=number))


def _process_deletion(given: Given) -> Call:
    one, other = process_item(given), process_item(given)
    number, _ = stored(given, processes(one, other))
    return process_deletion(ids=[number], thirdPartyInstanceIds=[other["thirdPartyInstanceId"]], source=SOURCE)


def _task_deletion(given: Given) -> Call:
    one, other = task_item(given), task_item(given)
    number, _ = stored(given, tasks(one, other))
    return task_deletion(ids=[number], thirdPartyInstanceNodeIds=[other["thirdPartyInstanceNodeId"]], source=SOURCE)


REQUESTS = {
    "thirdPartyProcessesPost": lambda given: processes(process_item(given)),
    "updateProcessPut": _change,
    "thirdPartyProcessesDel": _process_deletion,
    "thirdPartyTasksCompletivePost": lambda given: tasks(task_item(given)),
    "thirdPartyTasksCompletiveDel": _task_deletion,
}
