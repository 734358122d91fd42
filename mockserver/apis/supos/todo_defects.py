"""Wrong policies about the to-do centre, by the clause that each of them breaks."""

from __future__ import annotations

from mockserver.apis.supos import wrong_deletion, wrong_todo, wrong_todo_order
from mockserver.apis.supos.todo import (
    ADD_PROCESSES,
    ADD_TASKS,
    DELETE_PROCESSES,
    DELETE_TASKS,
    MODIFY_PROCESSES,
    Command,
)
from mockserver.defects.state import OrderDefect, StateDefect
from mockserver.engine.rules import Rule

OPERATIONS = {
    ADD_TASKS: "supos.thirdPartyTasksCompletivePost",
    DELETE_TASKS: "supos.thirdPartyTasksCompletiveDel",
    ADD_PROCESSES: "supos.thirdPartyProcessesPost",
    MODIFY_PROCESSES: "supos.updateProcessPut",
    DELETE_PROCESSES: "supos.thirdPartyProcessesDel",
}


def _wrong(command: Command, *rows: tuple[str, str, str, Rule]) -> tuple[StateDefect, ...]:
    """Clause and kind of a defect, the decision of the command, and what stands in its place."""
    return tuple(
        StateDefect(f"{OPERATIONS[command]}.{clause}", kind, f"supos.{command.name}.{decision}", replacement)
        for clause, kind, decision, replacement in rows
    )


def _batch(command: Command) -> tuple[StateDefect | OrderDefect, ...]:
    """What every command that takes a batch can get wrong."""
    operation = OPERATIONS[command]
    return (
        *_wrong(
            command,
            ("mixed-sources", "unchecked", "one_source", wrong_todo.any_sources),
            ("duplicate-ignores-case", "by-case", "names", wrong_todo.named_by_case),
            ("sources-before-duplicates", "swapped", "checks", wrong_todo_order.duplicates_first),
            ("batch-before-users", "swapped", "checks", wrong_todo_order.people_first),
            ("empty-batch", "refused", "admit", wrong_todo.no_empty_batch),
        ),
        OrderDefect(f"{operation}.fields-before-batch", "swapped", wrong_todo_order.sources_before_fields),
        OrderDefect(f"{operation}.first-item-answers", "field-by-field", wrong_todo_order.field_by_field),
        OrderDefect(f"{operation}.first-field-answers", "last-field", wrong_todo_order.last_field_first),
    )


def _added(command: Command) -> tuple[StateDefect, ...]:
    """What every command that stores a batch can get wrong."""
    return _wrong(
        command,
        ("duplicate-in-batch", "unchecked", "names", wrong_todo.nameless),
        ("repeat", "stored-twice", "find", wrong_todo.never_stored),
        ("stored-ignores-case", "by-case", "find", wrong_todo.stored_by_case),
        ("users-before-store", "swapped", "checks", wrong_todo_order.store_first),
        ("order-kept", "sorted", "answer", wrong_todo.sorted_by_own_id),
        ("own-ids", "one-a-batch", "answer", wrong_todo.one_id_for_all),
        ("deleted-by-consumer", "other-ids", "answer", wrong_todo.ids_of_nobody),
        ("empty-url-accepted", "refused", "admit", wrong_todo.no_empty_url),
    )


def _deleted(command: Command) -> tuple[StateDefect, ...]:
    """What every command that deletes can get wrong."""
    return _wrong(
        command,
        ("by-id", "not-found", "by_id", wrong_deletion.nothing),
        ("by-key", "not-found", "by_key", wrong_deletion.nothing),
        ("union", "one-way", "chosen", wrong_deletion.only_one_way),
        ("source-filters", "ignored", "by_key", wrong_deletion.whatever_source),
        ("ids-whatever-source", "filtered", "by_id", wrong_deletion.of_source_only),
        ("key-ignores-case", "by-case", "by_key", wrong_deletion.by_case),
        ("nothing-given", "everything", "by_id", wrong_deletion.everything),
        ("unknown-ignored", "refused", "by_id", wrong_deletion.known_only),
    )


DEFECTS: tuple[StateDefect | OrderDefect, ...] = (
    *_batch(ADD_TASKS),
    *_added(ADD_TASKS),
    *_wrong(
        ADD_TASKS,
        ("unknown-person", "unchecked", "known-personName", wrong_todo.anybody),
        ("unknown-initiator", "unchecked", "known-initiator", wrong_todo.anybody),
        ("unknown-mandatary", "unchecked", "known-mandataryName", wrong_todo.anybody),
        ("other-status-is-another-record", "same", "find", wrong_todo.stored_whatever_status),
    ),
    StateDefect(f"{OPERATIONS[ADD_TASKS]}.all-or-none", "keeps-stored", "undo", wrong_todo.stored_tasks_stay),
    StateDefect(
        f"{OPERATIONS[ADD_TASKS]}.node-id-deletes", "not-found", "supos.delete-tasks.by_key", wrong_deletion.nothing
    ),
    *_batch(ADD_PROCESSES),
    *_added(ADD_PROCESSES),
    *_wrong(
        ADD_PROCESSES,
        ("unknown-staff", "unchecked", "known-staffName", wrong_todo.anybody),
        ("stored-whatever-status", "by-status", "find", wrong_todo.stored_with_status),
        ("other-source-is-another-record", "same", "find", wrong_todo.stored_whatever_source),
        ("url-optional", "refused", "admit", wrong_todo.no_url_missing),
        ("complete-time-optional", "refused", "admit", wrong_todo.no_complete_time_missing),
    ),
    StateDefect(f"{OPERATIONS[ADD_PROCESSES]}.all-or-none", "keeps-stored", "undo", wrong_todo.stored_processes_stay),
    *_batch(MODIFY_PROCESSES),
    *_wrong(
        MODIFY_PROCESSES,
        ("duplicate-key-in-batch", "unchecked", "names", wrong_todo.nameless),
        ("duplicate-id-in-batch", "keys-only", "names", wrong_todo.named_by_key),
        ("id-meets-key", "as-sent", "names", wrong_todo.named_as_sent),
        ("unknown-staff", "unchecked", "known-staffName", wrong_todo.anybody),
        ("unknown-record", "stored", "find", wrong_todo.made_if_missing),
        ("stored-twice", "unchecked", "keys_unique", wrong_todo.keys_unchecked),
        ("stored-twice", "key-first", "find", wrong_todo.key_before_id),
        ("users-before-store", "swapped", "checks", wrong_todo_order.missing_first),
        ("found-by-id", "key-only", "find", wrong_todo.id_unheard),
        ("found-by-key", "id-only", "find", wrong_todo.id_alone),
        ("key-after-id", "id-or-nothing", "find", wrong_todo.key_without_id),
        ("key-ignores-case", "by-case", "find", wrong_todo.found_by_case),
        ("renamed-by-id", "name-kept", "change", wrong_todo.name_kept),
        ("completed", "refused", "admit", wrong_todo.nothing_completed),
    ),
    StateDefect(f"{OPERATIONS[MODIFY_PROCESSES]}.rolled-back", "kept", "undo", wrong_todo.changed_processes_stay),
    *_deleted(DELETE_PROCESSES),
    *_wrong(DELETE_PROCESSES, ("leaves-tasks", "deleted-too", "remove", wrong_deletion.with_its_tasks)),
    *_deleted(DELETE_TASKS),
    *_wrong(
        DELETE_TASKS,
        ("status-filters-ids", "ignored", "by_id", wrong_deletion.ids_of_any_status),
        ("status-filters-keys", "ignored", "by_key", wrong_deletion.own_ids_of_any_status),
    ),
    StateDefect(
        f"{OPERATIONS[DELETE_TASKS]}.history-deleted", "replaced", "supos.add-tasks.find", wrong_todo.pending_replaced
    ),
)
