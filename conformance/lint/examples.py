"""Rules of examples: what is shown is valid, and each error code is shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.lint.problem import Found
from conformance.lint.subject import Subject
from conformance.lint.walk import Place, of_kind
from specs.model import Json, Response
from specs.schemas import compile_schema, translate


def valid(subject: Subject) -> Found:
    """Every example and default is valid against its schema, as a request or as an answer reads it."""
    for place in of_kind(subject.document, "schema", "parameter", "header", "mediaType"):
        schema = place.value if place.kind == "schema" else place.value.get("schema")
        shown = list(_shown(subject, place))
        if schema is None or not shown:
            continue
        flavour = "response" if place.value.get("readOnly") else place.flavour
        checker = compile_schema(subject.contract, translate(schema, flavour), flavour)
        for pointer, value in shown:
            for error in checker.iter_errors(value):
                inside = "".join(f"/{part}" for part in error.instance_path)
                yield f"{pointer}{inside}", error.message[:200], ""


def _shown(subject: Subject, place: Place) -> Iterator[tuple[str, Json]]:
    names = ("example", "default") if place.kind == "schema" else ("example",)
    for name in names:
        if name in place.value:
            yield f"{place.pointer}/{name}", place.value[name]
    if place.kind == "schema":
        return
    for name, raw in place.value.get("examples", {}).items():
        example = subject.contract.resolve(raw)
        if "value" in example:
            yield f"{place.pointer}/examples/{name}", example["value"]


def codes_shown(subject: Subject) -> Found:
    """Each example that ``x-codes`` names exists and shows that code; each example of an error is named."""
    at: str = subject.document.get("x-outcome", {}).get("code", "")
    for place in of_kind(subject.document, "response"):
        codes: Mapping[str, list[str]] = place.value.get("x-codes", {})
        if not codes:
            continue
        if not at:
            yield f"{place.pointer}/x-codes", "the document does not say where a code stands", "(write x-outcome)"
            return
        for media in place.value.get("content", {}).values():
            shown = {name: subject.contract.resolve(raw) for name, raw in media.get("examples", {}).items()}
            for code, names in codes.items():
                for name in names:
                    if name not in shown:
                        yield f"{place.pointer}/x-codes/{code}", f"there is no example {name!r}", ""
                    elif _code(shown[name].get("value"), at) != code:
                        yield f"{place.pointer}/x-codes/{code}", f"the example {name!r} shows another code", ""
            for name in shown.keys() - {name for names in codes.values() for name in names}:
                yield f"{place.pointer}/x-codes", f"no code names the example {name!r}", ""


def _code(value: Json, pointer: str) -> str | None:
    for token in pointer.split("/")[1:]:
        if not isinstance(value, Mapping) or token not in value:
            return None
        value = value[token]
    return str(value)


def codes_expected(subject: Subject) -> Found:
    """``x-codes`` lists exactly the codes that clauses expect; those of excluded clauses may stand there too.

    A document without any ``x-codes`` lists none.
    """
    if not _lists_codes(subject):
        return
    default = subject.contract.error_default
    schemes = subject.document.get("components", {}).get("securitySchemes", {}).values()
    refusals = {(e["status"], str(e["code"])) for e in (s.get("x-error", {}) for s in schemes) if "code" in e}
    for operation in subject.contract:
        needed: set[tuple[int, str]] = set(refusals) if operation.secured else set()
        allowed = {(default.status, default.code)}
        for clause in subject.clauses:
            if clause.operation != operation.id or clause.expect is None:
                continue
            code = default.code if clause.node is not None and clause.expect.code is None else clause.expect.code
            if code is not None:
                (allowed if clause.excluded else needed).add((clause.expect.status, code))
        for response in operation.responses.values():
            if response.excluded:
                allowed |= _listed(response)
        listed = {pair for response in operation.responses.values() for pair in _listed(response)}
        for status, code in sorted(needed - listed):
            place, advice = f"{operation.pointer}/responses/{status}", "(list it, with an example that shows it)"
            yield place, f"a clause expects {code}, which x-codes does not list", advice
        for status, code in sorted(listed - needed - allowed, key=str):
            yield f"{operation.pointer}/responses/{status}", f"no clause expects {code}, which x-codes lists", ""


def _lists_codes(subject: Subject) -> bool:
    return any("x-codes" in place.value for place in of_kind(subject.document, "response"))


def _listed(response: Response) -> set[tuple[int, str | None]]:
    return {(response.status, code) for code in response.codes}


def codes_of_nodes(subject: Subject) -> Found:
    """The codes of ``x-error`` are listed in ``x-codes``, if the document lists any."""
    if not _lists_codes(subject):
        return
    for operation in subject.contract:
        for node in subject.nodes[operation.id].values():
            for rule, code in node.schema.get("x-error", {}).items():
                if operation.status_of(str(code)) is None:
                    yield f"{operation.id}: {node.id}", f"{code} (rule {rule}) is in no x-codes of the operation", ""
