"""Engine rows as the document shows them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import quote

from mockserver.engine.rows import Instance, Kind, Task
from specs.model import Json

ZONE = timezone(timedelta(hours=8))
"""The offset of every time that the document prints."""

TYPES: Mapping[Kind, int] = {
    Kind.REGULAR: 0,
    Kind.DELEGATED: 2,
    Kind.NOTIFICATION: 5,
    Kind.ADDED: 6,
    Kind.PROXY: 7,
}
"""``type`` of a task."""

BASE_PATH = "/open-api/p/workflow/v2"


@lru_cache(maxsize=65_536)
def time_text(milliseconds: int) -> str:
    """A time as ``2020-09-22T07:38:13.893+0800``."""
    seconds, rest = divmod(milliseconds, 1_000)
    return f"{datetime.fromtimestamp(seconds, ZONE).isoformat()[:19]}.{rest:03d}+0800"


def pending_task(task: Task, instance: Instance, status: int, user: str) -> Json:
    """A row of a list of pending tasks (lines 20-33)."""
    return {
        "initiator": instance.initiator,
        "processId": instance.id,
        "processName": instance.name,
        "startTime": time_text(task.created),
        "status": status,
        "taskId": task.id,
        "taskName": task.name,
        "url": instance.page,
        "type": TYPES[task.kind],
        "modifyTime": time_text(task.modified),
        "userName": user,
        "personCode": user,
    }


def completed_task_path(task: Task, user: str) -> str:
    """Where the details of a completed task are found."""
    return f"{BASE_PATH}/tasks/{quote(task.id)}/completive?username={quote(user, safe='')}"
