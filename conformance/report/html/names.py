"""Names within the page: anchors, links to them, and classes."""

from __future__ import annotations

import re
from urllib.parse import quote

from conformance.report.escape import visible
from conformance.report.html.markup import Content, Markup, element

SEAM = re.compile(r"(?<=[.\[_/-])(?=.)|(?<=[a-z])(?=[A-Z])")
"""Where a name may be broken: behind a sign, before a capital letter."""


def slug(name: str) -> str:
    """A name as a class or a part of an anchor: ``warn/note`` is ``warn-note``."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-") or "other"


def link(anchor: str, *content: Content, **attributes: str | int | bool | None) -> Markup:
    """A link to an element of this page."""
    return element("a", *content, href=f"#{quote(visible(anchor))}", **attributes)


def breakable(name: str) -> Content:
    """A long name that a narrow column breaks behind a dot or between words, not anywhere."""
    return [(element("wbr") if number else None, part) for number, part in enumerate(SEAM.split(name))]


def clause_link(clause: str) -> Markup:
    """A link to a clause, which is anchored by its id."""
    return link(clause, element("code", breakable(clause)))
