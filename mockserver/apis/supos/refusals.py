"""What supOS answers to what the engine and the adapter refuse."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine.errors import (
    ExecutorMissing,
    InstanceSuspended,
    NotHolder,
    PositionEmpty,
    UnknownOutcome,
    UnknownProcess,
    UnknownTask,
    Unpublished,
    WorkflowError,
)
from mockserver.errors import Refused

PROCESS_UNKNOWN = 100108002
PROCESS_UNPUBLISHED = 100108112
VIEW_UNAUTHORIZED = 100108214
INSTANCE_UNKNOWN = 100108227
USER_UNKNOWN = 100108230
TASK_UNKNOWN = 100108237
COMPLETED_TASK_UNKNOWN = 100108238
SOURCES_DIFFER = 100108526
PERSON_UNKNOWN = 100108527
DUPLICATE_IN_REQUEST = 100108532
ALREADY_STORED = 100108601

CODES: Mapping[type[WorkflowError], int | None] = {
    UnknownProcess: PROCESS_UNKNOWN,
    Unpublished: PROCESS_UNPUBLISHED,
    UnknownOutcome: None,
    ExecutorMissing: 100108213,
    PositionEmpty: 100108228,
    UnknownTask: TASK_UNKNOWN,
    NotHolder: 100108240,
    InstanceSuspended: 100108240,
}
"""The code of each refusal of the engine; ``None`` where the document has none."""


def refused(error: WorkflowError) -> Refused:
    """The answer to a refusal of the engine."""
    return Refused(CODES[type(error)])
