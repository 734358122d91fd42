"""``x-pagination`` as a value, and the laws that follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from specs.model import Json, Operation


@dataclass(frozen=True, slots=True)
class Pagination:
    """How one operation pages. Pointers point into the answer's body."""

    style: Literal["page", "offset"]
    """``page``: the page parameter counts pages; ``offset``: it counts items."""
    page: str
    """Name of the query parameter that says where to begin."""
    size: str
    first: int
    default: int | None
    """Items of a page when the request names no size; ``None`` when a size is required."""
    maximum: int | None
    page_required: bool
    """Whether a request must say where to begin, so that there is no first page by default."""
    items: str
    total: str | None
    key: tuple[str, ...]
    """Pointers within an item that together identify it."""
    beyond: Literal["empty", "error"]
    echo: Mapping[str, str]
    sort: str | None
    order: str | None

    @classmethod
    def of(cls, operation: Operation) -> Pagination | None:
        """The pagination of an operation, ``None`` if it does not page."""
        raw: Mapping[str, Json] | None = operation.raw.get("x-pagination")
        if raw is None:
            return None
        return cls(
            style="offset" if raw["style"] in ("offset", "start") else "page",
            page=raw["page"],
            size=raw["size"],
            first=raw.get("first", 1 if raw["style"] == "page" else 0),
            default=raw.get("default"),
            maximum=raw.get("max"),
            page_required=any(p.name == raw["page"] and p.required for p in operation.parameters),
            items=raw["items"],
            total=raw.get("total"),
            key=tuple(raw["key"]),
            beyond=raw.get("beyond", "empty"),
            echo=raw.get("echo", {}),
            sort=raw.get("sort"),
            order=raw.get("order"),
        )

    def position(self, index: int, size: int) -> int:
        """The value of the page parameter for the page with this index (from 0) at this size."""
        return self.first + (index if self.style == "page" else index * size)

    def laws(self) -> Mapping[str, str]:
        """Law -> what it says, for the laws that this pagination supports."""
        laws = {
            "size": f"A page holds as many items as {self.size} asks for while there are that many.",
            "walk": "Walking all pages meets every item exactly once, whatever the page size.",
        }
        if not self.page_required:
            laws["first"] = f"Without {self.page} the first page is given."
        empty = self.beyond == "empty"
        laws["beyond"] = f"A page behind the last one is {'empty' if empty else 'refused'}."
        if self.total is not None:
            laws["total"] = "The total counts all items, on every page."
        if self.default is not None:
            laws["default"] = f"Without {self.size} a page holds {self.default} items."
        if self.maximum is not None:
            laws["maximum"] = f"A {self.size} of {self.maximum} is accepted."
        if self.echo:
            laws["echo"] = "The answer repeats the page and the size that took effect."
        if self.sort is not None:
            laws["sort"] = f"Items are sorted by {self.sort}, {self.order or 'asc'}."
        return laws
