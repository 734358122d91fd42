"""What supOS answers to what the engine and the adapter refuse."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine.errors import (
    ConditionFailed,
    EndlessLoop,
    ExecutorMissing,
    InstanceSuspended,
    NotHolder,
    NoWayOut,
    PositionEmpty,
    UnknownOutcome,
    UnknownProcess,
    UnknownTask,
    Unpublished,
    WorkflowError,
)
from mockserver.errors import Refused

SERVICE_FAILED = 100000001
USER_UNKNOWN = 100108230
SOURCES_DIFFER = 100108526
PERSON_UNKNOWN = 100108527
DUPLICATE_IN_REQUEST = 100108532
ALREADY_STORED = 100108601
STORED_TWICE = 100108602
NOT_STORED = 100108603

CODES: Mapping[type[WorkflowError], int | None] = {
    UnknownProcess: 100108002,
    Unpublished: 100108112,
    UnknownOutcome: None,
    ExecutorMissing: 100108213,
    PositionEmpty: 100108228,
    UnknownTask: 100108237,
    NotHolder: 100108240,
    InstanceSuspended: 100108240,
    ConditionFailed: SERVICE_FAILED,
    NoWayOut: SERVICE_FAILED,
    EndlessLoop: SERVICE_FAILED,
}
"""The code of each refusal of the engine; ``None`` where the document has none."""


def refused(error: WorkflowError) -> Refused:
    """The answer to a refusal of the engine."""
    return Refused(CODES[type(error)])
