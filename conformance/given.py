"""Givens: what a check starts from. One full valid request for each operation, and ground of the run's own."""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import zlib
from collections.abc import Callable
from functools import cache
from types import ModuleType
from typing import Any

from conformance.answer import Answer
from conformance.client import Client
from conformance.errors import Prevented
from conformance.listing import Listing as Listing
from conformance.outcome import Blocker
from conformance.own.hello import hello
from conformance.own.listing import listed
from conformance.own.requests import OwnRequests
from conformance.wire.call import Call
from specs.model import Clause, Expectation


class Given:
    """What checks ask for by name. The functions live in the modules ``suite/<api>/*givens.py``.

    An API without such modules gets what its document says (``conformance.own``).
    """

    def __init__(self, client: Client, run_tag: str, worker: int = 0) -> None:
        self.client = client
        self._worker = worker
        self._run_tag = run_tag
        self._modules = givens_of(client.contract.api)
        self._own = None if self._modules else OwnRequests(client, self)
        self._check = ""
        self._clauses: tuple[str, ...] = ()
        self._number = 0

    @property
    def run_tag(self) -> str:
        """What every name of this run begins with."""
        return self._run_tag

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
        if value in (None, "", []):  # a target file that is not filled in names nothing
            raise Prevented(Blocker("role", name))
        return value[self._worker % len(value)] if isinstance(value, list) else value

    def request(self, operation: str, *, every: bool = False) -> Call:
        """A full valid request: every optional field is set. What it needs is made first.

        For an API without givens, a field for which its document shows no value is set only if ``every`` one is wanted.
        """
        if self._own is not None:
            return self._own.request(operation, every=every)
        call: Call = self._function("REQUESTS", operation)(self)
        return call

    def listing(self, operation: str, count: int) -> Listing:
        """A listing of that many items of the run's own, made once a worker."""

        def make() -> Listing:
            if self._own is not None:
                return listed(self.client, self._own, self, operation, count)
            listing: Listing = self._function("LISTINGS", operation)(self, count)
            return listing

        return self.client.once(f"listing.{operation}.{count}", make)

    def hello(self) -> Call | None:
        """The first call to the server of a user's own API; ``None`` for an API of ours."""
        return None if self._own is None else hello(self.client.contract, self._own, self.client.target.roles)

    def doubt(self, answer: Answer) -> Prevented | None:
        """What stands in the way if an answer may only say that the server does not know the document's examples."""
        return None if self._own is None else self._own.doubt(answer)

    def unbroken(self, clause: Clause) -> Exception:
        """What is to be raised where no request is known that breaks a clause's rule alone."""
        if self._own is None:
            return LookupError(
                f"no request breaks {clause.id} alone; the given of {clause.operation} may lack the node"
            )
        blocker = Blocker("role", f"arguments.{clause.operation}.{clause.node}")
        return Prevented(blocker, "no request is known that breaks this rule and no other")

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
    """The modules with an API's givens: ``givens``, and those whose names end so. None for an API of a user's own."""
    package = f"conformance.suite.{api}"
    if importlib.util.find_spec(package) is None:
        return ()
    found = pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}.")
    return tuple(importlib.import_module(module.name) for module in found if module.name.endswith("givens"))
