"""Rules of texts: patterns that every engine can compile, formats that somebody checks."""

from __future__ import annotations

import re

import jsonschema_rs

from conformance.lint.problem import Found, near
from conformance.lint.subject import Subject
from conformance.lint.walk import of_kind
from specs.formats import FORMATS

OPENAPI = frozenset(("int32", "int64", "float", "double", "byte", "binary", "date", "date-time", "password"))
JSON_SCHEMA = frozenset(
    ("email", "hostname", "ipv4", "ipv6", "uri", "uri-reference", "uuid", "regex", "json-pointer", "time", "duration")
)


def patterns(subject: Subject) -> Found:
    """Every pattern compiles in Python and as ECMA 262."""
    for place in of_kind(subject.document, "schema"):
        pattern = place.value.get("pattern")
        if not isinstance(pattern, str):
            continue
        try:
            re.compile(pattern)
        except re.error as error:
            yield f"{place.pointer}/pattern", f"Python cannot compile {pattern!r}: {error}", ""
        try:
            jsonschema_rs.Draft4Validator({"pattern": pattern})
        except jsonschema_rs.ValidationError:
            yield f"{place.pointer}/pattern", f"{pattern!r} is no ECMA 262 expression", "(use what both dialects know)"


def formats(subject: Subject) -> Found:
    """Every format is OpenAPI's, JSON Schema's or of ``specs.formats``."""
    known = OPENAPI | JSON_SCHEMA | FORMATS.keys()
    for place in of_kind(subject.document, "schema"):
        name = place.value.get("format")
        if isinstance(name, str) and name not in known:
            yield f"{place.pointer}/format", f"nobody knows the format {name!r}", near(name, known)
