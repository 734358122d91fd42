"""Declared sorted indexes: a page costs what the page costs, however long the list is."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, Generic, TypeVar

Row = TypeVar("Row")
Entry = tuple[Any, Any]
"""Sort key and row key. Entries of one bucket are unique, so their order never depends on that of the writes."""

Keys = Callable[[Row], Iterable[tuple[Hashable, Any]]]
"""From a row to the buckets that list it, each with the row's sort key there."""


class Index(Generic[Row]):
    """Sorted lists of row keys, one a bucket; copied when first written to after a fork."""

    __slots__ = ("_buckets", "_owned", "_shared", "keys", "name")

    def __init__(self, name: str, keys: Keys[Row]) -> None:
        self.name = name
        self.keys = keys
        self._buckets: dict[Hashable, list[Entry]] = {}
        self._owned: set[Hashable] = set()
        self._shared = False

    def page(self, bucket: Hashable, start: int, count: int) -> tuple[list[Entry], int]:
        """At most ``count`` entries of a bucket from position ``start`` (from 0), and how many it has in all."""
        entries = self._buckets.get(bucket)
        return (entries[start : start + count], len(entries)) if entries else ([], 0)

    def content(self) -> Mapping[Hashable, tuple[Entry, ...]]:
        """All buckets with their entries in order, as values that compare."""
        return {bucket: tuple(entries) for bucket, entries in self._buckets.items()}

    def add(self, key: Any, row: Row) -> None:
        for bucket, sort in self.keys(row):
            insort(self._writable(bucket), (sort, key))

    def discard(self, key: Any, row: Row) -> None:
        for bucket, sort in self.keys(row):
            entries = self._writable(bucket)
            del entries[bisect_left(entries, (sort, key))]
            if not entries:
                del self._buckets[bucket]
                self._owned.discard(bucket)

    def add_all(self, rows: Mapping[Any, Row]) -> None:
        """Add many rows at once: each bucket is sorted once."""
        touched: dict[Hashable, list[Entry]] = {}
        for key, row in rows.items():
            for bucket, sort in self.keys(row):
                entries = touched.get(bucket)
                if entries is None:
                    entries = touched[bucket] = self._writable(bucket)
                entries.append((sort, key))
        for entries in touched.values():
            entries.sort()

    def fork(self) -> Index[Row]:
        """An index with the same entries; neither sees what is written to the other."""
        twin = Index(self.name, self.keys)
        twin._buckets = self._buckets
        twin._shared = self._shared = True
        self._owned = set()
        return twin

    def _writable(self, bucket: Hashable) -> list[Entry]:
        if self._shared:
            self._buckets = dict(self._buckets)
            self._shared = False
        if bucket not in self._owned:
            self._buckets[bucket] = list(self._buckets.get(bucket, ()))
            self._owned.add(bucket)
        return self._buckets[bucket]
