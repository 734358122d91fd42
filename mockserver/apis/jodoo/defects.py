"""What Jodoo servers might plausibly get wrong: at least one wrong policy for each clause that no schema can break."""

from __future__ import annotations

import specs
from mockserver.apis.jodoo import wrong_instances as instances
from mockserver.apis.jodoo import wrong_requests as requests
from mockserver.apis.jodoo import wrong_tasks as tasks
from mockserver.defects.state import SeamDefect, StateDefect

_OPERATION = "jodoo.getInstance"

_POLICIES = (
    ("unknown-instance", "another", "instance.find", instances.another_for_unknown),
    ("unknown-instance-code", "parameter", "instance.find", instances.unknown_as_parameter),
    ("malformed-instance", "another", "instance.find", instances.another_for_malformed),
    ("malformed-instance-code", "parameter", "instance.find", instances.malformed_as_parameter),
    ("unknown-fields", "refused", "instance.admit", instances.documented_fields_only),
    ("instance-asked", "oldest", "instance.find", instances.always_the_oldest),
    ("instance-link", "form", "instance.shown", instances.link_to_the_form),
    ("instance-running", "completed", "instance.shown", instances.running_as_completed),
    ("instance-completed", "running", "instance.shown", instances.completed_as_running),
    ("instance-ended", "completed", "instance.shown", instances.ended_as_completed),
    ("instance-finish-time", "never", "instance.shown", instances.never_ended),
    ("instance-finish-time", "always", "instance.shown", instances.always_ended),
    ("instance-times", "ended-before", "instance.shown", instances.ended_before_it_began),
    ("instance-times", "modified-before", "instance.shown", instances.modified_before_it_began),
    ("ended-without-work", "left-open", "tasks.listed", tasks.left_open),
    ("no-tasks", "always", "tasks.wanted", instances.tasks_always),
    ("no-tasks-by-default", "unless-refused", "tasks.wanted", instances.tasks_unless_refused),
    ("same-without-tasks", "modified", "instance.with-tasks", instances.modified_by_reading_tasks),
    ("all-tasks", "waiting-only", "tasks.listed", tasks.waiting_only),
    ("all-tasks", "over-only", "tasks.listed", tasks.over_only),
    ("tasks-once", "first-twice", "tasks.listed", tasks.first_twice),
    ("task-instance", "itself", "task.shown", tasks.named_by_task),
    ("task-app", "form", "task.shown", tasks.form_for_app),
    ("task-form", "app", "task.shown", tasks.app_for_form),
    ("task-form-title", "node", "task.shown", tasks.node_for_form),
    ("task-creator", "assignee", "task.shown", tasks.assignee_for_creator),
    ("task-link", "instance", "task.shown", tasks.link_to_the_instance),
    ("task-node", "by-action", "task.shown", tasks.node_by_action),
    ("task-running", "completed", "task.shown", tasks.running_as_completed),
    ("task-completed", "running", "task.shown", tasks.completed_as_running),
    ("task-ended", "completed", "task.shown", tasks.ended_as_completed),
    ("task-activated", "running", "task.shown", tasks.activated_as_running),
    ("task-paused", "running", "task.shown", tasks.paused_as_running),
    ("task-finish-time", "never", "task.shown", tasks.never_finished),
    ("task-finish-time", "always", "task.shown", tasks.always_finished),
    ("task-finish-time", "paused", "task.shown", tasks.paused_finished),
    ("task-finish-action", "never", "task.shown", tasks.without_finish),
    ("task-finish-action", "always", "task.shown", tasks.forward_at_once),
    ("task-times", "ended-before", "task.shown", tasks.ended_before_it_began),
    ("task-times", "began-before", "task.shown", tasks.began_before_instance),
)
"""Clause and kind of a defect, the rule without the API's name, and the policy that takes its place."""

_WAYS = (
    ("content-type", "any", requests.any_media_type),
    ("broken-json", "taken", requests.any_text),
    ("key-before-body", "swapped", requests.body_before_key),
    ("parameters-before-instance", "swapped", requests.instance_before_parameters),
)
"""Clause and kind of a defect, and what spoils the way of requests."""


def _actions() -> tuple[StateDefect, ...]:
    """Each action of the document, shown as another."""
    schemas = specs.load("jodoo").document["components"]["schemas"]
    fields = {"create_action": ("CreateAction", "create-action"), "finish_action": ("FinishAction", "finish-action")}
    return tuple(
        StateDefect(f"{_OPERATION}.{start}-{action}", "another", "jodoo.task.shown", tasks.as_another(field, action))
        for field, (schema, start) in fields.items()
        for action in schemas[schema]["enum"]
        if action is not None
    )


DEFECTS: tuple[StateDefect | SeamDefect, ...] = (
    *(StateDefect(f"{_OPERATION}.{clause}", kind, f"jodoo.{rule}", wrong) for clause, kind, rule, wrong in _POLICIES),
    *(SeamDefect(f"{_OPERATION}.{clause}", kind, spoil) for clause, kind, spoil in _WAYS),
    *_actions(),
)
