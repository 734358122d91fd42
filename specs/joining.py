"""Joins the files of an OpenAPI document into one, without outside references."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from specs.errors import BundleError
from specs.model import Json
from specs.operations import METHODS
from specs.pointers import at

MOST_STEPS = 100
"""References that lead to references, before they are taken to lead nowhere."""


class Joiner:
    """Makes one document of many files.

    ``closed``: whatever is referred to has a name below ``components`` of the root. Otherwise what has none stands in
    the place of its references, or gets a name when it contains itself.
    """

    def __init__(self, root: Path, read: Callable[[Path], Json], *, closed: bool) -> None:
        self.root = root.resolve()
        self._read = read
        self.closed = closed
        self._open: list[tuple[Path, str]] = []
        """Targets that are being put in the place of their references."""
        self._endless: dict[tuple[Path, str], Json] = {}
        """Targets that contain themselves."""
        self.files: dict[Path, Json] = {}
        self.written: Mapping[str, Json] = self._file(self.root)
        if not isinstance(self.written, Mapping) or not isinstance(self.written.get("paths"), Mapping):
            stated = self.written.get("openapi", "3.0") if isinstance(self.written, Mapping) else "3.0"
            kind = "OpenAPI document" if str(stated).startswith("3.0") else f"OpenAPI 3.0 but {stated}"
            raise BundleError(f"this is no {kind}: it has no paths", place=root.name)
        self.names: dict[tuple[Path, str], str] = {}
        for kind, entries in as_object(self.written.get("components", {}), "components").items():
            for name, value in as_object(entries, f"components/{kind}").items():
                self.names[(self.root, f"/components/{kind}/{name}")] = f"#/components/{kind}/{name}"
                if isinstance(value, Mapping) and isinstance(value.get("$ref"), str):
                    target = self._target(value["$ref"], self.root)
                    if target in self.names and closed:
                        raise BundleError(f"{name} and {self.names[target]} are one schema under two names")
                    if closed or target[0] != self.root:
                        self.names.setdefault(target, f"#/components/{kind}/{name}")

    def _file(self, path: Path) -> Json:
        """What stands in a file, read once; another joiner reads it again."""
        if path not in self.files:
            self.files[path] = self._read(path)
        return self.files[path]

    def document(self) -> dict[str, Json]:
        """The whole document. Raises ``BundleError``, which says where it cannot be joined."""
        whole = {key: value for key, value in self.written.items() if key not in ("paths", "components")}
        whole["paths"] = {path: self._path(item) for path, item in self.written["paths"].items()}
        whole["components"] = {
            kind: {name: self._inline(entry) for name, entry in entries.items()}
            for kind, entries in self.written.get("components", {}).items()
        }
        if self._endless:
            schemas = {self.names[target].rpartition("/")[2]: value for target, value in self._endless.items()}
            whole["components"]["schemas"] = {**whole["components"].get("schemas", {}), **schemas}
        _check_endless(whole["components"])
        return whole

    def _inline(self, entry: Json) -> Json:
        """An entry of the root: what its reference to another file points to stands in its place."""
        entry = as_object(entry, "an entry of paths or components")
        if set(entry) == {"$ref"} and isinstance(entry["$ref"], str) and not entry["$ref"].startswith("#"):
            path, pointer = self._target(entry["$ref"], self.root)
            return self._rewrite(_at(self._file(path), pointer, path), path)
        return self._rewrite(entry, self.root)

    def _path(self, item: Json) -> Json:
        """A path item whose own parameters have moved into its operations. What has another shape stays as it is."""
        item = dict(as_object(self._inline(item), "a path"))
        shared = item.get("parameters", [])
        if not isinstance(shared, list):
            return item
        item.pop("parameters", None)
        for method in METHODS:
            operation = item.get(method)
            own = operation.get("parameters", []) if isinstance(operation, Mapping) else None
            if shared and isinstance(own, list):
                item[method] = {**as_object(operation, method), "parameters": [*self._not_among(own, shared), *own]}
        return item

    def _not_among(self, own: list[Json], shared: list[Json]) -> list[Json]:
        """The parameters of a path that an operation does not repeat. Repeating one with another schema is an error."""
        repeated = {self._named(raw): self._parameter(raw) for raw in own}
        kept = []
        for raw in shared:
            other = repeated.get(self._named(raw))
            if other is None:
                kept.append(raw)
            elif other.get("schema") != self._parameter(raw).get("schema"):
                raise BundleError(
                    f"the parameter {other.get('name')} has two different schemas",
                    place=self.root.name,
                    advice="(write it below each operation, not at the path)",
                )
        return kept

    def _named(self, raw: Json) -> tuple[str, str]:
        parameter = self._parameter(raw)
        return str(parameter.get("in")), str(parameter.get("name"))

    def _parameter(self, raw: Json) -> Mapping[str, Json]:
        """A parameter behind references that ``_rewrite`` has made point into the root."""
        for _ in range(MOST_STEPS):
            if not isinstance(raw, Mapping) or not isinstance(raw.get("$ref"), str):
                return raw if isinstance(raw, Mapping) else {}
            raw = self._inline(_at(self.written, raw["$ref"].removeprefix("#"), self.root))
        raise BundleError(f"{raw['$ref']} refers to itself", place=self.root.name)

    def _rewrite(self, value: Json, base: Path) -> Json:
        if isinstance(value, list):
            return [self._rewrite(item, base) for item in value]
        if not isinstance(value, Mapping):
            return value
        if "$ref" in value and isinstance(value["$ref"], str):
            target = self._target(value["$ref"], base)
            if target in self.names:
                return {**value, "$ref": self.names[target]}
            if self.closed:
                raise BundleError(
                    f"{value['$ref']} has no name",
                    place=base.name,
                    advice="(list it below components of the root document)",
                )
            return self._in_place(target, {name: beside for name, beside in value.items() if name != "$ref"})
        return {key: self._rewrite(child, base) for key, child in value.items()}

    def _in_place(self, target: tuple[Path, str], beside: Mapping[str, Json]) -> Json:
        """What a reference points to, in its place; a new reference where it contains itself."""
        if target in self._open:
            path, pointer = target
            stem = re.sub(r"[^A-Za-z0-9]+", "-", f"{path.stem}{pointer}").strip("-")
            taken = self.written.get("components", {}).get("schemas", {})
            name = next(name for name in (stem, *(f"{stem}-{n}" for n in range(2, 99))) if name not in taken)
            self.names[target] = f"#/components/schemas/{name}"
            return {"$ref": self.names[target]}
        self._open.append(target)
        path, pointer = target
        value = self._rewrite(_at(self._file(path), pointer, path), path)
        self._open.pop()
        if target in self.names:
            self._endless[target] = value
            return {"$ref": self.names[target]}
        return {**value, **beside} if isinstance(value, Mapping) else value

    @staticmethod
    def _target(ref: str, base: Path) -> tuple[Path, str]:
        file, _, pointer = ref.partition("#")
        if "://" in file:
            raise BundleError(f"{ref} is on the network", place=base.name, advice="(copy it beside the document)")
        return ((base.parent / unquote(file)).resolve() if file else base), unquote(pointer)


def as_object(value: Json, what: str) -> Mapping[str, Json]:
    """The value, if it is an object. Raises ``BundleError``, which calls it by its name."""
    if not isinstance(value, Mapping):
        raise BundleError(f"{what} is no object")
    return value


def _at(value: Json, pointer: str, path: Path) -> Json:
    if pointer and not pointer.startswith("/"):
        raise BundleError(f"{pointer} is no JSON pointer", place=path.name, advice=f"(write #/{pointer})")
    try:
        return at(value, pointer)
    except LookupError as error:
        raise BundleError(str(error), place=path.name) from None


def _check_endless(components: Mapping[str, Json]) -> None:
    """Nothing is, by references alone, made of itself: nobody could tell what it says."""
    made_of = {
        f"#/components/{kind}/{name}": set(_made_of(entry))
        for kind, entries in components.items()
        for name, entry in entries.items()
    }
    for place in made_of:
        reached: set[str] = set()
        ahead = [place]
        while ahead:
            for other in made_of.get(ahead.pop(), set()) - reached:
                if other == place:
                    name = place.rpartition("/")[2]
                    raise BundleError(f"{name} is made of itself", place=place.removeprefix("#"))
                reached.add(other)
                ahead.append(other)


def _made_of(entry: Json) -> Iterator[str]:
    """The components that an entry is, or is combined of."""
    if not isinstance(entry, Mapping):
        return
    if isinstance(entry.get("$ref"), str):
        yield entry["$ref"]
        return
    for keyword in ("allOf", "anyOf", "oneOf"):
        parts = entry.get(keyword)
        for part in parts if isinstance(parts, list) else ():
            yield from _made_of(part)
