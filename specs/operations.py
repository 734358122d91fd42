"""Reads the operations out of a bundled OpenAPI document (whose paths hold no path-level parameters)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from specs.model import Json, Operation, Parameter, Response

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


def escape(token: str) -> str:
    """A token as it stands in a JSON pointer (RFC 6901)."""
    return token.replace("~", "~0").replace("/", "~1")


def read_operations(document: Mapping[str, Json]) -> Iterator[Operation]:
    """Every operation, in the document's order."""
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                yield _operation(document, path, method, item[method])


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
    media = body.get("content", {})
    security = raw.get("security", document.get("security", []))
    return Operation(
        id=raw["operationId"],
        method=method.upper(),
        path=path,
        tag=raw["tags"][0],
        parameters=tuple(_parameter(_follow(document, p)[0]) for p in raw.get("parameters", ())),
        body=next(iter(media.values()))["schema"] if media else None,
        body_media=tuple(media),
        body_required=bool(body.get("required", False)),
        responses={
            int(status): _response(document, f"{pointer}/responses/{status}", int(status), response)
            for status, response in raw["responses"].items()
        },
        secured=bool(security) and {} not in security,
        pointer=pointer,
        raw=raw,
    )


def _parameter(raw: Mapping[str, Json]) -> Parameter:
    return Parameter(
        name=raw["name"],
        location=raw["in"],
        required=bool(raw.get("required", False)),
        schema=raw["schema"],
        allow_empty=bool(raw.get("allowEmptyValue", False)),
        explode=bool(raw.get("explode", raw.get("style", "form") == "form")),
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
