"""Tasks and processes in detail, as the document shows them. Flags that it does not explain are as it prints them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mockserver.apis.supos.representations import time_text
from mockserver.engine.definitions import By, Flow, ProcessDefinition, Section
from mockserver.engine.rows import Action, FinishedTask, Instance, Record, State, Task
from specs.model import Json

COMPANY = "1000"
"""The one company, by the number that the samples print."""

STATUSES: Mapping[State, int] = {
    State.COMPLETED: 66,
    State.SUSPENDED: 77,
    State.RUNNING: 88,
    State.CANCELED: 99,
}
"""``status`` of a process."""

LOG_TYPES: Mapping[Action, tuple[str, str]] = {
    Action.COMPLETE: ("TASK_COMPLETE", "Approved"),
    Action.REJECT: ("TASK_REJECT", "Rejected"),
    Action.DELEGATE: ("TASK_DELEGATE", "Delegated"),
    Action.REVOKE: ("TASK_ROLLBACK", "Revoked"),
    Action.CANCEL: ("PROCESS_TERMINATE", "Canceled"),
}
"""``type`` of a log entry, and the word with which ``operateDesc`` begins."""


def audits(definition: ProcessDefinition, section: Section, key: str) -> list[Json]:
    """The ways out of a section (lines 114-119, 282-287); ``key`` names the field for the flow's own key."""
    return [
        {
            key: flow.key,
            "name": flow.name,
            "order": flow.order,
            "value": str(flow.order),
            "type": 1 if flow.rejection else 0,
        }
        for flow in definition.outcomes[section.key]
    ]


def assigns(definition: ProcessDefinition, section: Section) -> list[Json]:
    """The sections after this one whose executors a request is to name (lines 108-111, 277-279)."""
    shown = []
    for flow in definition.outcomes[section.key]:
        target = definition.by_key.get(flow.target or "")
        if target is not None and target.executors.by is By.NAMED:
            shown.append({"seqKey": flow.key, "taskDefKey": target.key, "name": target.name})
    return shown


def pending_detail(task: Task, instance: Instance, definition: ProcessDefinition, status: int) -> Json:
    """A task that waits (lines 106-136)."""
    section = definition.by_key[task.section]
    return {
        "companyId": COMPANY,
        "assigns": assigns(definition, section),
        "audits": audits(definition, section, "id"),
        "enableComment": True,
        "formData": instance.form,
        "formTempData": instance.draft,
        "initiator": instance.initiator,
        "processId": instance.id,
        "processName": instance.name,
        "readonly": True,
        "showlog": True,
        "multiCompany": False,
        "addInstance": False,
        "startTime": time_text(task.created),
        "status": status,
        "taskId": task.id,
        "taskName": task.name,
        "url": instance.page,
    }


def completed_task(task: FinishedTask, instance: Instance) -> dict[str, Json]:
    """A row of a list of finished tasks (lines 150-160)."""
    return {
        "initiator": instance.initiator,
        "processId": instance.id,
        "processName": instance.name,
        "reject": task.rejected,
        "startTime": time_text(task.created),
        "endTime": time_text(task.ended),
        "taskId": task.id,
        "taskName": task.name,
        "url": instance.page,
    }


def completed_detail(task: FinishedTask, instance: Instance, *, revocable: bool) -> Json:
    """A finished task (lines 178-190), with the form as it is by now."""
    return {**completed_task(task, instance), "formData": instance.form, "revoke": revocable, "showlog": True}


def start_info(definition: ProcessDefinition) -> Json:
    """What a start needs (lines 275-296)."""
    return {
        "companyId": COMPANY,
        "assigns": assigns(definition, definition.first),
        "audits": audits(definition, definition.first, "seqKey"),
        "enableComment": True,
        "multiCompany": True,
        "enableSave": False,
        "processName": definition.name,
        "readOnly": False,
        "firstTaskName": definition.first.name,
        "url": definition.page,
    }


def process(instance: Instance, tasks: Iterable[Task]) -> Json:
    """A process and what of it waits, once for each user (lines 308-321, 371-385)."""
    return {
        "appId": instance.app,
        "processId": instance.id,
        "processName": instance.name,
        "endTime": None if instance.ended is None else time_text(instance.ended),
        "startTime": time_text(instance.started),
        "status": STATUSES[instance.state],
        "tasks": [
            {"username": user, "taskId": task.id, "taskName": task.name} for task in tasks for user in task.holders
        ],
    }


def log_entry(record: Record, task_name: str | None, flow: Flow | None, title: str) -> Json:
    """A thing that was done (lines 326-334)."""
    kind, verb = LOG_TYPES[record.action]
    return {
        "auditResult": None if flow is None else flow.name,
        "comment": record.remark,
        "createTime": time_text(record.at),
        "operateDesc": f"{verb} by {title}",
        "operator": record.actor,
        "taskName": task_name,
        "type": kind,
    }


def urge_entry(task: Task, instance: Instance, titles: Mapping[str, str]) -> Json:
    """A task that waits and those whom it waits for (lines 345-355); ``titles`` holds the names that people know."""
    return {
        "taskId": task.id,
        "taskName": task.name,
        "url": instance.page,
        "users": [{"username": user, "showName": titles[user]} for user in task.holders],
    }
