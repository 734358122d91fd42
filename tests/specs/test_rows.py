"""Coverage from the document's side: every row of the printed page is cited by something that judges it.

``tests/samples/<api>/rows.tsv`` lists the rows of the operations that the contract describes: line, kind, text.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

import specs
from specs.derive import lines_of
from specs.model import Contract, Operation, Schema
from specs.nodes import flatten, request_nodes
from specs.rates import RateLimit

SAMPLES = Path(__file__).parents[1] / "samples"

NARROW = 4
"""A clause that cites more lines than this cites a section, not a sentence."""


@dataclass(frozen=True, slots=True)
class Row:
    line: int
    kind: str
    text: str


def rows_of(api: str) -> list[Row]:
    with (SAMPLES / api / "rows.tsv").open(encoding="utf-8", newline="") as file:
        return [
            Row(int(row["line"]), row["kind"], row["text"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _holds(lines: tuple[int, int] | None, line: int, width: int | None = None) -> bool:
    if lines is None or not lines[0] <= line <= lines[1]:
        return False
    return width is None or lines[1] - lines[0] < width


def _operation(contract: Contract, row: Row) -> Operation | None:
    return next((o for o in contract if _holds(lines_of(o.raw), row.line)), None)


def _of_operation(contract: Contract, operation: Operation, row: Row) -> bool:
    lines = lines_of(operation.raw)
    return lines is not None and lines[0] == row.line


def _of_security(contract: Contract, operation: Operation, row: Row) -> bool:
    return f"{contract.api}.{operation.id}.auth.absent" in contract.clauses


def _of_media(contract: Contract, operation: Operation, row: Row) -> bool:
    return any(media in row.text or media.partition("/")[2] in row.text for media in operation.body_media)


def _of_parameter(contract: Contract, operation: Operation, row: Row) -> bool:
    for raw in operation.raw.get("parameters", ()):
        parameter = contract.resolve(raw)
        if parameter["name"] == row.text.split()[0] and _holds(lines_of(parameter), row.line, NARROW):
            return True
    return False


def _of_field(contract: Contract, operation: Operation, row: Row) -> bool:
    named = "|" in row.text
    for node in request_nodes(contract, operation).values():
        if named and node.id.rpartition(".")[2] != row.text.split()[0]:
            continue
        if node.location == "body" and _holds(lines_of(node.schema), row.line, 2):
            return True
    return False


def _of_response(contract: Contract, operation: Operation, row: Row) -> bool:
    return int(row.text) in operation.responses


def _of_property(contract: Contract, operation: Operation, row: Row) -> bool:
    return any(
        row.text in _properties(contract, contract.at(pointer))
        for response in operation.responses.values()
        for pointer in response.media.values()
    )


def _properties(contract: Contract, schema: Schema) -> Iterator[str]:
    flat = flatten(contract, schema)
    for name, child in flat.get("properties", {}).items():
        yield name
        yield from _properties(contract, child)
    if "items" in flat:
        yield from _properties(contract, flat["items"])


def _of_address(contract: Contract, operation: Operation, row: Row) -> bool:
    return row.text.endswith(f"{contract.base_path}{operation.path}")


def _of_method(contract: Contract, operation: Operation, row: Row) -> bool:
    return operation.method in row.text.split()


def _of_limit(contract: Contract, operation: Operation, row: Row) -> bool:
    limit = RateLimit.of(operation)
    return (
        limit is not None
        and _holds(lines_of(operation.raw["x-rate-limit"]), row.line, NARROW)
        and f" {limit.calls} " in row.text
    )


def _of_body_field(contract: Contract, operation: Operation, row: Row) -> bool:
    node = request_nodes(contract, operation).get(f"body.{row.text}")
    return node is not None and _holds(lines_of(node.schema), row.line)


def _of_body_name(contract: Contract, operation: Operation, row: Row) -> bool:
    return f"body.{row.text}" in request_nodes(contract, operation)


def _answered(contract: Contract, operation: Operation, path: str) -> Schema | None:
    """The schema of a place of the success: ``tasks[].title``."""
    (pointer,) = operation.success.media.values()
    flat = flatten(contract, contract.at(pointer))
    for name in path.split("."):
        child = flat.get("properties", {}).get(name.removesuffix("[]"))
        if child is None:
            return None
        flat = flatten(contract, child)
        if name.endswith("[]"):
            flat = flatten(contract, flat["items"])
    return flat


def _of_answer_field(contract: Contract, operation: Operation, row: Row) -> bool:
    schema = _answered(contract, operation, row.text)
    return schema is not None and _holds(lines_of(schema), row.line)


def _of_value(contract: Contract, operation: Operation, row: Row) -> bool:
    """A value of a table stands in the schema, and a clause says when it is shown."""
    path, _, value = row.text.partition(" = ")
    schema = _answered(contract, operation, path)
    known = [] if schema is None else [str(each) for each in schema.get("enum", ())]
    return value in known and _of_clause(contract, operation, row)


def _of_clause(contract: Contract, operation: Operation, row: Row) -> bool:
    clauses = [clause for clause in contract.clauses.values() if clause.operation == operation.id]
    return any(_holds(clause.lines, row.line, NARROW) for clause in clauses)


CITED: Mapping[str, Callable[[Contract, Operation, Row], bool]] = {
    "operation": _of_operation,
    "authorization": _of_security,
    "media": _of_media,
    "parameter": _of_parameter,
    "field": _of_field,
    "status": _of_response,
    "sample-field": _of_property,
    "sentence": _of_clause,
    "address": _of_address,
    "method": _of_method,
    "limit": _of_limit,
    "body-field": _of_body_field,
    "sample-parameter": _of_body_name,
    "answer-field": _of_answer_field,
    "value": _of_value,
}
"""Kind of a row -> whether the contract cites it narrowly, not by an operation's whole range."""

APIS = [api for api in specs.names() if (SAMPLES / api / "rows.tsv").exists()]


@pytest.mark.parametrize("api", APIS)
def test_every_row_of_the_document_is_cited(api: str) -> None:
    contract = specs.load(api)
    uncited = [
        row
        for row in rows_of(api)
        if (operation := _operation(contract, row)) is None or not CITED[row.kind](contract, operation, row)
    ]
    assert uncited == []


@pytest.mark.parametrize("api", APIS)
def test_every_operation_has_rows(api: str) -> None:
    contract = specs.load(api)
    operations = {operation.id for row in rows_of(api) if (operation := _operation(contract, row))}
    assert operations == {operation.id for operation in contract if lines_of(operation.raw)}


def test_operations_that_the_documents_do_not_print_are_these() -> None:
    silent = [f"{api}.{o.id}" for api in specs.names() for o in specs.load(api) if lines_of(o.raw) is None]
    assert silent == ["supos.queryTotal"]


@pytest.mark.parametrize("api", APIS)
def test_rows_stand_in_the_documents_order_once_each(api: str) -> None:
    lines = [row.line for row in rows_of(api)]
    assert lines == sorted(set(lines))


def test_a_row_that_nothing_cites_is_found() -> None:
    contract = specs.load("supos")
    pending = contract.operations["queryPending"]
    submit = contract.operations["submitTask"]
    assert not _of_parameter(contract, pending, Row(11, "parameter", "user required"))
    assert not _of_parameter(contract, pending, Row(14, "parameter", "username required"))
    assert not _of_field(contract, submit, Row(50, "field", "formData | string"))
    assert not _of_field(contract, submit, Row(48, "field", "formData | string"))
    assert not _of_response(contract, pending, Row(17, "status", "404"))
    assert not _of_property(contract, pending, Row(21, "sample-field", "owner"))
    assert not _of_clause(contract, submit, Row(577, "sentence", "Authorizations:"))


def test_a_row_of_another_table_that_nothing_cites_is_found() -> None:
    contract = specs.load("jodoo")
    (operation,) = contract
    for kind, line, text in (
        ("address", 46, "Request URL: https://api.jodoo.com/api/v4/workflow/instance/list"),
        ("method", 50, "Request Method: GET"),
        ("limit", 48, "Request Frequency: 20 times/second"),
        ("limit", 50, "Request Frequency: 30 times/second"),
        ("body-field", 62, "data_id"),
        ("body-field", 70, "instance_id"),
        ("sample-parameter", 81, "data_id"),
        ("answer-field", 93, "link"),
        ("answer-field", 93, "instance_id"),
        ("answer-field", 157, "tasks[].data_id"),
        ("value", 147, "status = 3"),
        ("value", 146, "status = 0"),
        ("value", 235, "tasks[].create_action = reject"),
    ):
        assert not CITED[kind](contract, operation, Row(line, kind, text)), (kind, text)


@pytest.mark.parametrize("api", APIS)
def test_the_lines_of_nodes_lie_within_the_document_range_of_some_operation(api: str) -> None:
    contract = specs.load(api)
    ranges = [lines for operation in contract if (lines := lines_of(operation.raw))]
    outside = [
        node.id
        for operation in contract
        for node in request_nodes(contract, operation).values()
        if (lines := lines_of(node.schema)) and not any(a <= lines[0] <= lines[1] <= b for a, b in ranges)
    ]
    assert outside == []
