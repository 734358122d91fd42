"""Process definitions as sections and the outcomes between them: views of BPMN models."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from mockserver.engine.bpmn.errors import BpmnError
from mockserver.engine.bpmn.model import By, Executors, Kind, Model, Node
from mockserver.engine.bpmn.parser import parse

__all__ = ["By", "Executors", "Flow", "Named", "ProcessDefinition", "Section", "definitions_in"]

Named = Mapping[str, tuple[str, ...]]
"""Section key -> the executors that a request names for it."""


@dataclass(frozen=True, slots=True)
class Section:
    """A step that users execute: a user task."""

    key: str
    name: str
    executors: Executors


@dataclass(frozen=True, slots=True)
class Flow:
    """A way out of a section. Its key is the outcome that chooses it."""

    key: str
    name: str
    source: str
    targets: tuple[str, ...]
    """The sections that it leads to, several of them by way of gateways; none if it can only end the process."""
    order: int
    rejection: bool = False

    @property
    def target(self) -> str | None:
        """The first section that it leads to; ``None`` ends the process."""
        return self.targets[0] if self.targets else None


@dataclass(frozen=True)
class ProcessDefinition:
    """A process as it was drawn. The first of its sections starts it."""

    model: Model = field(repr=False)
    key: str
    name: str
    app: str
    page: str
    """Where its forms are shown."""
    published: bool = True

    @cached_property
    def first(self) -> Section:
        """The section behind the start event."""
        return self.by_key[self.model.outgoing[self.model.start.id][0].target]

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The first one, then the others in the order of the file."""
        return self.first, *(section for section in self.by_key.values() if section is not self.first)

    @cached_property
    def by_key(self) -> Mapping[str, Section]:
        """Section key -> section."""
        return {node.id: _section(node) for node in self.model.nodes if node.kind is Kind.USER}

    @cached_property
    def flows(self) -> tuple[Flow, ...]:
        """The ways out of all sections."""
        return tuple(flow for flows in self.outcomes.values() for flow in flows)

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Flow, ...]]:
        """Section key -> the ways out of it, by order."""
        return {
            key: tuple(
                Flow(flow.id, flow.name, key, self._behind(flow.target), flow.order, flow.rejection)
                for flow in self.model.outgoing[key]
            )
            for key in self.by_key
        }

    def _behind(self, node: str) -> tuple[str, ...]:
        """The sections that a token meets first from a node on, whichever way gateways send it."""
        found: dict[str, None] = {}
        seen, waiting = set[str](), [node]
        while waiting:
            at = waiting.pop(0)
            if at in seen:
                continue
            seen.add(at)
            if self.model.by_id[at].kind is Kind.USER:
                found[at] = None
            else:
                waiting.extend(flow.target for flow in self.model.outgoing[at])
        return tuple(found)


def definitions_in(data: bytes) -> tuple[ProcessDefinition, ...]:
    """The process definitions of a BPMN file. Raises ``BpmnError``, also where no user task follows the start."""
    return tuple(_definition(model) for model in parse(data))


def _definition(model: Model) -> ProcessDefinition:
    behind = model.by_id[model.outgoing[model.start.id][0].target]
    if behind.kind is not Kind.USER:
        place = f"line {behind.line}, {behind.kind.value} {behind.id!r}"
        raise BpmnError("first-section", place, "it follows the start event", "put a user task between them")
    said = model.properties
    published = said.get("published", "true") != "false"
    return ProcessDefinition(model, model.key, model.name, said.get("app", ""), said.get("page", ""), published)


def _section(node: Node) -> Section:
    assert node.executors is not None, node  # noqa: S101 - the parser gives them to every user task
    return Section(node.id, node.name, node.executors)
