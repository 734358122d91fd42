"""What supOS servers might plausibly get wrong about saving, handing over, taking back and cancelling."""

from __future__ import annotations

from mockserver.apis.supos import wrong_afterwards, wrong_workflow, wrong_write_order, wrong_writes
from mockserver.defects.state import StateDefect

_SAVE = "supos.save"
_FORM = "supos.saveTaskForm"
_ENTRUST = "supos.entrust"
_REVOKE = "supos.revoke"
_CANCEL = "supos.cancel"

DEFECTS: tuple[StateDefect, ...] = (
    StateDefect(f"{_SAVE}.unknown-process", "nearest", "save.definition", wrong_workflow.nearest_definition),
    StateDefect(f"{_SAVE}.unpublished", "unchecked", "save.published", wrong_workflow.any_definition),
    StateDefect(f"{_SAVE}.unknown-user", "unchecked", "supos.save.known_user", wrong_workflow.anybody),
    StateDefect(f"{_SAVE}.user-before-process", "swapped", "supos.save.checks", wrong_write_order.saved_process_first),
    StateDefect(f"{_SAVE}.first-section-pending", "nobodys", "save.open", wrong_writes.opened_for_nobody),
    StateDefect(f"{_SAVE}.names-what-waits", "exchanged", "supos.save.answer", wrong_writes.ids_exchanged),
    StateDefect(f"{_SAVE}.goes-on", "last-section", "save.open", wrong_writes.last_section),
    StateDefect(f"{_FORM}.unknown-task", "prefix", "draft.task", wrong_workflow.task_by_prefix),
    StateDefect(f"{_FORM}.unknown-user", "unchecked", "supos.form.known_user", wrong_workflow.anybody),
    StateDefect(f"{_FORM}.stranger", "unchecked", "draft.permitted", wrong_workflow.strangers_too),
    StateDefect(f"{_FORM}.suspended", "unchecked", "draft.active", wrong_workflow.suspended_too),
    StateDefect(f"{_FORM}.user-before-task", "swapped", "supos.form.checks", wrong_write_order.saved_task_first),
    StateDefect(f"{_FORM}.stays-pending", "finished", "draft.keep", wrong_writes.finished_by_saving),
    StateDefect(f"{_FORM}.repeat", "once", "draft.keep", wrong_writes.saved_once),
    StateDefect(f"{_ENTRUST}.unknown-task", "prefix", "delegate.task", wrong_workflow.task_by_prefix),
    StateDefect(f"{_ENTRUST}.unknown-user", "unchecked", "supos.entrust.known_user", wrong_workflow.anybody),
    StateDefect(f"{_ENTRUST}.unknown-trustee", "unchecked", "supos.entrust.known_trustee", wrong_workflow.anybody),
    StateDefect(f"{_ENTRUST}.stranger", "unchecked", "delegate.permitted", wrong_workflow.strangers_too),
    StateDefect(f"{_ENTRUST}.trustee-again", "unchecked", "delegate.fresh", wrong_writes.fresh_for_trustees),
    StateDefect(f"{_ENTRUST}.repeated-before-stranger", "swapped", "delegate.fresh", wrong_writes.holders_first),
    StateDefect(f"{_ENTRUST}.to-self", "unchecked", "delegate.held", wrong_writes.other_holders_only),
    StateDefect(f"{_ENTRUST}.to-holder", "unchecked", "delegate.held", wrong_writes.delegator_only),
    StateDefect(f"{_ENTRUST}.suspended", "unchecked", "delegate.active", wrong_workflow.suspended_too),
    StateDefect(
        f"{_ENTRUST}.user-before-task", "swapped", "supos.entrust.checks", wrong_write_order.entrusted_task_first
    ),
    StateDefect(f"{_ENTRUST}.trustee-holds", "lost", "delegate.hand-over", wrong_writes.lost),
    StateDefect(f"{_ENTRUST}.trustee-holds", "another-id", "delegate.hand-over", wrong_writes.another_task),
    StateDefect(f"{_ENTRUST}.leaves-delegator", "kept", "delegate.hand-over", wrong_writes.kept_by_delegator),
    StateDefect(f"{_ENTRUST}.delegator-locked-out", "kept", "delegate.hand-over", wrong_writes.kept_by_delegator),
    StateDefect(f"{_ENTRUST}.trustee-submits", "refused", "submit.permitted", wrong_writes.regular_tasks_only),
    StateDefect(f"{_ENTRUST}.others-keep", "taken", "delegate.hand-over", wrong_writes.trustees_alone),
    StateDefect(f"{_ENTRUST}.delegated-type", "regular", "delegate.hand-over", wrong_writes.still_regular),
    StateDefect(f"{_REVOKE}.unknown-task", "prefix", "revoke.task", wrong_writes.finished_by_prefix),
    StateDefect(f"{_REVOKE}.pending-task", "taken", "revoke.task", wrong_writes.pending_too),
    StateDefect(f"{_REVOKE}.unknown-user", "unchecked", "supos.revoke.known_user", wrong_workflow.anybody),
    StateDefect(f"{_REVOKE}.stranger", "unchecked", "revoke.permitted", wrong_writes.anybodys),
    StateDefect(f"{_REVOKE}.completed-process", "unchecked", "revoke.open", wrong_writes.completed_goes_on),
    StateDefect(f"{_REVOKE}.canceled-process", "unchecked", "revoke.open", wrong_writes.canceled_goes_on),
    StateDefect(f"{_REVOKE}.parallel", "unchecked", "revoke.sole", wrong_writes.any_branch),
    StateDefect(f"{_REVOKE}.next-submitted", "unchecked", "revoke.untouched", wrong_writes.any_time),
    StateDefect(f"{_REVOKE}.suspended", "unchecked", "revoke.active", wrong_writes.any_state),
    StateDefect(f"{_REVOKE}.user-before-task", "swapped", "supos.revoke.checks", wrong_write_order.revoked_task_first),
    StateDefect(f"{_REVOKE}.stranger-before-end", "swapped", "revoke.permitted", wrong_writes.end_first),
    StateDefect(f"{_REVOKE}.end-before-change", "swapped", "revoke.open", wrong_writes.change_first),
    StateDefect(f"{_REVOKE}.next-vanishes", "stays", "revoke.go-back", wrong_writes.next_stays),
    StateDefect(f"{_REVOKE}.section-reopens", "not-opened", "revoke.go-back", wrong_writes.not_reopened),
    StateDefect(f"{_REVOKE}.section-reopens", "initiators", "revoke.go-back", wrong_writes.reopened_for_initiator),
    StateDefect(f"{_REVOKE}.new-id", "old", "revoke.go-back", wrong_writes.reopened_under_old_id),
    StateDefect(f"{_REVOKE}.goes-on", "at-the-end", "revoke.go-back", wrong_writes.reopened_at_the_end),
    StateDefect(f"{_REVOKE}.revoked-again", "refused", "revoke.once", wrong_writes.once_a_process),
    StateDefect(f"{_REVOKE}.repeat-changes-nothing", "again", "revoke.once", wrong_writes.any_number_of_times),
    StateDefect(f"{_CANCEL}.unknown-process", "prefix", "cancel.instance", wrong_writes.instance_by_prefix),
    StateDefect(f"{_CANCEL}.completed-process", "unchecked", "cancel.open", wrong_writes.ended_too),
    StateDefect(f"{_CANCEL}.unknown-user", "unchecked", "supos.cancel.known_user", wrong_workflow.anybody),
    StateDefect(f"{_CANCEL}.stranger", "unchecked", "cancel.permitted", wrong_writes.anybody_cancels),
    StateDefect(
        f"{_CANCEL}.user-before-process", "swapped", "supos.cancel.checks", wrong_write_order.canceled_process_first
    ),
    StateDefect(f"{_CANCEL}.tasks-vanish", "stay", "cancel.delete", wrong_writes.tasks_stay),
    StateDefect(f"{_SAVE}.form-shown", "forgotten", "save.draft", wrong_afterwards.no_draft),
    StateDefect(f"{_FORM}.form-shown", "forgotten", "draft.keep", wrong_afterwards.draft_lost),
    StateDefect(f"{_ENTRUST}.recorded", "without-reason", "supos.log.shown", wrong_afterwards.reasons_left_out),
    StateDefect(f"{_REVOKE}.recorded", "left-out", "supos.log.listed", wrong_afterwards.revocations_left_out),
    StateDefect(f"{_CANCEL}.recorded", "left-out", "cancel.record", wrong_afterwards.end_unrecorded),
    StateDefect(f"{_CANCEL}.status", "completed", "cancel.delete", wrong_afterwards.completed_instead),
)
