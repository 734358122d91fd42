"""Process definitions as BPMN 2.0 draws them: nodes and the flows between them. Immutable, shared by worlds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from mockserver.engine.expressions import Expression


class Kind(Enum):
    """What a node is; the value is its element's name."""

    START = "startEvent"
    END = "endEvent"
    USER = "userTask"
    EXCLUSIVE = "exclusiveGateway"
    PARALLEL = "parallelGateway"


class By(Enum):
    """Who decides on the executors of a section."""

    INITIATOR = "the initiator executes it"
    FIXED = "the definition names users"
    NAMED = "the request that leads to it names users"
    POSITION = "whoever holds a position"


@dataclass(frozen=True, slots=True)
class Executors:
    """Whose a user task is."""

    by: By
    users: tuple[str, ...] = ()
    """The users, ``FIXED`` only, or those who hold the position."""
    position: str | None = None
    """The number of the position; ``None`` for a position without one."""


@dataclass(frozen=True, slots=True)
class Node:
    """A flow node."""

    id: str
    kind: Kind
    name: str = ""
    executors: Executors | None = None
    """User tasks only."""
    default: str | None = None
    """Exclusive gateways only: the id of the flow that is taken when no condition holds."""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SequenceFlow:
    """A sequence flow. Out of a user task it is an outcome, which its id chooses."""

    id: str
    source: str
    target: str
    name: str = ""
    condition: Expression | None = None
    order: int = 0
    """Where it stands among the ways out of its source, lowest first."""
    rejection: bool = False
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Model:
    """One process of a file. Sources, targets and defaults name nodes and flows that it has."""

    key: str
    name: str
    nodes: tuple[Node, ...] = field(repr=False)
    """In the order of the file."""
    flows: tuple[SequenceFlow, ...] = field(repr=False)
    properties: Mapping[str, str] = field(default_factory=dict)
    """What the process's own extension element says: attribute -> text."""

    @cached_property
    def by_id(self) -> Mapping[str, Node]:
        """Node id -> node."""
        return {node.id: node for node in self.nodes}

    @cached_property
    def outgoing(self) -> Mapping[str, tuple[SequenceFlow, ...]]:
        """Node id -> its ways out, by order."""
        found: dict[str, list[SequenceFlow]] = {node.id: [] for node in self.nodes}
        for flow in sorted(self.flows, key=lambda flow: flow.order):
            if flow.source in found:
                found[flow.source].append(flow)
        return {node: tuple(flows) for node, flows in found.items()}

    @cached_property
    def arriving(self) -> Mapping[str, int]:
        """Node id -> how many flows lead to it."""
        counted = Counter(flow.target for flow in self.flows)
        return {node.id: counted[node.id] for node in self.nodes}

    @cached_property
    def start(self) -> Node:
        """The start event."""
        return next(node for node in self.nodes if node.kind is Kind.START)
