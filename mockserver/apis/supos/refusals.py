"""What supOS answers to what the engine and the adapter refuse."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mockserver.engine.errors import (
    AlreadyDelegated,
    AlreadyHolder,
    ConditionFailed,
    EndlessLoop,
    ExecutorMissing,
    InstanceEnded,
    InstanceSuspended,
    MovedOn,
    NotDelegator,
    NotExecutor,
    NotHolder,
    NotInitiator,
    NoWayOut,
    ParallelBranch,
    PositionEmpty,
    UnknownFinishedTask,
    UnknownInstance,
    UnknownOutcome,
    UnknownProcess,
    UnknownTask,
    Unpublished,
    WorkflowError,
)
from mockserver.errors import Refused

SERVICE_FAILED = 100000001
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
STORED_TWICE = 100108602
NOT_STORED = 100108603

CODES: Mapping[type[WorkflowError], int | None] = {
    UnknownProcess: PROCESS_UNKNOWN,
    Unpublished: PROCESS_UNPUBLISHED,
    UnknownOutcome: None,
    ExecutorMissing: 100108213,
    PositionEmpty: 100108228,
    UnknownTask: TASK_UNKNOWN,
    NotHolder: 100108240,
    InstanceSuspended: 100108240,
    ConditionFailed: SERVICE_FAILED,
    NoWayOut: SERVICE_FAILED,
    EndlessLoop: SERVICE_FAILED,
    AlreadyDelegated: 100108218,
    AlreadyHolder: 100108220,
    InstanceEnded: 100108222,
    UnknownInstance: 100108227,
    NotDelegator: 100108231,
    ParallelBranch: 100108232,
    MovedOn: 100108236,
    UnknownFinishedTask: 100108238,
    NotExecutor: 100108239,
    NotInitiator: 100108240,
}
"""The code of each refusal of the engine; ``None`` where the document has none."""

MESSAGES: Mapping[type[WorkflowError], str] = {
    UnknownOutcome: "The request is not valid: body.audit.seqKey: names no way out of the section",
}
"""What is said where the document has no code, and so no words."""


def refused(error: WorkflowError) -> Refused:
    """The answer to a refusal of the engine."""
    return Refused(CODES[type(error)], message=MESSAGES.get(type(error)))


@contextmanager
def answering() -> Iterator[None]:
    """A block in which what the engine refuses is answered in supOS's words."""
    try:
        yield
    except WorkflowError as error:
        raise refused(error) from error
