"""Rules of ``x-pagination`` and ``x-idempotency``: what they point to is in the answer."""

from __future__ import annotations

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from specs.model import Operation, Schema
from specs.nodes import flatten


def pagination(subject: Subject) -> Found:
    """Parameters of ``x-pagination`` exist and agree with it; its pointers exist in the answer."""
    for operation in subject.contract:
        raw = operation.raw.get("x-pagination")
        if raw is None:
            continue
        place = f"{operation.pointer}/x-pagination"
        query = {p.name: flatten(subject.contract, p.schema) for p in operation.parameters if p.location == "query"}
        for field in ("page", "size", "own-filter"):
            if field in raw and raw[field] not in query:
                yield f"{place}/{field}", f"there is no query parameter {raw[field]!r}", near(raw[field], query)
        size = query.get(raw["size"], {})
        for field, keyword in (("default", "default"), ("max", "maximum")):
            if field in raw and size.get(keyword, raw[field]) != raw[field]:
                yield f"{place}/{field}", f"{raw['size']} has a {keyword} of {size[keyword]}", "(let them agree)"
        first = query.get(raw["page"], {}).get("default")
        if first is not None and "first" in raw and first != raw["first"]:
            yield f"{place}/first", f"{raw['page']} has a default of {first}", "(let them agree)"
        yield from _answer_pointers(subject, operation, place)


def _answer_pointers(subject: Subject, operation: Operation, place: str) -> Found:
    raw = operation.raw["x-pagination"]
    body = success_of(subject, operation)
    if body is None:
        yield place, "the success of the operation has no schema", ""
        return
    pointers = {"total": raw.get("total"), **{f"echo/{name}": at for name, at in raw.get("echo", {}).items()}}
    for name, pointer in pointers.items():
        if pointer is not None and subject.below(body, pointer) is None:
            yield f"{place}/{name}", f"the answer has no {pointer}", ""
    listed = subject.below(body, raw["items"])
    if listed is None or "items" not in listed:
        yield f"{place}/items", f"the answer has no list at {raw['items'] or 'its root'}", ""
        return
    for name, pointer in (*(("key", key) for key in raw["key"]), ("sort", raw.get("sort"))):
        if pointer is not None and subject.below(listed["items"], pointer) is None:
            yield f"{place}/{name}", f"an item has no {pointer}", ""


def own(subject: Subject) -> Found:
    """``own`` names an operation, what identifies its object in its answer, and nodes of both requests."""
    for operation in subject.contract:
        raw = operation.raw.get("x-pagination", {}).get("own")
        if raw is None:
            continue
        place = f"{operation.pointer}/x-pagination/own"
        maker = subject.contract.operations.get(raw["operation"])
        if maker is None:
            yield place, f"there is no operation {raw['operation']!r}", near(raw["operation"], subject.nodes)
            continue
        if maker.safe:
            yield place, f"{maker.id} makes nothing: it is a {maker.method}", "(name an operation that makes an item)"
        key = raw.get("key", operation.raw["x-pagination"]["key"])
        if len(key) != len(operation.raw["x-pagination"]["key"]):
            yield f"{place}/key", "the key has not as many parts as that of the listing", ""
        body = success_of(subject, maker)
        for pointer in key:
            if body is None or subject.below(body, pointer) is None:
                yield f"{place}/key", f"the answer of {maker.id} has no {pointer}", ""
        for here, there in raw.get("filter", {}).items():
            for node, one in ((here, operation), (there, maker)):
                if node not in subject.nodes[one.id]:
                    yield f"{place}/filter", f"{one.id} has no {node!r}", near(node, subject.nodes[one.id])


def idempotency(subject: Subject) -> Found:
    """The key of ``x-idempotency`` exists in the answer, its status and code are documented."""
    for operation in subject.contract:
        raw = operation.raw.get("x-idempotency", {})
        place = f"{operation.pointer}/x-idempotency"
        if "key" in raw:
            body = success_of(subject, operation)
            if body is None or subject.below(body, raw["key"]) is None:
                yield f"{place}/key", f"the answer has no {raw['key']}", ""
        if "status" in raw and operation.answer_for(raw["status"]) is None:
            yield f"{place}/status", f"{raw['status']} is not documented here", ""


def success_of(subject: Subject, operation: Operation) -> Schema | None:
    pointer = next(iter(operation.success.media.values()), None)
    return None if pointer is None else subject.contract.at(pointer)
