"""Defects: deliberate, named ways to be wrong, each of which breaks one clause.

``catalogue(contract)`` lists those of an API, ``find`` picks some by id. The mock itself knows nothing of them: they
take hold at seams that it has anyway.
"""

from __future__ import annotations

import difflib
import importlib
from collections.abc import Iterable, Iterator
from functools import cache

from mockserver.defects.answers import answer_defects
from mockserver.defects.model import Defect, Undo
from mockserver.defects.rates import rate_defects
from mockserver.defects.requests import door_defects, node_defects, paging_defects
from specs.errors import ContractError
from specs.model import Contract

__all__ = ["Defect", "Undo", "UnknownDefect", "catalogue", "find"]


class UnknownDefect(ContractError):
    """No defect of that id; the advice names the nearest."""


@cache
def catalogue(contract: Contract) -> tuple[Defect, ...]:
    """Every defect of an API: generated from its document, and written for its adapter's policies."""
    return tuple(_defects(contract))


def _defects(contract: Contract) -> Iterator[Defect]:
    for operation in contract:
        yield from door_defects(contract, operation)
        yield from node_defects(contract, operation)
        yield from paging_defects(contract, operation)
        yield from rate_defects(contract, operation)
        yield from answer_defects(contract, operation)
    adapter = importlib.import_module(f"mockserver.apis.{contract.api}").ADAPTER
    for state in adapter.state_defects():
        yield state.as_defect()


def find(contracts: Iterable[Contract], ids: Iterable[str]) -> list[Defect]:
    """The defects with these ids. Raises ``UnknownDefect`` for an id that there is not."""
    known = {defect.id: defect for contract in contracts for defect in catalogue(contract)}
    for name in ids:
        if name not in known:
            near = difflib.get_close_matches(name, known, 3)
            advice = f"(did you mean {', '.join(near)}?)" if near else "(`mockserver defects` lists them)"
            raise UnknownDefect(f"there is no defect {name!r}", advice=advice)
    return [known[name] for name in ids]
