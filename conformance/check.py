"""Checks: registered plain functions that state the clauses they verify, and how one is run.

A scenario verifies the clauses that it names. A law yields its cases from the contract. Both take
``client, given`` (a law its ``case`` too) and nothing else; pytest and ``judge`` call the same ``run``.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import time
import traceback
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from conformance.answer import Answer
from conformance.client import Client
from conformance.errors import Prevented, Refuted, TargetUnreachable, TransportError
from conformance.given import Given
from conformance.outcome import Exchange, Outcome, Status
from specs.model import Contract


@dataclass(frozen=True, slots=True)
class Case:
    """One case of a law: the clause that it judges, and what the law needs to know."""

    clause: str
    key: str
    data: Any = None


@dataclass(frozen=True, slots=True)
class Check:
    """One function of the suite."""

    name: str
    """Module and function, without the package."""
    function: Callable[..., None]
    clauses: tuple[str, ...] = ()
    cases: Callable[[Contract], Iterable[Case]] | None = None
    serial: bool = False
    """Whether it needs the target to itself: it runs after those that do not, and beside no other."""


@dataclass(frozen=True, slots=True)
class Item:
    """A check ready to be run: a scenario, or one case of a law."""

    check: Check
    case: Case | None = None

    @property
    def id(self) -> str:
        return self.check.name if self.case is None else f"{self.check.name}[{self.case.key}]"

    @property
    def clauses(self) -> tuple[str, ...]:
        return self.check.clauses if self.case is None else (self.case.clause,)


REGISTRY: dict[str, list[Check]] = {}
"""Module -> the checks that it registered, in the order of the file."""


def check(*clauses: str, serial: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a scenario that verifies these clauses."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _add(Check(_name(function), function, clauses=clauses, serial=serial))
        return function

    return register


def law(
    cases: Callable[[Contract], Iterable[Case]], *, serial: bool = False
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Register a law whose cases come from the contract."""

    def register(function: Callable[..., None]) -> Callable[..., None]:
        _add(Check(_name(function), function, cases=cases, serial=serial))
        return function

    return register


def _name(function: Callable[..., None]) -> str:
    return f"{function.__module__.removeprefix('conformance.')}.{function.__name__}"


def _add(new: Check) -> None:
    known = REGISTRY.setdefault(new.function.__module__, [])
    if any(old.name == new.name for old in known):
        raise ValueError(f"two checks are called {new.name}")
    known.append(new)


def modules_of(api: str) -> tuple[str, ...]:
    """The modules with the laws and with an API's scenarios, if it has any."""
    names = []
    for package in ("conformance.laws", f"conformance.suite.{api}"):
        if importlib.util.find_spec(package) is None:
            continue
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            if not module.name.endswith("givens"):
                names.append(module.name)
    return tuple(names)


def items_of_module(module: str, contract: Contract) -> Iterator[Item]:
    """Every item that one module has for a contract."""
    importlib.import_module(module)
    for registered in REGISTRY.get(module, ()):
        if registered.cases is None:
            yield Item(registered)
        else:
            for case in registered.cases(contract):
                if contract.clauses[case.clause].excluded is None:
                    yield Item(registered, case)


def items_of(contract: Contract) -> list[Item]:
    """Every item of the suite for a contract: laws first, then its scenarios, and last what is serial."""
    items = [item for module in modules_of(contract.api) for item in items_of_module(module, contract)]
    return sorted(items, key=lambda item: item.check.serial)


def run(item: Item, client: Client, given: Given) -> Outcome:
    """Run one item. Only ``TargetUnreachable`` goes through to the caller; a bug of ours is an ``error``."""
    client.begin()
    given.begin(item.id, item.clauses)
    started = time.perf_counter()
    status, expected, seen, blocker, answer, refuted = Status.PASS, "", "", None, None, None
    arguments = (client, given) if item.case is None else (client, given, item.case)
    try:
        _carry_out(item.check.function, given, arguments)
    except Refuted as refusal:
        status, expected, seen, answer = Status.FAIL, refusal.expected, refusal.seen, refusal.answer
        refuted = answer if refusal.about_status else None
    except Prevented as prevented:
        status, seen, blocker, answer = Status.BLOCKED, prevented.seen, prevented.blocker, prevented.answer
    except TransportError as error:
        status, expected, seen = Status.FAIL, "an answer", str(error)
    except TargetUnreachable:
        raise
    except Exception as error:  # noqa: BLE001 - a check's own bug is its verdict, and ends in exit code 5
        status, expected, seen = Status.ERROR, "no bug in the suite", _where(error)
    return Outcome(
        check=item.id,
        clauses=item.clauses,
        status=status,
        expected=client.mask(expected),
        seen=client.mask(seen),
        blocker=blocker,
        exchange=_exchange(answer),
        bookings=client.bookings(refuted),
        operations=client.operations,
        duration=time.perf_counter() - started,
    )


def _carry_out(function: Callable[..., None], given: Given, arguments: tuple[Any, ...]) -> None:
    """Call a check. A refusal that may be about nothing but the ground that it stands on refutes nothing."""
    try:
        function(*arguments)
    except Refuted as refusal:
        doubt = None if refusal.answer is None else given.doubt(refusal.answer)
        if doubt is None:
            raise
        raise doubt from None


def _exchange(answer: Answer | None) -> Exchange | None:
    return answer.exchange if answer is not None else None


def _where(error: Exception) -> str:
    """What was raised and where, in one line."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}: {error} ({frame.name}, line {frame.lineno})"
