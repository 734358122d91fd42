"""Process definitions, as sections and the flows between them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

Named = Mapping[str, tuple[str, ...]]
"""Section key -> the executors that a request names for it."""


class By(Enum):
    """Who decides on the executors of a section."""

    INITIATOR = "the initiator executes it"
    FIXED = "the definition names users"
    NAMED = "the request that leads to it names users"
    POSITION = "whoever holds a position"


@dataclass(frozen=True, slots=True)
class Executors:
    """Whose a section is."""

    by: By
    users: tuple[str, ...] = ()
    """The users, ``FIXED`` only, or those who hold the position."""
    position: str | None = None
    """The number of the position; ``None`` for a position without one."""


@dataclass(frozen=True, slots=True)
class Section:
    """A step that users execute."""

    key: str
    name: str
    executors: Executors


@dataclass(frozen=True, slots=True)
class Flow:
    """A way out of a section. Its key is the outcome that chooses it."""

    key: str
    name: str
    source: str
    target: str | None
    """The section that it leads to; ``None`` ends the process."""
    order: int
    rejection: bool = False


@dataclass(frozen=True)
class ProcessDefinition:
    """A process as it was drawn. The first of its sections starts it."""

    key: str
    name: str
    app: str
    page: str
    """Where its forms are shown."""
    sections: tuple[Section, ...] = field(repr=False)
    flows: tuple[Flow, ...] = field(repr=False)
    published: bool = True

    @property
    def first(self) -> Section:
        return self.sections[0]

    @cached_property
    def by_key(self) -> Mapping[str, Section]:
        """Section key -> section."""
        return {section.key: section for section in self.sections}

    @cached_property
    def outcomes(self) -> Mapping[str, tuple[Flow, ...]]:
        """Section key -> the ways out of it, by order."""
        ordered = sorted(self.flows, key=lambda flow: flow.order)
        return {key: tuple(flow for flow in ordered if flow.source == key) for key in self.by_key}
