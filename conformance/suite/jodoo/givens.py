"""Jodoo: the valid request of its one operation. The API only reads, so what is read is lent by role."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from conformance.answer import Answer
from conformance.errors import Prevented
from conformance.given import Given
from conformance.outcome import Blocker
from conformance.wire.call import Call

UNKNOWN = "f" * 24
"""An id of the right form that no instance has."""

MALFORMED = "no-such-form"
"""A text that is no id."""

INSTANCES = ("instance.running", "instance.completed", "instance.ended")
"""Roles of instances, one for each status."""


def instance(given: Given, role: str = "instance.main", **fields: Any) -> Call:
    """getInstance of a lent instance with its tasks, every optional field set."""
    return Call("getInstance", body={"instance_id": given.role(role), "tasks_type": 1, **fields})


def read(given: Given, role: str = "instance.main", **fields: Any) -> Answer:
    """The answer for a lent instance, which only prepares a check."""
    return given.client.must(instance(given, role, **fields))


def lent_task(given: Given, role: str) -> tuple[Answer, str]:
    """A lent task: the answer for its instance, and the pointer at which the task stands in it."""
    of, _, task = str(given.role(role)).partition("/")
    if not task:
        raise Prevented(Blocker("role", role), "a task is lent as INSTANCE/TASK, the ids of both")
    answer = given.client.must(Call("getInstance", body={"instance_id": of, "tasks_type": 1}))
    ids = answer.fields("/tasks/*/task_id")
    if task not in ids:
        raise Prevented(Blocker("clause", "jodoo.getInstance.all-tasks"), f"{task} is not listed", answer)
    return answer, f"/tasks/{ids.index(task)}"


def moment(answer: Answer, pointer: str) -> datetime | None:
    """A time of an answer, ``None`` for null. One that no calendar has refutes the clause at hand."""
    text = answer.field(pointer)
    if text is None:
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        answer.equal(f"{pointer} is a time", text, "a time of the calendar")
        raise


REQUESTS = {"getInstance": instance}
