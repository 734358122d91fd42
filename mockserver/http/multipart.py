"""Multipart forms, by the parser of python-multipart."""

from __future__ import annotations

from collections.abc import Iterator

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from mockserver.errors import Refused

Part = tuple[str, str | None, str, bytes]
"""Field name, file name (None for a plain field), media type, content."""

MAX_PARTS = 1000


class _Collector:
    def __init__(self) -> None:
        self.found: list[tuple[dict[bytes, bytes], bytes]] = []
        self._headers: dict[bytes, bytes] = {}
        self._name = self._value = self._content = b""

    def begin(self) -> None:
        if len(self.found) == MAX_PARTS:
            raise Refused(message=f"body: has more than {MAX_PARTS} parts")
        self._headers, self._name, self._value, self._content = {}, b"", b"", b""

    def name(self, data: bytes, start: int, end: int) -> None:
        self._name += data[start:end]

    def value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def header_end(self) -> None:
        self._headers[self._name.lower()] = self._value
        self._name = self._value = b""

    def content(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def end(self) -> None:
        self.found.append((self._headers, self._content))


def parts(raw: bytes, content_type: str) -> Iterator[Part]:
    """The parts of a multipart form, in the order sent. Raises ``Refused`` for what is none."""
    boundary = parse_options_header(content_type)[1].get(b"boundary")
    if not boundary:
        raise Refused(message="Content-Type: has no boundary")
    collector = _Collector()
    parser = MultipartParser(
        boundary,
        {
            "on_part_begin": collector.begin,
            "on_header_field": collector.name,
            "on_header_value": collector.value,
            "on_header_end": collector.header_end,
            "on_part_data": collector.content,
            "on_part_end": collector.end,
        },
    )
    try:
        parser.write(raw)
        parser.finalize()
    except FormParserError:
        raise Refused(message="body: is no multipart form") from None
    for headers, content in collector.found:
        options = parse_options_header(headers.get(b"content-disposition"))[1]
        name, filename = options.get(b"name", b""), options.get(b"filename")
        media_type = headers.get(b"content-type", b"text/plain").decode("latin-1")
        yield _text(name), None if filename is None else _text(filename), media_type, content


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
