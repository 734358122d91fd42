"""How values stand on the wire: parameters in their styles, bodies in their media types."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import quote

from specs.model import Parameter, essence

BOUNDARY = "a-part-of-a-conformance-request"
DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}


def text_of(value: Any) -> str:
    """A value as one text; the items of a list, and the names and values of an object, between commas."""
    if isinstance(value, list):
        return ",".join(map(text_of, value))
    if isinstance(value, Mapping):
        return ",".join(text_of(part) for pair in value.items() for part in pair)
    return json.dumps(value) if value is None or isinstance(value, bool) else str(value)


def pairs_of(parameter: Parameter, value: Any) -> Iterator[tuple[str, str]]:
    """The pairs of a query by which a parameter is sent."""
    if isinstance(value, Mapping) and parameter.style == "deepObject":
        yield from ((f"{parameter.name}[{name}]", text_of(item)) for name, item in value.items())
    elif isinstance(value, Mapping) and parameter.explode:
        yield from ((name, text_of(item)) for name, item in value.items())
    elif isinstance(value, list) and parameter.explode:
        yield from ((parameter.name, text_of(item)) for item in value)
    elif isinstance(value, list):
        yield parameter.name, DELIMITERS.get(parameter.style, ",").join(map(text_of, value))
    else:
        yield parameter.name, text_of(value)


def quoted(text: str, safe: str) -> str:
    """A text in a URL. Lone surrogates, which UTF-8 cannot hold, are written as if it could."""
    return quote(text, safe=safe, errors="surrogatepass")


def json_bytes(value: Any) -> bytes:
    """A value as JSON in UTF-8. Lone surrogates become escapes, as JSON writes them."""
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "backslashreplace")


def body_of(media: str, value: Any) -> tuple[str, bytes]:
    """The Content-Type and the bytes of a body. What no form can hold is sent as JSON, so that it is refused."""
    kind = essence(media)
    if kind.endswith("x-www-form-urlencoded") and isinstance(value, Mapping):
        pairs = ((name, text) for name, held in value.items() for text in _form_texts(held))
        return media, "&".join(f"{quoted(name, '')}={quoted(text, '')}" for name, text in pairs).encode()
    if kind.endswith("form-data") and isinstance(value, Mapping):
        return f"{kind}; boundary={BOUNDARY}", b"".join(_parts(value)) + f"--{BOUNDARY}--\r\n".encode()
    if kind.endswith(("text/plain", "octet-stream")) and isinstance(value, str):
        return media, value.encode("utf-8", "surrogatepass")
    return media, json_bytes(value)


def _form_texts(value: Any) -> list[str]:
    """The texts of a field: one for each item of a list, an object as JSON."""
    if isinstance(value, list):
        return [text for item in value for text in _form_texts(item)]
    return [json.dumps(value) if isinstance(value, Mapping) else text_of(value)]


def _parts(value: Mapping[str, Any]) -> Iterator[bytes]:
    for name, held in value.items():
        for text in _form_texts(held):
            yield f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"'.encode()
            yield b"\r\n\r\n" + text.encode("utf-8", "surrogatepass") + b"\r\n"
