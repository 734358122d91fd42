"""Tables: rows by key, replaced whole, undone exactly, copied when first written to after a fork."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from mockserver.engine.errors import DuplicateKey, UnknownKey
from mockserver.engine.indexes import Index

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Change:
    """One write of a command: what stood under the key before (``None``: nothing)."""

    table: Table[Any]
    key: Hashable
    before: Any

    @property
    def added(self) -> bool:
        """Whether nothing stood there."""
        return self.before is None

    def undo(self) -> None:
        """Put back what stood there."""
        self.table.restore(self.key, self.before)


@dataclass(slots=True)
class UndoLog:
    """What the command that runs has done. While it is closed nothing is recorded."""

    changes: list[Change] = field(default_factory=list)
    """Its writes, oldest first."""
    last: int = 0
    """The last id that was given before it began."""
    open: bool = False


class Table(Generic[Row]):
    """Rows (frozen values, never ``None``) by key, and the indexes that are declared over them."""

    __slots__ = ("_log", "_rows", "_shared", "indexes", "name")

    def __init__(self, name: str, log: UndoLog, indexes: Sequence[Index[Row]] = ()) -> None:
        self.name = name
        self.indexes: dict[str, Index[Row]] = {index.name: index for index in indexes}
        self._log = log
        self._rows: dict[Hashable, Row] = {}
        self._shared = False

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: Hashable) -> bool:
        return key in self._rows

    def __getitem__(self, key: Hashable) -> Row:
        """The row under a key. Raises ``UnknownKey``."""
        row = self._rows.get(key)
        if row is None:
            raise UnknownKey(self.name, key)
        return row

    def get(self, key: Hashable) -> Row | None:
        return self._rows.get(key)

    def values(self) -> Iterator[Row]:
        """All rows, in no order that means anything."""
        return iter(self._rows.values())

    def page(self, index: str, bucket: Hashable, start: int, count: int) -> tuple[list[Row], int]:
        """At most ``count`` rows of one bucket from position ``start`` (from 0), and the bucket's length."""
        entries, total = self.indexes[index].page(bucket, start, count)
        rows = self._rows
        return [rows[key] for _, key in entries], total

    def entries(self, index: str, bucket: Hashable, start: int, count: int) -> tuple[list[tuple[Any, Row]], int]:
        """Like ``page``, each row with its sort key: an index may list one row several times."""
        entries, total = self.indexes[index].page(bucket, start, count)
        rows = self._rows
        return [(sort, rows[key]) for sort, key in entries], total

    def insert(self, key: Hashable, row: Row) -> None:
        """Add a row. Raises ``DuplicateKey``."""
        if key in self._rows:
            raise DuplicateKey(self.name, key)
        self._write(key, None, row)

    def replace(self, key: Hashable, row: Row) -> None:
        """Put another row in the place of one. Raises ``UnknownKey``."""
        self._write(key, self[key], row)

    def remove(self, key: Hashable) -> Row:
        """Take a row away and give it. Raises ``UnknownKey``."""
        row = self[key]
        self._write(key, row, None)
        return row

    def insert_all(self, rows: Mapping[Hashable, Row]) -> None:
        """Add many rows at once. Raises ``DuplicateKey`` before anything is written."""
        if not self._rows.keys().isdisjoint(rows):
            raise DuplicateKey(self.name, next(key for key in rows if key in self._rows))
        if self._log.open:
            self._log.changes.extend(Change(self, key, None) for key in rows)
        self._own()
        self._rows.update(rows)
        for index in self.indexes.values():
            index.add_all(rows)

    def restore(self, key: Hashable, before: Row | None) -> None:
        """Make ``before`` the row under a key, whatever stands there, without recording it."""
        now = self._rows.get(key)
        if now is not before:
            self._apply(key, now, before)

    def content(self) -> tuple[Mapping[Hashable, Row], Mapping[str, Any]]:
        """Rows and indexes as values that compare."""
        return dict(self._rows), {name: index.content() for name, index in self.indexes.items()}

    def fork(self, log: UndoLog) -> Table[Row]:
        """A table with the same rows, recording into another log; neither sees what is written to the other."""
        twin: Table[Row] = Table(self.name, log)
        twin._rows = self._rows
        twin._shared = self._shared = True
        twin.indexes = {name: index.fork() for name, index in self.indexes.items()}
        return twin

    def _write(self, key: Hashable, before: Row | None, after: Row | None) -> None:
        if self._log.open:
            self._log.changes.append(Change(self, key, before))
        self._apply(key, before, after)

    def _apply(self, key: Hashable, before: Row | None, after: Row | None) -> None:
        self._own()
        for index in self.indexes.values():
            if before is not None:
                index.discard(key, before)
            if after is not None:
                index.add(key, after)
        if after is None:
            del self._rows[key]
        else:
            self._rows[key] = after

    def _own(self) -> None:
        if self._shared:
            self._rows = dict(self._rows)
            self._shared = False
