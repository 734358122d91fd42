"""Engine rows as the document shows them."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from functools import lru_cache
from urllib.parse import quote

from mockserver.engine.rows import Instance, Task
from specs.model import Json

ZONE = timezone(timedelta(hours=8))
"""The offset of every time that the document prints."""

REGULAR = 0
"""``type`` of a task that nobody delegated, added or stands in for."""

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
        "type": REGULAR,
        "modifyTime": time_text(task.modified),
        "userName": user,
        "personCode": user,
    }


def completed_task_path(task: Task, user: str) -> str:
    """Where the details of a completed task are found."""
    return f"{BASE_PATH}/tasks/{quote(task.id)}/completive?username={quote(user, safe='')}"
