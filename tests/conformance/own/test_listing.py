"""Paging of a user's own API: items that the run makes, items that are there, and sizes that the document allows."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from conformance.check import items_of, run
from conformance.laws.sizes import Sizes
from conformance.outcome import Outcome, Status
from specs.model import Contract
from specs.pagination import Pagination
from tests.conformance.own.documents import Server, answered, body, document, given_of, operation, parameter, read

ITEM = {"type": "object", "properties": {"id": {"type": "integer"}, "rank": {"nullable": True}}}
LISTED = {"items": {"type": "array", "items": ITEM}, "total": {}}


def things(size: dict[str, Any] | None = None, **pagination: Any) -> dict[str, Any]:
    """A document with a listing of things by owner, and a way to make one."""
    paging = {"style": "page", "page": "page", "size": "size", "items": "/items", "key": ["/id"], **pagination}
    sizes = {"type": "integer", "minimum": 1, **(size or {})}
    parameters = [
        parameter("owner"),
        parameter("kind", schema={"enum": ["a", "b"]}),
        parameter("page", type="integer", schema={"minimum": 1}),
        {"name": "size", "in": "query", "schema": sizes},
    ]
    made = body({"owner": {"type": "string", "maxLength": 40, "example": "ann"}, "number": {"type": "integer"}})
    return document(
        {
            "/things": {
                "get": operation("list", parameters=parameters, responses=answered(LISTED), **{"x-pagination": paging}),
                "post": operation("make", requestBody=made, responses=answered({"id": {"type": "integer"}})),
            }
        }
    )


OWN = {"operation": "make", "filter": {"query.owner": "body.owner"}}


class Things(Server):
    """Keeps things; wrong in a way that a test chooses by changing ``page``."""

    def __init__(self, there: int = 0, default: int = 10) -> None:
        super().__init__(self.serve)
        self.things: list[dict[str, Any]] = [{"id": number, "owner": "other"} for number in range(there)]
        self.default = default

    def serve(self, method: str, path: str, sent: Any) -> tuple[int, Any]:
        if method == "POST":
            self.things.append({"id": len(self.things), **sent})
            return 200, {"id": len(self.things) - 1}
        query = {name: values[0] for name, values in parse_qs(urlsplit(path).query).items()}
        found = [thing for thing in self.things if query.get("owner") in (None, thing["owner"])]
        return 200, self.page(found, int(query.get("page", 1)), int(query.get("size", self.default)))

    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        shown = found[(page - 1) * size : page * size]
        return {"items": [{"id": thing["id"], "rank": thing["id"]} for thing in shown], "total": len(found)}


def judged(contract: Contract, server: Server, **target: Any) -> dict[str, Outcome]:
    """Law -> outcome, for the paging laws."""
    given = given_of(contract, server, **target)
    wanted = [item for item in items_of(contract) if ".paging." in item.clauses[0]]
    return {item.clauses[0].rpartition(".")[2]: run(item, given.client, given) for item in wanted}


def verdicts(outcomes: dict[str, Outcome]) -> dict[str, str]:
    return {law: outcome.status.value for law, outcome in outcomes.items()}


PROMISES = {"default": 10, "max": 50, "total": "/total", "sort": "/rank"}


def test_items_of_the_runs_own_are_made_once_and_all_laws_judged(tmp_path: Path) -> None:
    server = Things(there=30)
    found = judged(read(tmp_path, things(**PROMISES, own=OWN)), server)
    laws = ("size", "walk", "first", "beyond", "total", "default", "maximum", "sort")
    assert verdicts(found) == dict.fromkeys(laws, "pass")
    owners = [thing["owner"] for thing in server.things[30:]]
    assert len(owners) == 12
    assert len(set(owners)) == 1
    assert owners[0].startswith("run-"), "the filter holds a name of the run's own"
    asked = [path for method, path, _ in server.asked if method == "GET"]
    assert {parse_qs(urlsplit(path).query)["owner"][0] for path in asked} == set(owners)
    assert not any("kind=" in path for path in asked), "no other filter narrows the list"


def test_a_filter_that_the_target_lends_is_used_as_it_is(tmp_path: Path) -> None:
    server = Things()
    arguments = {"make": {"body.owner": "lent to {tag}", "body.number": 5}}
    judged(read(tmp_path, things(own=OWN)), server, arguments=arguments)
    assert len({thing["owner"] for thing in server.things}) == 1
    assert server.things[0]["owner"].startswith("lent to run-")
    assert {thing["number"] for thing in server.things} == {5}


def test_a_field_that_no_value_of_the_runs_own_fits_asks_for_one(tmp_path: Path) -> None:
    content = things(own=OWN)
    made = content["paths"]["/things"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    made["properties"]["owner"] = {"type": "string", "enum": ["ann", "bob"]}
    found = judged(read(tmp_path, content), Things())
    assert {str(outcome.blocker) for outcome in found.values()} == {"role arguments.make.body.owner"}


def test_without_a_filter_the_items_are_looked_for_among_those_of_others(tmp_path: Path) -> None:
    contract = read(tmp_path, things(**PROMISES, own={"operation": "make"}))
    assert set(verdicts(judged(contract, Things(there=17))).values()) == {"pass"}

    class Hiding(Things):
        def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
            return super().page([thing for thing in found if thing["id"] != 20], page, size)

    assert verdicts(judged(contract, Hiding(there=17)))["walk"] == "fail"


def test_a_listing_is_taken_as_it_is_where_nothing_says_how_to_fill_it(tmp_path: Path) -> None:
    server = Things(there=23)
    assert set(verdicts(judged(read(tmp_path, things(**PROMISES)), server)).values()) == {"pass"}
    assert {method for method, _, _ in server.asked} == {"GET"}


@pytest.mark.parametrize("there", [0, 1, 5, 6, 10, 11, 40])
def test_too_few_items_block_what_they_cannot_show_and_nothing_else(there: int, tmp_path: Path) -> None:
    needed = {"size": 5, "walk": 6, "first": 1, "total": 1, "default": 11, "maximum": 1, "sort": 2, "beyond": 0}
    found = judged(read(tmp_path, things(**PROMISES)), Things(there=there))
    assert verdicts(found) == {law: "pass" if there >= least else "blocked" for law, least in needed.items()}
    blockers = {str(outcome.blocker) for outcome in found.values() if outcome.status is Status.BLOCKED}
    assert blockers <= {"role items.list"}
    if there == 5:
        assert (
            found["default"].seen == "5 items are listed and 11 are needed; x-pagination.own would say how to make them"
        )


class Refusing(Things):
    """Refuses pages behind the last one."""

    def serve(self, method: str, path: str, sent: Any) -> tuple[int, Any]:
        status, said = super().serve(method, path, sent)
        first = parse_qs(urlsplit(path).query).get("page", ["1"]) == ["1"]
        return (404, {}) if method == "GET" and not said["items"] and not first else (status, said)


@pytest.mark.parametrize("there", [0, 1, 5, 6, 11, 40])
def test_a_listing_that_refuses_what_lies_behind_its_end_is_judged_alike(there: int, tmp_path: Path) -> None:
    contract = read(tmp_path, things(**PROMISES, beyond="error"))
    found = verdicts(judged(contract, Refusing(there=there)))
    needed = {"size": 5, "walk": 6, "first": 1, "total": 1, "default": 11, "maximum": 1, "sort": 2, "beyond": 0}
    assert found == {law: "pass" if there >= least else "blocked" for law, least in needed.items()}
    assert set(verdicts(judged(read(tmp_path, things(**PROMISES, beyond="error", own=OWN)), Refusing())).values()) == {
        "pass"
    }


class NewestFirst(Things):
    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        return super().page(found[::-1], page, size)


class Overlapping(Things):
    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        return super().page(found, 1, size) if page == 2 else super().page(found, page, size)


class Short(Things):
    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        return super().page(found, page, min(size, 3))


class Uncounting(Things):
    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        return {**super().page(found, page, size), "total": None}


class Silent(Things):
    def page(self, found: list[dict[str, Any]], page: int, size: int) -> Any:
        return {"items": [{} for _ in super().page(found, page, size)["items"]], "total": len(found)}


WRONG = [
    (NewestFirst, "sort", "values sorted by: "),
    (Overlapping, "walk", "items "),
    (Short, "size", "items on a page of 5: 5"),
    (Uncounting, "total", "a number at /total"),
    (Silent, "size", "/id in every item"),
]


@pytest.mark.parametrize("own", [OWN, None], ids=["own", "shared"])
@pytest.mark.parametrize(("server", "law", "expected"), WRONG)
def test_a_wrong_listing_is_refuted_whether_its_items_are_the_runs_or_not(
    server: type[Things], law: str, expected: str, own: Any, tmp_path: Path
) -> None:
    content = things(**PROMISES, own=own) if own else things(**PROMISES)
    found = judged(read(tmp_path, content), server(there=40, default=10))
    assert found[law].status is Status.FAIL
    assert found[law].expected.startswith(expected)


def test_two_requests_that_make_one_object_block_by_the_clause_that_forbids_it(tmp_path: Path) -> None:
    class Same(Things):
        def serve(self, method: str, path: str, sent: Any) -> tuple[int, Any]:
            return (200, {"id": 1}) if method == "POST" else super().serve(method, path, sent)

    found = judged(read(tmp_path, things(own=OWN)), Same())
    assert {str(outcome.blocker) for outcome in found.values()} == {"role arguments.make"}
    content = things(own=OWN)
    content["paths"]["/things"]["post"]["x-idempotency"] = {"repeat": "another", "key": "/id"}
    found = judged(read(tmp_path, content), Same())
    assert {str(outcome.blocker) for outcome in found.values()} == {"clause made.make.repeat"}


SIZES = [
    ({}, {}, (1, 5, 4), 12),
    ({"maximum": 3}, {}, (1, 3, 2), 12),
    ({"minimum": 10, "maximum": 100}, {}, (10, 10, 11), 22),
    ({"enum": [10, 25, 50]}, {}, (10, 10, 25), 22),
    ({"enum": [20]}, {}, (20, 20, 20), 42),
    ({"multipleOf": 2}, {}, (2, 6, 4), 14),
    ({}, {"default": 20}, (1, 5, 4), 22),
    ({}, {"default": 100}, (1, 5, 4), 102),
    ({}, {"default": 1000}, (1, 5, 4), 12),
    ({}, {"max": 4}, (1, 4, 3), 12),
]


@pytest.mark.parametrize(("size", "pagination", "tried", "items"), SIZES)
def test_pages_have_sizes_that_the_document_allows(
    size: Any, pagination: Any, tried: tuple[int, int, int], items: int, tmp_path: Path
) -> None:
    contract = read(tmp_path, things(size, **pagination))
    operation_ = contract.operations["list"]
    paging = Pagination.of(operation_)
    assert paging is not None
    sizes = Sizes.of(contract, operation_, paging)
    assert (sizes.one, sizes.some, sizes.other) == tried
    assert sizes.items(paging) == items


@pytest.mark.parametrize("own", [OWN, None], ids=["own", "shared"])
@pytest.mark.parametrize(("size", "pagination"), [row[:2] for row in SIZES])
def test_a_right_server_passes_at_whatever_sizes_there_are(
    size: Any, pagination: Any, own: Any, tmp_path: Path
) -> None:
    promises = {"total": "/total", "sort": "/rank", **pagination, **({"own": own} if own else {})}
    found = judged(read(tmp_path, things(size, **promises)), Things(there=120, default=pagination.get("default", 7)))
    wanted = dict.fromkeys(found, "pass")
    if pagination.get("default") == 1000:
        wanted["default"] = "blocked"
    assert verdicts(found) == wanted
