"""Givens: what a check starts from. One full valid request for each operation, and ground of the run's own."""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from conformance.call import Call
from conformance.client import Client
from conformance.errors import Prevented
from conformance.outcome import Blocker
from specs.model import Expectation


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing that only the run's own objects match."""

    call: Call
    keys: tuple[tuple[Any, ...], ...]
    """The identity of each of the run's own items, in no particular order."""


class Given:
    """What checks ask for by name. The functions live in ``suite/<api>/givens.py``."""

    def __init__(self, client: Client, run_tag: str) -> None:
        self.client = client
        self._run_tag = run_tag
        self._module = givens_of(client.contract.api)
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
        """What the target names for a role. Blocks the check when it names nothing."""
        value = self.client.target.roles.get(name)
        if value is None:
            raise Prevented(Blocker("role", name))
        return value

    def request(self, operation: str) -> Call:
        """A full valid request: every optional field is set. What it needs is made first."""
        return self._function(operation)(self)

    def listing(self, operation: str, count: int) -> Listing:
        """A listing of that many items of the run's own, made once a worker."""
        make = getattr(self._module, "LISTINGS", {}).get(operation)
        if make is None:
            raise LookupError(f"{self._module.__name__} has no listing for {operation}")
        listing: Listing = self.client.once(f"listing.{operation}.{count}", lambda: make(self, count))
        return listing

    def _function(self, operation: str) -> Callable[[Given], Call]:
        requests: dict[str, Callable[[Given], Call]] = self._module.REQUESTS
        if operation not in requests:
            raise LookupError(f"{self._module.__name__} has no request for {operation}")
        return requests[operation]


def givens_of(api: str) -> ModuleType:
    """The module with an API's givens."""
    return importlib.import_module(f"conformance.suite.{api}.givens")
