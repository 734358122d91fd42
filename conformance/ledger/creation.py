"""``x-creates`` as a value: what an operation leaves behind, and how that is taken away again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from specs.model import Operation


@dataclass(frozen=True, slots=True)
class Asked:
    """A call whose arguments are expressions over another call."""

    operation: str
    arguments: Mapping[str, Any]
    """Node -> expression or value."""
    variants: tuple[Mapping[str, Any], ...] = ({},)
    """Further arguments; the call is made once with each of them."""


@dataclass(frozen=True, slots=True)
class Creation:
    """What one operation leaves behind."""

    undo: Asked | None
    """What takes it away; ``None`` when no documented call does."""
    gone: tuple[str, ...]
    """Codes by which the undo says that there is nothing left to be taken away."""
    find: Asked | None
    """How it is found when no answer came; the undo's expressions then read each item found."""
    items: str
    """Pointer to the items in what ``find`` answers."""
    left: str | None
    """What stays even after the undo, and why."""

    @classmethod
    def of(cls, operation: Operation) -> Creation | None:
        """The creation of an operation, ``None`` if it creates nothing."""
        raw = operation.raw.get("x-creates")
        if raw is None:
            return None
        undo, find = raw.get("undo"), raw.get("find")
        return cls(
            undo=Asked(undo["operation"], undo["arguments"], _variants(undo.get("each", {}))) if undo else None,
            gone=tuple(str(code) for code in undo.get("gone", ())) if undo else (),
            find=Asked(find["operation"], find["arguments"]) if find else None,
            items=find["items"] if find else "",
            left=raw.get("left"),
        )


def _variants(each: Mapping[str, Any]) -> tuple[Mapping[str, Any], ...]:
    """Every value of the node that ``each`` names; nothing, once, if it names none."""
    return tuple({node: value} for node, values in each.items() for value in values) or ({},)
