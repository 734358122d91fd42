"""Links: what of one exchange feeds which node of another request."""

from __future__ import annotations

from typing import Any

import pytest

import specs
from specs.links import Exchanged, Link, links_of, value_of
from specs.model import Contract
from specs.nodes import request_nodes
from specs.requests import ABSENT, Arguments

SUPOS = specs.load("supos")

EXCHANGED = Exchanged(
    request=Arguments({"id": "7"}, {"user": "ann", "tags": ["a"]}, {"X-Unit": "u"}, {"name": "n", "of": [{"a/b": 1}]}),
    status=201,
    content=[{"id": 5, "nothing": None}],
    headers={"location": "/things/5"},
    method="POST",
    url="http://x/things",
)


def document(links: dict[str, Any], shared: dict[str, Any] | None = None) -> Contract:
    """A contract with two operations, of which the first has these links; ``shared`` are those in components."""
    parameters = [
        {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
        {"name": "id", "in": "query", "schema": {"type": "string"}},
    ]
    body = {"content": {"application/json": {"schema": {"type": "object"}}}}
    made = {"description": "", "links": links}
    first = {"operationId": "first", "tags": ["T"], "responses": {"201": made}}
    second = {
        "operationId": "second",
        "tags": ["T"],
        "parameters": parameters,
        "requestBody": body,
        "responses": {"200": {"description": ""}},
    }
    paths = {"/things": {"post": first}, "/things/{id}": {"put": second}}
    return Contract("made", {"paths": paths, "components": {"links": shared or {}}})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$response.body#/0/id", 5),
        ("$response.body", [{"id": 5, "nothing": None}]),
        ("$response.body#/0/nothing", None),
        ("$response.body#/1/id", ABSENT),
        ("$response.body#/id", ABSENT),
        ("$response.header.Location", "/things/5"),
        ("$response.header.ETag", ABSENT),
        ("$request.body#/of/0/a~1b", 1),
        ("$request.path.id", "7"),
        ("$request.query.user", "ann"),
        ("$request.query.absent", ABSENT),
        ("$request.header.X-Unit", "u"),
        ("$statusCode", 201),
        ("$method", "POST"),
        ("$url", "http://x/things"),
        ("$nonsense", ABSENT),
        ("$response.trailer.X", ABSENT),
        ("id-{$response.body#/0/id}/{$request.path.id}", "id-5/7"),
        ("id-{$response.body#/9/id}", ABSENT),
        ("plain", "plain"),
        (3, 3),
        (None, None),
    ],
)
def test_a_runtime_expression_reads_the_exchange(expression: Any, value: Any) -> None:
    assert value_of(expression, EXCHANGED) == value


@pytest.mark.parametrize(
    ("written", "status", "follows"),
    [
        ("200", 200, True),
        ("200", 201, False),
        ("2XX", 204, True),
        ("2xx", 204, True),
        ("2XX", 200, False),
        ("default", 418, True),
        ("default", 200, False),
    ],
)
def test_a_link_follows_an_answer_that_its_response_describes(written: str, status: int, follows: bool) -> None:
    assert Link("a", "first", written, "second", {}).follows(status, {200: ..., 201: ...}) is follows


def test_a_link_feeds_parameters_and_fields_of_the_body() -> None:
    link = {
        "operationId": "second",
        "parameters": {"id": "$response.body#/id", "query.id": "$request.body#/id"},
        "requestBody": {"a": "$response.body#/a", "of": [{"b": "fixed"}]},
    }
    assert [(found.id, found.status, found.target, found.feeds) for found in links_of(document({"next": link}))] == [
        (
            "first.next",
            "201",
            "second",
            {
                "path.id": "$response.body#/id",
                "query.id": "$request.body#/id",
                "body.a": "$response.body#/a",
                "body.of.each.b": "fixed",
            },
        )
    ]


def test_a_whole_body_can_be_fed() -> None:
    (link,) = links_of(document({"next": {"operationId": "second", "requestBody": "$response.body"}}))
    assert link.feeds == {"body": "$response.body"}


def test_a_link_may_stand_in_components_and_name_its_operation_by_reference() -> None:
    links = {"next": {"$ref": "#/components/links/next"}}
    shared = {"next": {"operationRef": "#/paths/~1things~1{id}/put", "parameters": {"path.id": "$response.body#/id"}}}
    (link,) = links_of(document(links, shared))
    assert (link.target, link.feeds) == ("second", {"path.id": "$response.body#/id"})


@pytest.mark.parametrize("link", [{"operationRef": "https://other.example/api.json#/paths/~1x/get"}, {}])
def test_a_link_out_of_the_document_is_left_out(link: dict[str, Any]) -> None:
    assert list(links_of(document({"next": link}))) == []


def test_every_link_of_supos_feeds_nodes_that_there_are() -> None:
    strays = [
        (link.id, node)
        for link in links_of(SUPOS)
        for node in link.feeds
        if node not in request_nodes(SUPOS, SUPOS.operations[link.target])
    ]
    assert strays == []


def test_every_operation_of_supos_begins_or_ends_a_link() -> None:
    linked = {name for link in links_of(SUPOS) for name in (link.source, link.target)}
    assert set(SUPOS.operations) - linked == set()


def test_a_started_process_leads_to_all_that_shows_or_ends_it() -> None:
    assert {link.target for link in links_of(SUPOS) if link.source == "startProcess"} == {
        "getDetail",
        "queryLog",
        "getUrgeInfo",
        "queryProcess",
        "queryPending",
        "queryCompletive",
        "queryTotal",
        "cancel",
    }
