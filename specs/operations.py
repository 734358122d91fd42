"""Reads the operations out of a bundled OpenAPI document (whose paths hold no path-level parameters)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from specs.model import Json, Operation, Parameter, Response, essence

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")

NOT_PARAMETERS = ("accept", "authorization", "content-type")
"""Headers that OpenAPI leaves to media types and security, whatever a document declares."""

WRITABLE = ("json", "x-www-form-urlencoded", "form-data", "text/plain", "octet-stream")
"""How media types end of which bodies can be made."""


def escape(token: str) -> str:
    """A token as it stands in a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")


def read_operations(document: Mapping[str, Json]) -> Iterator[Operation]:
    """Every operation, in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item[method])


def operation_name(method: str, path: str) -> str:
    """The name of an operation without an operationId: ``get-orders-orderId``."""
    return re.sub(r"[^A-Za-z0-9_]+", "-", f"{method}{path}").strip("-")


def _follow(document: Mapping[str, Json], value: Mapping[str, Json]) -> tuple[Mapping[str, Json], str | None]:
    """The object behind ``$ref`` and its pointer; the pointer is ``None`` when the value stood in place."""
    pointer = None
    while "$ref" in value:
        pointer = value["$ref"].removeprefix("#")
        value = document
        for token in pointer.split("/")[1:]:
            value = value[token.replace("~1", "/").replace("~0", "~")]
    return value, pointer


def _operation(document: Mapping[str, Json], path: str, method: str, raw: Mapping[str, Json]) -> Operation:
    pointer = f"/paths/{escape(path)}/{method}"
    body, _ = _follow(document, raw.get("requestBody", {}))
    media = _writable_first(body.get("content", {}))
    security = raw.get("security", document.get("security", []))
    parameters = (_parameter(_follow(document, p)[0]) for p in raw.get("parameters", ()))
    return Operation(
        id=raw.get("operationId") or operation_name(method, path),
        method=method.upper(),
        path=path,
        tag=next(iter(raw.get("tags", ())), ""),
        parameters=tuple(p for p in parameters if p.location != "header" or p.name.lower() not in NOT_PARAMETERS),
        body=next(iter(media.values())).get("schema", {}) if media else None,
        body_media=tuple(media),
        body_required=bool(body.get("required", False)),
        responses={
            _status(name): _response(document, f"{pointer}/responses/{name}", _status(name), response)
            for name, response in raw["responses"].items()
            if not name.startswith("x-")
        },
        secured=bool(security) and {} not in security,
        pointer=pointer,
        raw=raw,
    )


def _status(name: str) -> int:
    """A key of ``responses`` as a number: 404, 4 for ``4XX``, 0 for ``default``."""
    return 0 if name == "default" else int(name[0]) if name[1:].upper() == "XX" else int(name)


def _writable_first(media: Mapping[str, Json]) -> Mapping[str, Json]:
    """Media types in the document's order, but those of which no body can be made (XML, say) last."""
    return dict(sorted(media.items(), key=lambda entry: not essence(entry[0]).endswith(WRITABLE)))


def _parameter(raw: Mapping[str, Json]) -> Parameter:
    style = raw.get("style", "")
    return Parameter(
        name=raw["name"],
        location=raw["in"],
        required=bool(raw.get("required", False)),
        schema=raw.get("schema", {}),
        allow_empty=bool(raw.get("allowEmptyValue", False)),
        explode=bool(raw.get("explode", (style or "form") == "form")),
        style=style if style in ("spaceDelimited", "pipeDelimited", "deepObject") else "",
    )


def _response(document: Mapping[str, Json], pointer: str, status: int, raw: Mapping[str, Json]) -> Response:
    response, shared = _follow(document, raw)
    at = shared or pointer
    return Response(
        status=status,
        media={name: f"{at}/content/{escape(name)}/schema" for name in response.get("content", {})},
        codes={str(code): tuple(names) for code, names in response.get("x-codes", {}).items()},
        excluded=response.get("x-excluded"),
    )
