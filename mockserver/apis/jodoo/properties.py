"""What world files may say of Jodoo's people and tasks beyond the engine: full name -> JSON Schema of its values."""

from __future__ import annotations

from collections.abc import Mapping

import specs
from specs.model import Json

CREATE_ACTION, FINISH_ACTION = "jodoo.create-action", "jodoo.finish-action"
"""How a task came about, and how it was finished."""
WAITING = "jodoo.waiting"
"""How a task that waits does so, if it is not simply in progress."""
CLOSED = "jodoo.closed"
"""Whether a finished task was ended by hand, with its instance."""
TITLE = "jodoo.title"
"""The name of a task, where it is not that of its node."""
PAGE = "jodoo.page"
"""The address before a task's ids, where it is not that of its form."""
DEPARTMENTS, TYPE, STATUS = "jodoo.departments", "jodoo.type", "jodoo.status"
"""Of a member: numbers of departments, type and status."""


def _actions(schema: str) -> list[str]:
    documented = specs.load("jodoo").document["components"]["schemas"][schema]["enum"]
    return [action for action in documented if action is not None]


PROPERTIES: Mapping[str, Mapping[str, Json]] = {
    CREATE_ACTION: {"enum": _actions("CreateAction")},
    FINISH_ACTION: {"enum": _actions("FinishAction")},
    WAITING: {"enum": ["activated", "paused"]},
    CLOSED: {"type": "boolean"},
    TITLE: {"type": "string", "minLength": 1},
    PAGE: {"type": "string", "format": "uri"},
    DEPARTMENTS: {"type": "array", "items": {"type": "integer"}},
    TYPE: {"type": "integer"},
    STATUS: {"type": "integer"},
}
