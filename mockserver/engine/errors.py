"""What the engine refuses, and how it is misused.

EngineError
├── NestedCommand       a command within a command, or a fork within one: a bug of the caller
├── DuplicateKey        a row is inserted under a key that is taken
├── UnknownKey          a row is replaced or removed that is not there
├── UnknownRule         a rule is replaced that no world has
└── WorkflowError       a command cannot be carried out; adapters answer each kind in their API's words
    ├── UnknownProcess      no definition has the key
    ├── Unpublished         the definition may not be started
    ├── UnknownTask         no pending task has the id
    ├── NotHolder           the task waits for others
    ├── InstanceSuspended   the instance stands still
    ├── UnknownOutcome      the section has no such flow
    ├── ExecutorMissing     the request names nobody for a section whose executors it is to name
    ├── PositionEmpty       the section's position has no number, so nobody holds it
    ├── NotDelegator        the task waits for others than the one who hands it over
    ├── AlreadyDelegated    the task was handed over once
    ├── AlreadyHolder       the task waits for that user anyway
    ├── UnknownFinishedTask no task that somebody executed has the id
    ├── NotExecutor         somebody else executed the task
    ├── InstanceEnded       the instance was completed or canceled
    ├── ParallelBranch      another branch of the instance waited beside the task
    ├── MovedOn             the instance is not as the task left it
    ├── UnknownInstance     no instance that runs has the id
    ├── NotInitiator        somebody else started the instance
    └── DefinitionFailed    the definition itself is wrong where the command has come to
        ├── ConditionFailed     a condition cannot be evaluated
        ├── NoWayOut            no condition of an exclusive gateway holds, and it has no default
        └── EndlessLoop         the command has done more operations than a process may need
"""

from __future__ import annotations


class EngineError(Exception):
    """The root of everything that the engine raises on purpose."""


class NestedCommand(EngineError):
    """One writer a world, one command at a time."""


class DuplicateKey(EngineError):
    """The key is taken. ``args`` are table and key."""


class UnknownKey(EngineError):
    """No row has the key. ``args`` are table and key."""


class UnknownRule(EngineError):
    """No rule has the name."""


class WorkflowError(EngineError):
    """A command cannot be carried out; what it did so far is undone."""


class UnknownProcess(WorkflowError):
    """No process definition has the key."""


class Unpublished(WorkflowError):
    """The process definition is not published."""


class UnknownTask(WorkflowError):
    """No pending task has the id."""


class NotHolder(WorkflowError):
    """The task does not wait for this user."""


class InstanceSuspended(WorkflowError):
    """The task's instance is suspended."""


class UnknownOutcome(WorkflowError):
    """The section has no flow of that key."""


class ExecutorMissing(WorkflowError):
    """The request must name executors of the next section, and names none."""


class PositionEmpty(WorkflowError):
    """The next section is executed by a position without number."""


class DefinitionFailed(WorkflowError):
    """The definition cannot be followed any further; whoever called is not to blame."""


class ConditionFailed(DefinitionFailed):
    """A condition cannot be evaluated. ``args`` are the flow's id and the reason."""


class NoWayOut(DefinitionFailed):
    """No condition behind a gateway holds, and it has no default. ``args`` is the gateway's id."""


class EndlessLoop(DefinitionFailed):
    """A command has gone through more nodes and flows than is allowed. ``args`` is the instance."""


class NotDelegator(WorkflowError):
    """The task does not wait for the user who hands it over."""


class AlreadyDelegated(WorkflowError):
    """The task was handed over before, which happens once."""


class AlreadyHolder(WorkflowError):
    """The task waits for the user whom it is handed over to."""


class UnknownFinishedTask(WorkflowError):
    """No task that somebody executed has the id."""


class NotExecutor(WorkflowError):
    """The task was executed by somebody else."""


class InstanceEnded(WorkflowError):
    """The task's instance was completed or canceled."""


class ParallelBranch(WorkflowError):
    """The task stood in one of several branches."""


class MovedOn(WorkflowError):
    """The task's instance is suspended, or something happened to it since the task was executed."""


class UnknownInstance(WorkflowError):
    """No instance has the id, or it has ended."""


class NotInitiator(WorkflowError):
    """The instance was started by somebody else."""
