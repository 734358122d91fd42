"""Givens: what a check starts from. One full valid request for each operation, and ground of the run's own."""

from __future__ import annotations

import importlib
import pkgutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any

from conformance.call import Call
from conformance.client import Client
from conformance.errors import Prevented
from conformance.outcome import Blocker
from specs.model import Expectation


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing that only the run's own objects match, or one that holds them among others."""

    call: Call
    keys: tuple[tuple[Any, ...], ...]
    """The identity of each of the run's own items, in no particular order."""
    shared: bool = False
    """Whether items of others are among them, which come and go as they like."""


class Given:
    """What checks ask for by name. The functions live in the modules ``suite/<api>/*givens.py``."""

    def __init__(self, client: Client, run_tag: str, worker: int = 0) -> None:
        self.client = client
        self._worker = worker
        self._run_tag = run_tag
        self._modules = givens_of(client.contract.api)
        self._check = ""
        self._clauses: tuple[str, ...] = ()
        self._number = 0

    def begin(self, check: str, clauses: tuple[str, ...]) -> None:
        """Names made from here on belong to this check, and ``documented`` speaks of its clause."""
        self._check = f"{zlib.crc32(check.encode()):08x}"
        self._clauses = clauses
        self._number = 0

    @property
    def documented(self) -> Expectation:
        """What the clause of the check at hand expects of an answer."""
        (clause,) = self._clauses
        return self.documented_by(clause.partition(".")[2])

    def documented_by(self, clause: str) -> Expectation:
        """What another clause (its id without the API) expects: for what only another operation shows."""
        expectation = self.client.contract.clauses[f"{self.client.contract.api}.{clause}"].expect
        if expectation is None:
            raise LookupError(f"{clause} expects no status")
        return expectation

    def tag(self) -> str:
        """A name that nothing else on the target has: lower-case letters, digits and hyphens, at most 40."""
        self._number += 1
        return f"{self._run_tag}-{self._check}-{self._number}"

    def role(self, name: str) -> Any:
        """What the target names for a role; of a pool this worker's share. Blocks the check when it names nothing."""
        value = self.client.target.roles.get(name)
        if value is None or value == []:
            raise Prevented(Blocker("role", name))
        return value[self._worker % len(value)] if isinstance(value, list) else value

    def request(self, operation: str) -> Call:
        """A full valid request: every optional field is set. What it needs is made first."""
        call: Call = self._function("REQUESTS", operation)(self)
        return call

    def listing(self, operation: str, count: int) -> Listing:
        """A listing of that many items of the run's own, made once a worker."""
        make = self._function("LISTINGS", operation)
        listing: Listing = self.client.once(f"listing.{operation}.{count}", lambda: make(self, count))
        return listing

    def _function(self, table: str, operation: str) -> Callable[..., Any]:
        """What ``REQUESTS`` or ``LISTINGS`` of one of the modules has for an operation."""
        for module in self._modules:
            function: Callable[..., Any] | None = getattr(module, table, {}).get(operation)
            if function is not None:
                return function
        names = ", ".join(module.__name__ for module in self._modules)
        raise LookupError(f"{operation} is in no {table} of {names}")


@cache
def givens_of(api: str) -> tuple[ModuleType, ...]:
    """The modules with an API's givens: ``givens``, and those whose names end so."""
    package = f"conformance.suite.{api}"
    found = pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
    return tuple(importlib.import_module(module.name) for module in found if module.name.endswith("givens"))
