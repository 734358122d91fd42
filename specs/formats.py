"""Formats that the documents need and draft 4 of JSON Schema does not know. Mock, judge and fuzz share this table."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from functools import lru_cache

_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}[+-][0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_UUID = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")


@lru_cache(maxsize=65_536)
def is_calendar_time(text: str) -> bool:
    """Whether ``2020-09-22T07:38:13.893+0800`` is a day and hour that exist.

    A text of another shape passes: its shape is the business of ``pattern``, which stands beside this format.
    """
    if not _SHAPE.fullmatch(text):
        return True
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_date(text: str) -> bool:
    """Whether ``2020-09-22`` is a day that exists (RFC 3339, full-date)."""
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def is_uuid(text: str) -> bool:
    """Whether a text is a UUID as RFC 4122 writes it."""
    return _UUID.fullmatch(text) is not None


FORMATS: dict[str, Callable[[str], bool]] = {"calendar-time": is_calendar_time, "date": is_date, "uuid": is_uuid}
