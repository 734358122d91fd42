"""A world: everything that a run of the mock remembers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from mockserver.engine.clock import Clock
from mockserver.engine.errors import NestedCommand
from mockserver.engine.ids import Ids
from mockserver.engine.indexes import Index
from mockserver.engine.rules import Rules
from mockserver.engine.tables import Table, UndoLog


def take_back(world: World, log: UndoLog) -> None:
    """Undo a command that failed: its writes, newest first, and the ids that it has used."""
    for change in reversed(log.changes):
        change.undo()
    world.ids.last = log.last


class World:
    """Tables, clock, ids and rules. Reads need nothing; writes belong into ``command``.

    A write outside of a command is final: that is how worlds are filled before anybody sees them.
    """

    __slots__ = ("_log", "_tables", "clock", "ids", "options", "rules", "seed")

    def __init__(self, seed: int = 0, clock: Clock | None = None) -> None:
        self.seed = seed
        self.clock = clock or Clock()
        self.ids = Ids(seed)
        self.rules = Rules(undo=take_back)
        self.options: dict[str, Any] = {}
        """Settings by name. Reset puts them back; they are no part of a command."""
        self._log = UndoLog()
        self._tables: dict[str, Table[Any]] = {}

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
        twin._tables = {name: table.fork(twin._log) for name, table in self._tables.items()}
        return twin

    def state(self) -> dict[str, Any]:
        """Rows, indexes, ids and clock as values that compare."""
        content: dict[str, Any] = {name: table.content() for name, table in self._tables.items()}
        return {"tables": content, "last": self.ids.last, "clock": self.clock, "seed": self.seed}
