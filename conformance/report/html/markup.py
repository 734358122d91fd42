"""HTML as a value. What is text is escaped when it becomes part of an element; only this module makes markup."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import TypeAlias

from conformance.report.escape import visible

VOID = frozenset({"input", "meta", "rect", "wbr"})
"""Elements without an end tag; a ``rect`` is written as empty."""


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is HTML already."""

    text: str

    def __str__(self) -> str:
        return self.text


Content: TypeAlias = "str | int | Markup | Iterable[Content] | None"
"""What can stand in an element: text, markup, nothing, or several of them."""


def element(name: str, /, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """An element. Attributes are named ``class_`` and ``data_level``; those that are ``None`` or false are left out."""
    start = "".join(
        _attribute(key, value) for key, value in attributes.items() if value is not None and value is not False
    )
    if name in VOID:
        return Markup(f"<{name}{start}{'/' if name == 'rect' else ''}>")
    return Markup(f"<{name}{start}>{_inner(content)}</{name}>")


def raw(name: str, text: str) -> Markup:
    """A ``style`` or ``script`` of our own, which HTML does not unescape."""
    if f"</{name}" in text.lower():
        raise ValueError(f"a {name} cannot hold its own end tag")
    return Markup(f"<{name}>{text}</{name}>")


def lines(text: str) -> Markup:
    """Text whose line breaks stay, for a ``pre``."""
    return Markup(escape(visible(text, keep="\n"), quote=False))


def together(*content: Content) -> Markup:
    """Several pieces as one."""
    return Markup(_inner(content))


def _inner(content: Content) -> str:
    match content:
        case None:
            return ""
        case Markup():
            return content.text
        case str() | int():
            return escape(visible(str(content)), quote=False)
        case _:
            return "".join(_inner(piece) for piece in content)


def _attribute(key: str, value: str | int | bool) -> str:
    name = key.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{escape(visible(str(value)))}"'
