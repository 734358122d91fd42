"""XML from strangers as a plain tree: no DTD, no entities, nothing from outside, and limits on everything."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import ParseError  # the exception only; nothing is parsed with it

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import XMLParser

from mockserver.engine.bpmn.errors import BpmnError

SIZE, DEPTH, ELEMENTS = 1024 * 1024, 50, 20_000
"""The most bytes, levels and elements of a file."""

FILE = "file"


class Element:
    """An XML element. Tag and attributes are written ``{namespace}name`` where they have a namespace."""

    __slots__ = ("attributes", "children", "line", "tag", "text")

    def __init__(self, tag: str, attributes: dict[str, str], line: int) -> None:
        self.tag = tag
        self.attributes = attributes
        self.line = line
        self.children: list[Element] = []
        self.text = ""

    @property
    def name(self) -> str:
        """The tag without its namespace."""
        return self.tag.rpartition("}")[2]

    @property
    def namespace(self) -> str:
        return self.tag[1:].rpartition("}")[0] if self.tag.startswith("{") else ""

    @property
    def place(self) -> str:
        """Where it stands, as a person finds it."""
        name = self.attributes.get("id")
        return f"line {self.line}, {self.name}" + (f" {name!r}" if name else "")

    def each(self, tag: str) -> Iterator[Element]:
        """Its children with that tag."""
        return (child for child in self.children if child.tag == tag)


class _Builder:
    """Makes elements of what the parser meets, within the limits."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.root: Element | None = None
        self._open: list[Element] = []
        self._count = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        element = Element(tag, dict(attributes), self.parser.parser.CurrentLineNumber)
        self._count += 1
        if self._count > ELEMENTS:
            raise BpmnError("elements", element.place, f"the file has more than {ELEMENTS} elements")
        if len(self._open) >= DEPTH:
            raise BpmnError("depth", element.place, f"elements are nested more than {DEPTH} levels deep")
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def end(self, _tag: str) -> None:
        self._open.pop()

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1].text += text

    def close(self) -> None:
        """Part of what the parser asks of a target."""


def read(data: bytes) -> Element:
    """The root element of a file. Raises ``BpmnError``."""
    if len(data) > SIZE:
        raise BpmnError("size", FILE, f"it has {len(data)} bytes, and at most {SIZE} are read")
    builder = _Builder()
    parser = XMLParser(target=builder, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    builder.parser = parser
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise BpmnError("doctype", FILE, "it has a document type or entities", "remove the DOCTYPE") from None
    except ParseError as error:
        raise BpmnError("xml", f"line {error.position[0]}", f"it is no well-formed XML ({error.msg})") from None
    except (ValueError, LookupError) as error:  # an encoding that the parser does not know
        raise BpmnError("xml", FILE, f"it is no readable XML ({error})", "write it in UTF-8") from None
    if builder.root is None:
        raise BpmnError("xml", FILE, "it is empty")
    return builder.root
