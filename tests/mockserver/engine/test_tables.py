"""Tables and their indexes."""

from __future__ import annotations

import pytest

from mockserver.engine.errors import DuplicateKey, UnknownKey
from tests.mockserver.engine.strategies import Book, library


def test_a_page_is_a_slice_of_the_sorted_bucket_and_names_its_length() -> None:
    table = library().table("books")
    for key, rank in (("a", 3), ("b", 1), ("c", 2), ("d", 1)):
        table.insert(key, Book(rank, ("up",)))
    page, total = table.page("shelf", "up", 1, 2)
    assert page == [Book(1, ("up",)), Book(2, ("up",))]
    assert total == 4


def test_rows_with_the_same_sort_key_are_listed_by_their_own_key() -> None:
    world = library()
    table = world.table("books")
    for key in ("c", "a", "b"):
        table.insert(key, Book(0, ("up",)))
    assert table.indexes["shelf"].content() == {"up": ((0, "a"), (0, "b"), (0, "c"))}


def test_entries_tell_the_places_of_a_row_apart() -> None:
    table = library().table("books")
    table.indexes["shelf"].keys = lambda book: [("all", (book.rank, shelf)) for shelf in book.shelves]
    table.insert("a", Book(1, ("up", "down")))
    table.insert("b", Book(0, ("left",)))
    page, total = table.entries("shelf", "all", 1, 5)
    assert page == [((1, "down"), Book(1, ("up", "down"))), ((1, "up"), Book(1, ("up", "down")))]
    assert total == 3
    table.remove("a")
    assert table.entries("shelf", "all", 0, 5) == ([((0, "left"), Book(0, ("left",)))], 1)


def test_a_page_behind_the_end_is_empty_and_names_the_length() -> None:
    table = library().table("books")
    table.insert("a", Book(0, ("up",)))
    assert table.page("shelf", "up", 10, 10) == ([], 1)


def test_a_bucket_that_nothing_is_in_has_an_empty_page() -> None:
    assert library().table("books").page("shelf", "nowhere", 0, 10) == ([], 0)


def test_a_row_that_is_replaced_changes_its_buckets() -> None:
    table = library().table("books")
    table.insert("a", Book(0, ("up", "down")))
    table.replace("a", Book(1, ("down", "left")))
    assert table.indexes["shelf"].content() == {"down": ((1, "a"),), "left": ((1, "a"),)}


def test_a_taken_key_is_not_inserted() -> None:
    table = library().table("books")
    table.insert("a", Book(0, ()))
    with pytest.raises(DuplicateKey) as caught:
        table.insert("a", Book(1, ()))
    assert caught.value.args == ("books", "a")
    with pytest.raises(DuplicateKey):
        table.insert_all({"b": Book(1, ()), "a": Book(1, ())})
    assert dict(table.content()[0]) == {"a": Book(0, ())}


def test_a_row_that_is_not_there_is_neither_given_nor_replaced_nor_removed() -> None:
    table = library().table("books")
    for act in (lambda: table["a"], lambda: table.replace("a", Book(0, ())), lambda: table.remove("a")):
        with pytest.raises(UnknownKey):
            act()
    assert table.get("a") is None


def test_a_fork_shares_rows_until_it_is_written_to() -> None:
    world = library()
    table = world.table("books")
    table.insert("a", Book(0, ("up",)))
    twin = world.fork().table("books")
    assert twin._rows is table._rows
    twin.insert("b", Book(1, ("down",)))
    assert twin._rows is not table._rows
    assert twin.indexes["shelf"]._buckets["up"] is table.indexes["shelf"]._buckets["up"]
    assert (len(table), len(twin)) == (1, 2)
