"""HTML as a tree, read by the standard library and strictly: a tag that does not close is an error."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset({"input", "meta", "wbr"})


@dataclass
class Node:
    tag: str
    attributes: dict[str, str | None]
    children: list[Node | str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    def all(self, tag: str = "", **wanted: str | None) -> Iterator[Node]:
        """Every element below this one with that tag and these attributes; ``class_`` holds that one among others."""
        for child in self.children:
            if isinstance(child, Node):
                if tag in ("", child.tag) and all(child.has(name, value) for name, value in wanted.items()):
                    yield child
                yield from child.all(tag, **wanted)

    def one(self, tag: str = "", **wanted: str | None) -> Node:
        (found,) = self.all(tag, **wanted)
        return found

    def has(self, name: str, value: str | None) -> bool:
        if name == "class_":
            return value in (self.attributes.get("class") or "").split()
        return name.replace("_", "-") in self.attributes and self.attributes[name.replace("_", "-")] == value

    def pairs(self) -> list[tuple[str, str]]:
        """Terms and descriptions of the first list below this element."""
        listing = next(self.all("dl"))
        nodes = [child for child in listing.children if isinstance(child, Node)]
        assert [node.tag for node in nodes] == ["dt", "dd"] * (len(nodes) // 2)
        return [(term.text, told.text) for term, told in zip(nodes[::2], nodes[1::2], strict=True)]

    def rows(self) -> list[list[str]]:
        """The cells of every row below this element."""
        return [[cell.text for cell in row.children if isinstance(cell, Node)] for row in self.all("tr")]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Node("", {})
        self.open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs), f"<{tag}> names an attribute twice"
        node = Node(tag, dict(attrs))
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")


def read(text: str) -> Node:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.open == [reader.root], "something is not closed"
    return reader.root
