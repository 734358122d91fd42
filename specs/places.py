"""Ids of nodes and the names in them: ``body.assigns.each.users`` is made of four.

A dot within a name, which would look like a step, is written ``%2E``; so are ``%`` and a field that is called ``each``.
"""

from __future__ import annotations

from urllib.parse import unquote

EACH = "each"
"""The step from an array to its items."""


def token(name: str) -> str:
    """A name as it stands in a node's id."""
    if name == EACH:
        return "%65ach"
    return name.replace("%", "%25").replace(".", "%2E") if "." in name or "%" in name else name


def names_of(node: str) -> list[str | None]:
    """The names in a node's id, the location first; ``None`` is the step to the items of an array."""
    return [None if part == EACH else unquote(part) if "%" in part else part for part in node.split(".")]
