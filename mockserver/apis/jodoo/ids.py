"""Ids of 24 hexadecimal digits, as Jodoo shows and takes them."""

from __future__ import annotations

import re

LENGTH = 24
_FORM = re.compile(f"[0-9a-f]{{{LENGTH}}}")


def is_id(text: str) -> bool:
    """Whether a text has the form of an id."""
    return _FORM.fullmatch(text) is not None


def shown(identity: str) -> str:
    """The id of a row: its own, or zeros before a shorter one that the engine made."""
    return identity.rjust(LENGTH, "0")


def meant(text: str) -> tuple[str, str]:
    """The ids of rows that an id may stand for."""
    return text, text.lstrip("0")


def made(milliseconds: int, number: int) -> str:
    """An id that begins with a time in seconds, as the vendor's do; ``number`` makes it the only one."""
    return f"{milliseconds // 1_000 & 0xFFFFFFFF:08x}{number:016x}"
