"""A small table, and commands that hypothesis makes up for it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from mockserver.engine.indexes import Index
from mockserver.engine.tables import Table
from mockserver.engine.world import World

QUICK = settings(derandomize=True, deadline=None, max_examples=60, database=None)


@dataclass(frozen=True, slots=True)
class Book:
    """A row: listed under each of its shelves by rank."""

    rank: int
    shelves: tuple[str, ...]


def shelves(book: Book) -> Iterator[tuple[Hashable, Any]]:
    for shelf in book.shelves:
        yield shelf, book.rank


def library() -> World:
    """A world with one empty table and one index."""
    world = World(seed=7)
    world.add_table("books", [Index("shelf", shelves)])
    return world


keys = st.sampled_from("abcdef")
books = st.builds(
    Book, st.integers(0, 3), st.lists(st.sampled_from(("up", "down", "left")), unique=True, max_size=3).map(tuple)
)
step = st.one_of(
    st.tuples(st.just("put"), keys, books), st.tuples(st.just("remove"), keys), st.tuples(st.just("number"))
)
steps = st.lists(step, max_size=12)


def play(world: World, moves: list[tuple[Any, ...]]) -> None:
    """Carry out made-up steps; a key that is not there is not removed."""
    table: Table[Book] = world.table("books")
    for move in moves:
        match move:
            case ("put", key, book):
                (table.replace if key in table else table.insert)(key, book)
            case ("remove", key):
                if key in table:
                    table.remove(key)
            case _:
                world.ids.number()


class Stop(Exception):
    """What ends a command from within."""


def fail(world: World, act: Callable[[], object]) -> None:
    """A command that does something and then fails."""
    with pytest.raises(Stop):
        _act_and_stop(world, act)


def _act_and_stop(world: World, act: Callable[[], object]) -> None:
    with world.command():
        act()
        raise Stop


def expected_index(rows: dict[str, Book]) -> dict[str, tuple[tuple[int, str], ...]]:
    """What the index must hold, computed from the rows alone."""
    found: dict[str, list[tuple[int, str]]] = {}
    for key, book in rows.items():
        for shelf in book.shelves:
            found.setdefault(shelf, []).append((book.rank, key))
    return {shelf: tuple(sorted(entries)) for shelf, entries in found.items()}
