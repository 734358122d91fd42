"""The variables that conditions read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from mockserver.engine.definitions import Flow
from mockserver.engine.expressions import Value
from mockserver.engine.rows import Instance

NAMES = ("form", "initiator", "outcome")


class Variables(Mapping[str, Value]):
    """What is known when a section is left.

    ``initiator`` is a username; ``outcome`` has the ``key`` of the flow that was chosen and the ``value`` that came
    with it; ``form`` has what the form data say, if they are a JSON object, and is read only when it is asked for.
    """

    def __init__(self, instance: Instance, flow: Flow, value: str | None) -> None:
        self._instance = instance
        self._outcome = {"key": flow.key, "value": value}

    def __getitem__(self, name: str) -> Value:
        if name == "initiator":
            return self._instance.initiator
        if name == "outcome":
            return self._outcome
        if name == "form":
            return form_of(self._instance.form)
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return iter(NAMES)

    def __len__(self) -> int:
        return len(NAMES)

    def __contains__(self, name: object) -> bool:
        return name in NAMES


def form_of(text: str | None) -> dict[str, Value]:
    """The fields of form data; none where they are no JSON object."""
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
