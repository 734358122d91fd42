"""What operations of a user's own API leave behind, where the document does not say it with ``x-creates``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from specs.links import Link, links_of
from specs.model import Contract, Operation

LEFT = "No link of the document leads from it to a DELETE, so nobody knows how to take it away."


def with_creations(contract: Contract) -> dict[str, Any]:
    """The document with ``x-creates`` on each POST that has a link to a DELETE, and on each that answers 201."""
    links = list(links_of(contract))
    paths = {
        path: {
            method: {**raw, "x-creates": creation} if (creation := _creation(contract, raw, method, links)) else raw
            for method, raw in item.items()
        }
        for path, item in contract.document["paths"].items()
    }
    return {**contract.document, "paths": paths}


def _creation(contract: Contract, raw: Any, method: str, links: list[Link]) -> Mapping[str, Any] | None:
    if method != "post" or "x-creates" in raw or "x-excluded" in raw or raw.get("x-safe"):
        return None
    operation = contract.operations[raw["operationId"]]
    for link in links:
        if link.source == operation.id and _takes_away(contract.operations[link.target], link):
            return {"undo": {"operation": link.target, "arguments": dict(link.feeds)}}
    return {"left": LEFT} if 201 in operation.responses else None


def _takes_away(target: Operation, link: Link) -> bool:
    """Whether a link leads to a DELETE and feeds all that it needs."""
    needed = {p.node for p in target.parameters if p.required or p.location == "path"}
    return target.method == "DELETE" and target.excluded is None and bool(needed) and needed <= link.feeds.keys()
