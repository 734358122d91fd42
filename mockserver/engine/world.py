"""A world: everything that a run of the mock remembers."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mockserver.engine.clock import Clock
from mockserver.engine.errors import NestedCommand
from mockserver.engine.ids import Ids
from mockserver.engine.indexes import Index
from mockserver.engine.meters import Meter
from mockserver.engine.rules import Rules
from mockserver.engine.tables import Table, UndoLog


def take_back(world: World, log: UndoLog) -> None:
    """Undo a command that failed: its writes, newest first, and the ids that it has used."""
    for change in reversed(log.changes):
        change.undo()
    world.ids.last = log.last


class World:
    """Tables, clock, ids and rules. Reads need nothing; writes belong into ``command``.

    A write outside of a command is final: that is how worlds are filled before anybody sees them. APIs that are served
    together have a part of the world each, so that none of them shows what belongs to another.
    """

    __slots__ = ("_log", "_parts", "_tables", "clock", "ids", "meters", "options", "rules", "seed")

    def __init__(self, seed: int = 0, clock: Clock | None = None) -> None:
        self.seed = seed
        self.clock = clock or Clock()
        self.ids = Ids(seed)
        self.rules = Rules(undo=take_back)
        self.options: dict[str, Any] = {}
        """Settings by name. Reset puts them back; they are no part of a command."""
        self.meters: dict[Hashable, Meter] = {}
        """Counts of real time by what they count. They are no part of a command, and a fork begins without any."""
        self._log = UndoLog()
        self._tables: dict[str, Table[Any]] = {}
        self._parts: dict[str, Part] = {}

    def part(self, name: str) -> Part:
        """The part of that name, made if there is none: tables of its own, and all else that this world has."""
        part = self._parts.get(name)
        if part is None:
            part = self._parts[name] = Part(self)
        return part

    def use_seed(self, seed: int) -> None:
        """Make ids from here on with this seed."""
        if seed != self.seed:
            self.seed = seed
            self.ids = Ids(seed, self.ids.last)

    def __contains__(self, table: str) -> bool:
        return table in self._tables

    def table(self, name: str) -> Table[Any]:
        """The table of that name."""
        return self._tables[name]

    def add_table(self, name: str, indexes: Sequence[Index[Any]] = ()) -> Table[Any]:
        """A new, empty table with these indexes."""
        table: Table[Any] = Table(name, self._log, indexes)
        self._tables[name] = table
        return table

    @contextmanager
    def command(self) -> Iterator[None]:
        """All of what happens within, or nothing: any exception restores rows, indexes, ids and clock.

        Raises ``NestedCommand`` within another command.
        """
        log = self._log
        if log.open:
            raise NestedCommand("a command runs already")
        log.open, log.last, clock = True, self.ids.last, self.clock
        try:
            yield
        except BaseException:
            log.open = False
            self.rules["undo"](self, log)
            self.clock = clock
            raise
        finally:
            log.open = False
            log.changes.clear()

    def fork(self) -> World:
        """A world that starts out as this one is now; neither sees what is written to the other."""
        if self._log.open:
            raise NestedCommand("a world is not forked within a command")
        twin = World(self.seed, self.clock)
        twin.ids.last = self.ids.last
        twin.rules = self.rules.fork()
        twin.options = dict(self.options)
        for mine, its in [(self, twin), *((part, twin.part(name)) for name, part in self._parts.items())]:
            its._tables = {name: table.fork(twin._log) for name, table in mine._tables.items()}
        return twin

    def state(self) -> dict[str, Any]:
        """Rows, indexes, ids and clock as values that compare."""
        content: dict[str, Any] = {name: table.content() for name, table in self._tables.items()}
        parts = {name: part.state()["tables"] for name, part in self._parts.items()}
        return {"tables": content, "parts": parts, "last": self.ids.last, "clock": self.clock, "seed": self.seed}


class Part(World):
    """A part of a world. What it has no tables of its own for is the whole world's: a command of either is one."""

    __slots__ = ("_whole",)

    def __init__(self, whole: World) -> None:
        self._whole = whole
        self._log = whole._log
        self._tables = {}
        self._parts = {}
        self.rules = whole.rules

    @property
    def clock(self) -> Clock:
        return self._whole.clock

    @clock.setter
    def clock(self, clock: Clock) -> None:
        self._whole.clock = clock

    @property
    def ids(self) -> Ids:  # type: ignore[override]
        return self._whole.ids

    @property
    def seed(self) -> int:  # type: ignore[override]
        return self._whole.seed

    @property
    def options(self) -> dict[str, Any]:  # type: ignore[override]
        return self._whole.options

    @property
    def meters(self) -> dict[Hashable, Meter]:  # type: ignore[override]
        return self._whole.meters

    def use_seed(self, seed: int) -> None:
        """Make the ids of the whole world from here on with this seed."""
        self._whole.use_seed(seed)

    def fork(self) -> World:
        """A part is forked with its world."""
        raise TypeError("a part is no world of its own; fork the whole")
