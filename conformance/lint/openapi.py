"""Rules of OpenAPI itself, and what our reader asks of an operation beyond it."""

from __future__ import annotations

from collections.abc import Mapping

import jsonschema
from openapi_spec_validator import OpenAPIV30SpecValidator
from openapi_spec_validator.schemas import schema_v30
from openapi_spec_validator.validation.exceptions import OpenAPIValidationError

from conformance.lint.problem import Found
from conformance.lint.subject import Subject
from conformance.lint.walk import of_kind
from specs.schemas import pointer_of

LONGEST = 200
"""Characters of a message."""


def bundle(subject: Subject) -> Found:
    """The files make one document."""
    if subject.error is not None:
        yield subject.error.place, subject.error.message, subject.error.advice


def version(subject: Subject) -> Found:
    """The document is OpenAPI 3.0."""
    stated = subject.document.get("openapi")
    if "swagger" in subject.document and stated is None:
        yield "/swagger", f"the document is Swagger {subject.document['swagger']}", "(convert it to OpenAPI 3.0.3)"
    elif stated is None:
        yield "/openapi", "the document does not say its version", "(write openapi: 3.0.3, if that is what it is)"
    elif not str(stated).startswith("3.0."):
        yield "/openapi", f"the version is {stated}", "(convert it to 3.0.3: other versions are not read)"


def valid(subject: Subject) -> Found:
    """The document is valid OpenAPI 3.0, by openapi-spec-validator.

    Its rules beyond the schema of OpenAPI trip over what the schema refuses, so they come second. What it says of
    defaults it says without a place; the rule of examples says it with one.
    """
    document = dict(subject.document)
    validator = OpenAPIV30SpecValidator(document)
    if not validator.schema_validator.is_valid(document):
        for error in jsonschema.Draft4Validator(dict(schema_v30)).iter_errors(document):
            deepest = _deepest(error)
            yield pointer_of(*map(str, deepest.absolute_path)), deepest.message[:LONGEST], ""
        return
    for found in validator.iter_errors():
        if type(found) is not OpenAPIValidationError:
            yield "", found.message.partition("\n")[0][:LONGEST], ""


def _deepest(error: jsonschema.ValidationError) -> jsonschema.ValidationError:
    """The error behind an error: of alternatives that all fail, what was found furthest inside."""
    while error.context:
        inner = [one for one in error.context if not (one.validator == "required" and one.validator_value == ["$ref"])]
        if not inner:
            break
        error = max(inner, key=lambda one: len(one.absolute_path))
    return error


def operation_named(subject: Subject) -> Found:
    """Every operation has an operationId and exactly one tag."""
    for place in of_kind(subject.document, "operation"):
        if not place.value.get("operationId"):
            yield place.pointer, "the operation has no operationId", "(clauses and handlers are named by it)"
        if len(place.value.get("tags", ())) != 1:
            yield place.pointer, "the operation does not have exactly one tag", "(its tag is the module that serves it)"


def operation_summary(subject: Subject) -> Found:
    """Every operation has a summary."""
    for place in of_kind(subject.document, "operation"):
        if not place.value.get("summary"):
            yield place.pointer, "the operation has no summary", ""


def operation_source(subject: Subject) -> Found:
    """Every operation says which lines of the document describe it, or why it is there without any.

    Only where the root names a document.
    """
    if "x-source" not in subject.document:
        return
    for place in of_kind(subject.document, "operation"):
        lines = place.value.get("x-source", {}).get("lines")
        if lines is None:
            if "x-assumption" not in place.value:
                advice = "(if the document does not print it, x-assumption says where it comes from)"
                yield place.pointer, "the operation has no x-source with lines", advice
        elif lines[0] > lines[1]:
            yield f"{place.pointer}/x-source", f"line {lines[0]} stands behind line {lines[1]}", ""


def response_status(subject: Subject) -> Found:
    """Statuses are numbers."""
    for place in of_kind(subject.document, "responses"):
        for status in place.value:
            if not status.isdecimal() and not status.startswith("x-"):
                yield f"{place.pointer}/{status}", "the status is no number", "(name each status on its own)"


def response_success(subject: Subject) -> Found:
    """Every operation documents what it answers a valid request: a 2xx, ``default`` or a redirection."""
    for place in of_kind(subject.document, "responses"):
        if not any(status[0] in "23" or status == "default" for status in place.value):
            yield place.pointer, "no success is documented", "(add the 2xx that a valid request is answered with)"


def media_schema(subject: Subject) -> Found:
    """Every body that is documented has a schema."""
    for place in of_kind(subject.document, "mediaType"):
        if "schema" not in place.value:
            yield place.pointer, "there is no schema", ""
    for place in of_kind(subject.document, "requestBody", "response"):
        if place.value.get("content") == {}:
            yield f"{place.pointer}/content", "no media type is named", "(leave content out if there is no body)"


def parameter_schema(subject: Subject) -> Found:
    """Every parameter has a schema."""
    for place in of_kind(subject.document, "parameter"):
        if "schema" not in place.value:
            name = place.value.get("name")
            yield place.pointer, f"the parameter {name} has no schema", "(write a schema in the place of content)"


def error_body(subject: Subject) -> Found:
    """Every documented error has a body, since clients read code and message from it."""
    if "x-outcome" not in subject.document:
        return
    for operation in subject.contract:
        for response in operation.responses.values():
            if (response.status >= 400 or response.status in (4, 5)) and not response.media:
                yield f"{operation.pointer}/responses/{response.name}", "the error has no schema", ""


def nullable_type(subject: Subject) -> Found:
    """``nullable`` stands beside ``type``; alone it says nothing in OpenAPI 3.0."""
    for place in of_kind(subject.document, "schema"):
        if place.value.get("nullable") and "type" not in place.value:
            yield place.pointer, "nullable stands without a type", "(write the type beside it)"


def path_parameters(subject: Subject) -> Found:
    """The operations of one path agree about what its parameters are."""
    for item in of_kind(subject.document, "pathItem"):
        seen: dict[str, Mapping[str, object]] = {}
        for place in of_kind({"paths": {"": item.value}}, "operation"):
            for raw in place.value.get("parameters", ()):
                parameter = subject.contract.resolve(raw)
                if parameter["in"] != "path":
                    continue
                schema = seen.setdefault(parameter["name"], parameter.get("schema", {}))
                if schema != parameter.get("schema", {}):
                    yield item.pointer, f"{parameter['name']} has two different schemas", "(declare it once)"
