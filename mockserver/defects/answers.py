"""Response defects, generated from the document for every operation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from mockserver.defects.model import Defect, Undo
from mockserver.defects.requests import other_code
from mockserver.defects.seams import Seams
from mockserver.defects.tamper import Change, Outgoing, Tampered
from specs.derive import OTHER_METHOD
from specs.errors import render
from specs.model import Contract, Operation, Schema
from specs.nodes import flatten
from specs.pagination import Pagination


def answer_defects(contract: Contract, operation: Operation) -> Iterator[Defect]:
    """Every generated response defect of an operation."""
    for clause, kind, text, change in (
        *_success(contract, operation),
        *_refusals(contract, operation),
        *_codes(contract, operation),
        *_pages(contract, operation),
        *_repeats(contract, operation),
        *_aliases(contract, operation),
    ):
        yield Defect(clause, kind, operation.id, f"{operation.id} {text}.", _install(contract, operation, change))


def _install(contract: Contract, operation: Operation, make: Callable[[], Change]) -> Callable[[Seams], Undo]:
    def install(mock: Seams) -> Undo:
        inner = mock.operation(contract.api, operation.id)
        mock.replace(contract.api, operation.id, Tampered(inner, make()))
        return lambda: mock.restore(contract.api, operation.id)

    return install


Row = tuple[str, str, str, Callable[[], Change]]
"""Clause, kind, what is wrong, and what makes a fresh change."""


def _stateless(change: Change) -> Callable[[], Change]:
    return lambda: change


def _success(contract: Contract, operation: Operation) -> Iterator[Row]:
    success = operation.success
    prefix = f"{contract.api}.{operation.id}"
    clause = f"{prefix}.{success.status}.schema"

    def refuse(_asked: bytes, answer: Outgoing) -> Outgoing | None:
        if answer.status != success.status:
            return None
        return _refusal(contract)

    yield f"{prefix}.accepts", "refuses", "refuses valid requests", _stateless(refuse)
    other = next(status for status in (202, 203, 206) if status not in operation.responses)
    yield f"{prefix}.accepts", "other-status", f"succeeds with {other}", _stateless(_on(success.status, _status(other)))
    if not success.media:
        yield clause, "body", "sends a body where none is documented", _stateless(_on(success.status, _a_body))
        return
    yield clause, "media-type", "answers as plain text", _stateless(_on(success.status, _plain_text))
    for pointer in success.media.values():
        for place in _places(contract, contract.at(pointer), (), 0):
            name = "-".join(place.path) or "body"
            for kind, text, change in _spoilt(place):
                yield clause, f"{kind}-{name}", text.format(name), _stateless(_on(success.status, change))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of an answer, ``*`` for each item of a list."""

    path: tuple[str, ...]
    schema: Schema
    required: bool


def _places(
    contract: Contract, schema: Schema, path: tuple[str, ...], depth: int, *, required: bool = False
) -> Iterator[_Place]:
    """Every place of an answer that a valid request may bring, four levels deep."""
    flat = flatten(contract, schema)
    yield _Place(path, flat, required)
    if depth == 4:
        return
    for name in (*flat.get("required", ()), *flat.get("properties", {}).keys() - set(flat.get("required", ()))):
        needed = name in flat.get("required", ())
        yield from _places(contract, flat["properties"][name], (*path, name), depth + 1, required=needed)
    if "items" in flat:
        yield from _places(contract, flat["items"], (*path, "*"), depth + 1)


def _spoilt(place: _Place) -> Iterator[tuple[str, str, Callable[[Outgoing], Outgoing]]]:
    """What may be wrong at a place: kind, words, change."""
    is_text = place.schema.get("type") == "string"
    if place.required:
        yield "drop", "leaves {} out", _drop(place.path)
    if "type" in place.schema:
        yield "retype", "gives {} another type", _set(place.path, [] if is_text else "wrong")
    if not place.schema.keys().isdisjoint(NARROWED):
        yield "misname", "gives {} a value that it cannot have", _set(place.path, "no such value" if is_text else -1)


NARROWED = ("enum", "pattern", "format")
"""Keywords that allow some values of a type only."""


def _refusal(contract: Contract) -> Outgoing:
    """A refusal without a reason."""
    default = contract.error_default
    empty = Outgoing(default.status, contract.error_media.encode(), b"")
    return empty.with_json(render(contract, default.status, default.code, "no"))


def _refusals(contract: Contract, operation: Operation) -> Iterator[Row]:
    clause = f"{contract.api}.error-body"
    status = contract.error_default.status
    outcome = contract.document["x-outcome"]
    others = sorted(_refused_with(contract, operation) - {status})
    documented = [(status, operation.id)] if status in operation.responses else []
    for one, kind in (*documented, *((other, f"{operation.id}-{other}") for other in others)):
        for field in ("code", "message"):
            path = tuple(outcome[field].split("/")[1:])
            text = f"leaves the {field} out of refusals with {one}"
            yield clause, f"{kind}-drop-{field}", text, _stateless(_on(one, _drop(path)))
        yield clause, f"{kind}-media-type", f"refuses with {one} in plain text", _stateless(_on(one, _plain_text))


def _refused_with(contract: Contract, operation: Operation) -> set[int]:
    """The statuses of the refusals that clauses of an operation expect, 500 among them if one is documented."""
    return {
        clause.expect.status
        for clause in contract.clauses.values()
        if clause.operation == operation.id and clause.kind == "error" and clause.expect and not clause.excluded
        if clause.rule != OTHER_METHOD  # nothing is routed to the operation
    }


def _codes(contract: Contract, operation: Operation) -> Iterator[Row]:
    """Hand-written refusals that come with another code or another status."""
    pointer = tuple(contract.document["x-outcome"]["code"].split("/")[1:])
    default = contract.error_default.code
    for clause in contract.clauses.values():
        if clause.operation != operation.id or clause.derived or clause.excluded or clause.expect is None:
            continue
        wanted, other = clause.expect.code or default, other_code(contract, operation, clause)
        if clause.expect.status < 400 or wanted is None:
            continue
        if other is not None:
            change = _when_code(clause.expect.status, pointer, wanted, _set(pointer, int(other)))
            yield clause.id, "other-code", f"gives the code {other} instead of {wanted}", _stateless(change)
        else:
            change = _when_code(clause.expect.status, pointer, wanted, _status(409))
            yield clause.id, "other-status", f"refuses with 409 instead of {clause.expect.status}", _stateless(change)


def _pages(contract: Contract, operation: Operation) -> Iterator[Row]:
    pagination = Pagination.of(operation)
    if pagination is None:
        return
    prefix = f"{contract.api}.{operation.id}.paging"
    status = operation.success.status
    items = tuple(pagination.items.split("/")[1:])

    def edit(change: Callable[[list[Any]], list[Any]]) -> Callable[[], Change]:
        return _stateless(_on(status, _edit(items, lambda found: change(found) if len(found) > 1 else found)))

    yield f"{prefix}.size", "loses-item", "loses the last item of a page", edit(lambda found: found[:-1])
    yield f"{prefix}.walk", "repeats-item", "repeats an item of a page", edit(lambda found: [*found[:-1], found[0]])
    if pagination.total is not None:
        total = tuple(pagination.total.split("/")[1:])
        one_more = _edit(total, lambda value: value + 1)
        yield f"{prefix}.total", "one-more", "counts one too many in its total", _stateless(_on(status, one_more))
        yield (
            f"{prefix}.total",
            "of-page",
            "counts only the page in its total",
            _stateless(_on(status, _total_of_page(items, total))),
        )
    for name, at in pagination.echo.items():
        change = _edit(tuple(at.split("/")[1:]), lambda value: value + 1)
        yield f"{prefix}.echo", name, f"echoes another {name}", _stateless(_on(status, change))
    if pagination.sort is not None:
        yield f"{prefix}.sort", "reversed", "sorts the other way round", edit(lambda found: found[::-1])


def _repeats(contract: Contract, operation: Operation) -> Iterator[Row]:
    promise = operation.raw.get("x-idempotency")
    if promise is None:
        return
    success = operation.success.status
    replays = promise["repeat"] in ("error", "another")
    refusal = _refusal(contract)

    def remembering() -> Change:
        known: dict[bytes, Outgoing] = {}

        def change(asked: bytes, answer: Outgoing) -> Outgoing | None:
            if asked in known:
                return known[asked] if replays else refusal
            if answer.status == success:
                known[asked] = answer
            return None

        return change

    clause = f"{contract.api}.{operation.id}.repeat"
    if replays:
        yield clause, "replayed", "answers a repetition like the first time", remembering
    else:
        yield clause, "refused", "refuses a repetition", remembering


def _aliases(contract: Contract, operation: Operation) -> Iterator[Row]:
    """Refusals below base paths but the first."""
    refusal = _refusal(contract)
    for clause in contract.clauses.values():
        if clause.operation != operation.id or not clause.derived or clause.rule not in contract.base_paths[1:]:
            continue
        below = f"{clause.rule}/".encode()

        def refuse(asked: bytes, _answer: Outgoing, below: bytes = below) -> Outgoing | None:
            return refusal if asked.startswith(below) else None

        yield clause.id, "refuses", f"refuses requests below {clause.rule}", _stateless(refuse)


def _on(status: int, change: Callable[[Outgoing], Outgoing | None]) -> Change:
    return lambda _asked, answer: change(answer) if answer.status == status else None


def _when_code(
    status: int, pointer: tuple[str, ...], code: str, change: Callable[[Outgoing], Outgoing | None]
) -> Change:
    def found(_asked: bytes, answer: Outgoing) -> Outgoing | None:
        if answer.status != status:
            return None
        value = answer.json()
        for name in pointer:
            value = value.get(name) if isinstance(value, dict) else None
        return change(answer) if str(value) == code else None

    return found


def _status(status: int) -> Callable[[Outgoing], Outgoing]:
    return lambda answer: Outgoing(status, answer.media, answer.body)


def _plain_text(answer: Outgoing) -> Outgoing:
    return Outgoing(answer.status, b"text/plain", answer.body)


def _a_body(answer: Outgoing) -> Outgoing:
    return answer.with_json({"code": 0})


def _edit(path: tuple[str, ...], change: Callable[[Any], Any]) -> Callable[[Outgoing], Outgoing]:
    return lambda answer: answer.with_json(_edited(deepcopy(answer.json()), path, change))


def _set(path: tuple[str, ...], value: Any) -> Callable[[Outgoing], Outgoing]:
    return _edit(path, lambda _: value)


def _drop(path: tuple[str, ...]) -> Callable[[Outgoing], Outgoing]:
    def without(holder: Any) -> Any:
        return {name: value for name, value in holder.items() if name != path[-1]}

    return _edit(path[:-1], without)


def _total_of_page(items: tuple[str, ...], total: tuple[str, ...]) -> Callable[[Outgoing], Outgoing]:
    def change(answer: Outgoing) -> Outgoing:
        value = answer.json()
        found = value
        for name in items:
            found = found[name]
        return answer.with_json(_edited(value, total, lambda _: len(found)))

    return change


def _edited(value: Any, path: tuple[str, ...], change: Callable[[Any], Any]) -> Any:
    if not path:
        return change(value)
    head, *rest = path
    if head == "*":
        return [_edited(item, tuple(rest), change) for item in value]
    if head in value:  # what is optional may be absent
        value[head] = _edited(value[head], tuple(rest), change)
    return value
