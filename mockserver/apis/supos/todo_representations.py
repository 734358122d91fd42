"""The to-do centre's answers as the document shows them."""

from __future__ import annotations

from mockserver.apis.supos.todo import Record
from specs.model import Json

OPERATION_SUCCEEDED: Json = {"code": 100000000, "message": "Operation succeeded"}
"""The answer of an operation that has nothing else to say."""


def stored_process(record: Record) -> Json:
    """A row of the answer to thirdPartyProcessesPost (lines 512-516)."""
    return {"id": record.id, "thirdPartyInstanceId": record.item["thirdPartyInstanceId"]}


def stored_task(record: Record) -> Json:
    """A row of the answer to thirdPartyTasksCompletivePost (lines 626-632)."""
    fields = ("thirdPartyInstanceNodeId", "source", "taskStatus")
    return {"id": record.id, **{field: record.item[field] for field in fields}}
