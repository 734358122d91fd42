"""What start and submit requests say alike about leaving a section."""

from __future__ import annotations

from collections.abc import Mapping

from mockserver.engine.definitions import Named
from mockserver.engine.workflow import Leaving
from specs.model import Json


def leaving(body: Mapping[str, Json]) -> Leaving:
    """Outcome, executors, remark and form of a request."""
    audit = body.get("audit") or {}
    return Leaving(
        outcome=audit.get("seqKey"),
        named=executors_named(body),
        value=audit.get("value"),
        remark=body.get("comment"),
        form=body.get("formData"),
    )


def executors_named(body: Mapping[str, Json]) -> Named:
    """Section key -> users that ``assigns`` names for it; several entries of one section add up."""
    named: dict[str, tuple[str, ...]] = {}
    for entry in body.get("assigns") or ():
        key = entry.get("taskDefKey")
        if key:
            named[key] = (*named.get(key, ()), *(entry.get("users") or ()))
    return named
