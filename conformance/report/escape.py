"""Text from a stranger's server, made safe to show: nothing in it can steer a terminal or break an XML file."""

from __future__ import annotations

import re

HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f"  # control characters
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # what turns the direction of writing
    "\u2028\u2029\ud800-\udfff\ufffe\uffff]"  # line separators, lone surrogates, what XML does not allow
)


def visible(text: str, *, encoding: str = "utf-8", keep: str = "") -> str:
    """The text with every hidden character, and what ``encoding`` cannot hold, written as an escape.

    ``keep`` names hidden characters that stay, such as a line feed.
    """
    shown = HIDDEN.sub(lambda found: found[0] if found[0] in keep else _escape(found[0]), text)
    return shown.encode(encoding, "backslashreplace").decode(encoding)


def shorten(text: str, limit: int) -> str:
    """The text in one line of about ``limit`` characters; what is cut off is said."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[:limit]} ... ({len(line) - limit} more characters)"


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
