"""Rules of names: whatever names something else names something that is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from conformance.lint.walk import of_kind, walk
from conformance.wire.signing import FIELDS, kind_of
from specs.model import Json
from specs.pointers import at


def dangling(subject: Subject) -> Found:
    """Every ``$ref`` (and ``x-json``) points to something."""
    for place in walk(subject.document):
        for value in (place.value, place.value.get("x-json")):
            ref = value.get("$ref") if isinstance(value, Mapping) else None
            if isinstance(ref, str) and not _exists(subject.document, ref):
                yield place.pointer, f"there is nothing at {ref}", near(ref, _targets(subject.document))


def siblings(subject: Subject) -> Found:
    """Nothing stands beside ``$ref``: OpenAPI 3.0 drops it."""
    for place in walk(subject.document):
        if place.is_reference and len(place.value) > 1:
            beside = ", ".join(sorted(name for name in place.value if name != "$ref"))
            yield place.pointer, f"{beside} beside $ref is dropped", "(write allOf: [{$ref: ...}] beside it)"


def security(subject: Subject) -> Found:
    """``security`` names a scheme, and one at least can be served."""
    schemes = subject.document.get("components", {}).get("securitySchemes", {})
    for pointer, requirements in _security(subject):
        unknown = {name for requirement in requirements for name in requirement} - schemes.keys()
        for name in sorted(unknown):
            yield f"{pointer}/security", f"there is no security scheme {name!r}", near(name, schemes)
        served = [all(kind_of(schemes.get(name, {})) in FIELDS for name in requirement) for requirement in requirements]
        if served and not any(served) and not unknown:
            known = ", ".join(FIELDS)
            yield f"{pointer}/security", "no scheme named here can be served", f"(there are: {known})"


def security_refusal(subject: Subject) -> Found:
    """A document with security says how a request without credentials is refused."""
    schemes = subject.document.get("components", {}).get("securitySchemes", {})
    if any(needed for _, needed in _security(subject)) and not any("x-error" in scheme for scheme in schemes.values()):
        yield "/components/securitySchemes", "no scheme has an x-error", "(write x-error: {status: 401})"


def _security(subject: Subject) -> Iterator[tuple[str, list[Mapping[str, Json]]]]:
    """Where security is asked for, and which: alternatives, each of one or more schemes."""
    yield "", subject.document.get("security", [])
    for place in of_kind(subject.document, "operation"):
        yield place.pointer, place.value.get("security", [])


def links(subject: Subject) -> Found:
    """Links name operations."""
    operations = {str(place.value.get("operationId")) for place in of_kind(subject.document, "operation")}
    for place in of_kind(subject.document, "link"):
        name = place.value.get("operationId")
        if name is not None and name not in operations:
            yield place.pointer, f"there is no operation {name!r}", near(name, operations)


def preflight(subject: Subject) -> Found:
    """``x-preflight`` names an operation and nodes of its request."""
    wanted = subject.document.get("x-preflight")
    if wanted is None:
        return
    nodes = subject.nodes.get(wanted["operation"])
    if nodes is None:
        advice = near(wanted["operation"], subject.nodes)
        yield "/x-preflight", f"there is no operation {wanted['operation']!r}", advice
        return
    for name in wanted.get("arguments", {}):
        if name not in nodes:
            yield "/x-preflight/arguments", f"{wanted['operation']} has no {name!r}", near(name, nodes)


def preflight_arguments(subject: Subject) -> Found:
    """``x-preflight`` names all required parameters, so that nothing is left to examples."""
    wanted = subject.document.get("x-preflight", {})
    for node in subject.nodes.get(wanted.get("operation"), {}).values():
        if node.required and node.location != "body" and node.id not in wanted.get("arguments", {}):
            yield "/x-preflight/arguments", f"{node.id} is required", ""


def _exists(document: Mapping[str, Json], ref: str) -> bool:
    if not ref.startswith("#/"):
        return False
    try:
        at(document, ref.removeprefix("#"))
    except LookupError:
        return False
    return True


def _targets(document: Mapping[str, Json]) -> list[str]:
    components = document.get("components")
    return [
        f"#/components/{kind}/{name}"
        for kind, entries in (components.items() if isinstance(components, Mapping) else ())
        for name in (entries if isinstance(entries, Mapping) else ())
    ]
