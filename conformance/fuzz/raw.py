"""Requests that no schema describes: the bytes of a valid request, spoilt in ways that have names.

A server may refuse them or make the best of them; whichever it does, its answer must be a documented one. No mutation
takes away or changes what identifies an object, unless into something that identifies none.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from conformance.fuzz.spoiling import (
    Mutation,
    Valid,
    beside_query,
    in_query,
    on_bodies,
    on_json,
    on_media,
    retyped,
    somewhere,
    with_doubled_key,
    with_member,
)
from conformance.wire.transport import Message

DEEP = 20_000
"""Levels of a nested body."""
LONG = 200_000
"""Bytes of a long text in a body."""
LONG_LINE = 3_000
"""Bytes of a long piece of URL or header; a request line of 8,000 is what a server must manage (RFC 9112, 3)."""

JSON, FORM, MULTIPART = "application/json", "application/x-www-form-urlencoded", "multipart/form-data"
NESTED = "[" * DEEP + "]" * DEEP
ABSURD = ("json", "/", ";;;", "application/", '"', "a/b/c", "*/*", "application/json, text/html", "x" * 300)

BODIES: Mapping[str, Mutation] = {
    "body-truncated": on_json(lambda valid, body: body[: valid.chooser.randrange(1, len(body))]),
    "body-not-utf8": on_json(somewhere(b"\xff")),
    "body-utf16": on_json(lambda _, body: body.decode().encode("utf-16")),
    "body-with-bom": on_json(lambda _, body: b"\xef\xbb\xbf" + body),
    "body-with-nul": on_json(somewhere(b"\0")),
    "body-trailing": on_json(lambda valid, body: body + valid.one_of("}", "]", ",", " x", "\0", '{"a": 1}').encode()),
    "body-key-doubled": with_doubled_key(),
    "body-nested": on_json(lambda *_: NESTED.encode()),
    "body-nested-inside": with_member(f'"undocumented": {NESTED}'),
    "body-unclosed": on_json(lambda *_: b"[" * DEEP),
    "body-number-infinite": with_member('"undocumented": 1e999'),
    "body-number-long": with_member(f'"undocumented": {"9" * 5_000}'),
    "body-number-nan": with_member('"undocumented": NaN'),
    "body-surrogate": with_member('"undocumented": "\\ud800"'),
    "body-text-long": with_member(f'"undocumented": "{"a" * LONG}"'),
    "body-keys-many": with_member(", ".join(f'"k{number}": {number}' for number in range(5_000))),
    "body-blank": on_json(lambda valid, _: valid.one_of(" ", "\n", "\t\r\n").encode()),
    "body-scalar": on_json(lambda valid, _: valid.one_of("null", "true", "0", "1.5", '"text"').encode()),
    "body-garbage": on_json(lambda valid, _: valid.chooser.randbytes(40)),
    "body-empty": on_bodies(lambda valid: valid.with_body(b"")),
    "body-undocumented": lambda valid: _undocumented_body(valid),
}
"""Bodies that are no JSON, or JSON that readers disagree on."""

TYPES: Mapping[str, Mutation] = {
    "type-missing": on_bodies(lambda valid: valid.with_type(None)),
    "type-text": on_bodies(lambda valid: valid.with_type("text/plain")),
    "type-xml": on_bodies(lambda valid: valid.with_type("application/xml")),
    "type-form": retyped(JSON, FORM),
    "type-multipart": retyped(JSON, f"{MULTIPART}; boundary=x"),
    "type-json-of-form": retyped(FORM, JSON),
    "type-json-of-parts": retyped(MULTIPART, JSON),
    "type-absurd": on_bodies(lambda valid: valid.with_type(valid.one_of(*ABSURD))),
    "type-charset": on_bodies(lambda v: v.with_type(f"{v.media};charset={v.one_of('utf-16', 'klingon', '')}")),
}
"""Bodies that say that they are something else."""

QUERIES: Mapping[str, Mutation] = {
    "query-not-utf8": in_query("%FF%FE", "%C3", "%ED%A0%80"),
    "query-percent-broken": in_query("%", "%zz", "%u0041"),
    "query-nul": in_query("%00"),
    "query-line-break": in_query("%0D%0AX-Injected:%201"),
    "query-repeated": lambda valid: valid.with_query(f"{valid.query}&{valid.query}") if valid.query else None,
    "query-bracketed": lambda valid: _bracketed(valid),
    "query-unknown": beside_query("undocumented=1", "undocumented"),
    "query-nameless": beside_query("=", "&&", "=x&=y", "&=&"),
    "query-semicolons": beside_query("undocumented=1;other=2", ";;"),
    "query-long": beside_query(f"undocumented={'x' * LONG_LINE}"),
    "query-many": beside_query("&".join(f"u{number}=" for number in range(500))),
}
"""Queries beyond what parameters can say."""

PATHS: Mapping[str, Mutation] = {
    "path-long": lambda valid: valid.with_segment("x" * LONG_LINE),
    "path-not-utf8": lambda valid: valid.with_segment("%FF%FE"),
    "path-percent-broken": lambda valid: valid.with_segment(valid.one_of("%", "%zz")),
    "path-nul": lambda valid: valid.with_segment("%00"),
    "path-cjk": lambda valid: valid.with_segment("%E6%B5%81%E7%A8%8B"),
}
"""Path parameters that name nothing."""

HEADERS: Mapping[str, Mutation] = {
    "header-long": lambda valid: valid.with_headers(("X-Undocumented", "x" * LONG_LINE)),
    "header-many": lambda valid: valid.with_headers(*((f"X-Undocumented-{number}", "1") for number in range(50))),
    "header-odd": lambda valid: valid.with_headers(("X-Undocumented", valid.one_of('"', ";=,", "\xe9", "()<>@", ""))),
    "cookie-odd": lambda valid: valid.with_headers(("Cookie", valid.one_of("=", ";", "a", 'a="', "a=b; a=c", "\xff"))),
}
"""Headers that nobody asked for."""

FORMS: Mapping[str, Mutation] = {
    "form-not-utf8": on_media(FORM, lambda body: body + b"&undocumented=%FF"),
    "form-percent-broken": on_media(FORM, lambda body: body + b"&undocumented=%zz"),
    "form-repeated": on_media(FORM, lambda body: body + b"&" + body),
    "form-nameless": on_media(FORM, lambda body: body + b"&&=&=x"),
    "form-json": on_media(FORM, lambda _: b'{"a": 1}'),
    "multipart-boundary-missing": retyped(MULTIPART, MULTIPART),
    "multipart-boundary-wrong": retyped(MULTIPART, f"{MULTIPART}; boundary=wrong"),
    "multipart-boundary-long": retyped(MULTIPART, f"{MULTIPART}; boundary={'x' * 300}"),
    "multipart-unterminated": on_media(MULTIPART, lambda body: body[: len(body) // 2]),
    "multipart-nameless": on_media(MULTIPART, lambda body: body.replace(b"name=", b"nom=")),
    "multipart-headless": on_media(MULTIPART, lambda body: body.replace(b"Content-", b"")),
    "multipart-not-utf8": on_media(MULTIPART, lambda body: body.replace(b"\r\n\r\n", b"\r\n\r\n\xff")),
    "multipart-text": on_media(MULTIPART, lambda _: b"no parts at all"),
}
"""Forms that are put together wrongly."""

UNSIGNED: Mapping[str, Mutation] = {
    "credentials-missing": lambda valid: valid.message if valid.operation.secured else None,
    "credentials-odd": lambda valid: _odd_credentials(valid),
}
"""Requests that are sent without credentials of ours."""

SIGNED: Mapping[str, Mutation] = {**BODIES, **TYPES, **QUERIES, **PATHS, **HEADERS, **FORMS}
"""Requests that are sent with them."""

MUTATIONS: Mapping[str, Mutation] = {**SIGNED, **UNSIGNED}
"""Every mutation by the name that a finding shows."""


def _undocumented_body(valid: Valid) -> Message | None:
    if valid.operation.body_media:
        return None
    return replace(valid.with_type(JSON), body=b'{"undocumented": [1, null]}')


def _bracketed(valid: Valid) -> Message | None:
    names = valid.query_names
    return beside_query("&".join(f"{name}[]=x&{name}[a]=y" for name in names))(valid) if names else None


def _odd_credentials(valid: Valid) -> Message | None:
    if not valid.operation.secured:
        return None
    odd = valid.one_of("", "Sign", "Sign -", "-", "Basic", "Basic !", "Basic OjpA", "Bearer", "Bearer \xe9", "x" * 500)
    return valid.with_headers(("Authorization", odd))
