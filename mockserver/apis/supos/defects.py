"""What supOS servers might plausibly get wrong: one wrong policy for each clause that no schema can break."""

from __future__ import annotations

from mockserver.apis.supos import todo_defects, write_defects, wrong_order, wrong_parallel, wrong_workflow
from mockserver.apis.supos.read_defects import READ_DEFECTS
from mockserver.defects.state import OrderDefect, StateDefect

_PENDING = "supos.queryPending"
_START = "supos.startProcess"
_SUBMIT = "supos.submitTask"

DEFECTS: tuple[StateDefect | OrderDefect, ...] = (
    StateDefect(f"{_PENDING}.unknown-user", "unchecked", "supos.pending.known_user", wrong_workflow.anybody),
    StateDefect(f"{_PENDING}.app-filter", "ignored", "supos.pending.listed", wrong_workflow.whatever_the_app),
    StateDefect(f"{_PENDING}.app-filter-unknown", "refused", "supos.pending.admit_app", wrong_workflow.known_app_only),
    StateDefect(f"{_PENDING}.own-tasks-only", "everybodys", "supos.pending.listed", wrong_workflow.everybodys_tasks),
    StateDefect(f"{_PENDING}.own-tasks-only", "initiator", "supos.pending.user", wrong_workflow.initiator_shown),
    StateDefect(f"{_PENDING}.running-status", "always-77", "supos.pending.status", wrong_workflow.always_suspended),
    StateDefect(f"{_PENDING}.suspended-status", "always-88", "supos.pending.status", wrong_workflow.always_running),
    StateDefect(f"{_START}.unknown-process", "nearest", "start.definition", wrong_workflow.nearest_definition),
    StateDefect(f"{_START}.unpublished", "unchecked", "start.published", wrong_workflow.any_definition),
    StateDefect(f"{_START}.unknown-user", "unchecked", "supos.start.known_user", wrong_workflow.anybody),
    StateDefect(f"{_START}.unknown-executor", "unchecked", "supos.start.known_executor", wrong_workflow.anybody),
    StateDefect(f"{_START}.executor-missing", "initiator", "start.executors", wrong_workflow.initiator_unless_named),
    StateDefect(f"{_START}.executor-list-empty", "nobody", "start.executors", wrong_workflow.empty_list_accepted),
    StateDefect(f"{_START}.position-empty", "nobody", "start.executors", wrong_workflow.position_unheld),
    StateDefect(f"{_START}.unknown-outcome", "default", "start.outcome", wrong_workflow.default_flow),
    StateDefect(f"{_START}.user-before-process", "swapped", "supos.start.checks", wrong_order.process_before_user),
    StateDefect(f"{_START}.next-section-pending", "not-entered", "start.enter", wrong_workflow.not_entered),
    StateDefect(f"{_START}.first-section-done", "left-open", "start.finish", wrong_workflow.not_finished),
    StateDefect(f"{_START}.shared-task", "one-each", "start.enter", wrong_workflow.a_task_each),
    StateDefect(f"{_START}.shared-task", "first-only", "start.enter", wrong_workflow.first_executor_only),
    StateDefect(f"{_START}.process-name", "definitions", "start.name", wrong_workflow.definitions_name),
    StateDefect(f"{_START}.refused-whole", "keeps-added", "undo", wrong_workflow.added_rows_stay),
    StateDefect(f"{_START}.every-branch-pending", "first-only", "start.fork", wrong_parallel.first_way_only),
    StateDefect(f"{_START}.every-branch-pending", "one-for-all", "start.enter", wrong_parallel.one_task_for_all),
    StateDefect(
        f"{_START}.branch-executor-missing", "others", "start.executors", wrong_parallel.those_of_another_section
    ),
    StateDefect(f"{_SUBMIT}.unknown-task", "prefix", "submit.task", wrong_workflow.task_by_prefix),
    StateDefect(f"{_SUBMIT}.unknown-user", "unchecked", "supos.submit.known_user", wrong_workflow.anybody),
    StateDefect(f"{_SUBMIT}.stranger", "unchecked", "submit.permitted", wrong_workflow.strangers_too),
    StateDefect(f"{_SUBMIT}.suspended", "unchecked", "submit.active", wrong_workflow.suspended_too),
    StateDefect(f"{_SUBMIT}.executor-missing", "initiator", "submit.executors", wrong_workflow.initiator_instead),
    StateDefect(f"{_SUBMIT}.unknown-executor", "unchecked", "supos.submit.known_executor", wrong_workflow.anybody),
    StateDefect(f"{_SUBMIT}.unknown-outcome", "default", "submit.outcome", wrong_workflow.default_flow),
    StateDefect(f"{_SUBMIT}.user-before-task", "swapped", "supos.submit.checks", wrong_order.task_before_user),
    StateDefect(f"{_SUBMIT}.leaves-list", "kept", "submit.finish", wrong_workflow.kept_by_submitter),
    StateDefect(f"{_SUBMIT}.next-section-pending", "not-entered", "submit.enter", wrong_workflow.not_entered),
    StateDefect(f"{_SUBMIT}.finishes-for-all", "own-only", "submit.finish", wrong_workflow.finished_for_submitter),
    StateDefect(f"{_SUBMIT}.last-section-ends", "begins-again", "submit.end", wrong_workflow.begun_again),
    StateDefect(f"{_SUBMIT}.other-branch-stays", "finished-too", "submit.finish", wrong_parallel.all_finished),
    StateDefect(f"{_SUBMIT}.branches-join", "first-comes", "submit.join", wrong_parallel.first_goes_on),
    StateDefect(f"{_SUBMIT}.branches-join", "never", "submit.join", wrong_parallel.none_goes_on),
    StateDefect(f"{_SUBMIT}.refused-whole", "loses-removed", "undo", wrong_workflow.removed_tasks_stay_away),
    *todo_defects.DEFECTS,
    *write_defects.DEFECTS,
    *READ_DEFECTS,
)
