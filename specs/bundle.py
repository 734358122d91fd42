"""Makes ``bundle.json`` of an API: one OpenAPI document without outside references, its clauses included.

``python -m specs.bundle`` writes the bundles and the lists of clause ids; ``--check`` only compares them (exit 1).
YAML is read here and nowhere else, so that running the mock or the suite needs none.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from specs.clauses import write_clause
from specs.derive import derive
from specs.errors import BundleError
from specs.load import ROOT
from specs.model import Contract, Json
from specs.operations import METHODS


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML as JSON: keys are texts, a key that stands twice is an error, timestamps stay texts."""


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Json]:
    mapping: dict[str, Json] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        if key in mapping:
            raise BundleError(f"the key {key!r} stands twice", place=_mark(key_node))
        mapping[key] = loader.construct_object(value_node, deep=True)
    return mapping


def _mark(node: yaml.Node) -> str:
    return f"{Path(node.start_mark.name).name}:{node.start_mark.line + 1}"


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: node.value)


def _read(path: Path) -> Json:
    try:
        with path.open("rb") as file:
            return yaml.load(file, Loader=_Loader)  # noqa: S506 - a safe loader with stricter mappings
    except FileNotFoundError:
        raise BundleError("there is no such file", place=str(path.name)) from None
    except yaml.YAMLError as error:
        raise BundleError(f"not YAML: {error}", place=str(path.name)) from None


class _Bundler:
    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.files: dict[Path, Json] = {}
        self.document: Mapping[str, Json] = self._file(self.root)
        if not isinstance(self.document, Mapping) or not isinstance(self.document.get("paths"), Mapping):
            raise BundleError("this is no OpenAPI document: it has no paths", place=root.name)
        self.names: dict[tuple[Path, str], str] = {}
        for kind, entries in _object(self.document.get("components", {}), "components").items():
            for name, value in _object(entries, f"components/{kind}").items():
                self.names[(self.root, f"/components/{kind}/{name}")] = f"#/components/{kind}/{name}"
                if isinstance(value, Mapping) and "$ref" in value:
                    target = self._target(value["$ref"], self.root)
                    if target in self.names:
                        raise BundleError(f"{name} and {self.names[target]} are one schema under two names")
                    self.names[target] = f"#/components/{kind}/{name}"

    def _file(self, path: Path) -> Json:
        """What stands in a file, read once; another bundler reads it again."""
        if path not in self.files:
            self.files[path] = _read(path)
        return self.files[path]

    def bundle(self) -> dict[str, Json]:
        whole = {key: value for key, value in self.document.items() if key not in ("paths", "components")}
        whole["paths"] = {path: self._path(item) for path, item in self.document["paths"].items()}
        whole["components"] = {
            kind: {name: self._inline(entry) for name, entry in entries.items()}
            for kind, entries in self.document.get("components", {}).items()
        }
        return whole

    def _inline(self, entry: Json) -> Json:
        """An entry of the root: what its reference to another file points to stands in its place."""
        entry = _object(entry, "an entry of paths or components")
        if set(entry) == {"$ref"} and not entry["$ref"].startswith("#"):
            path, pointer = self._target(entry["$ref"], self.root)
            return self._rewrite(_at(self._file(path), pointer, path), path)
        return self._rewrite(entry, self.root)

    def _path(self, item: Json) -> Json:
        """A path item whose own parameters have moved into its operations."""
        item = dict(_object(self._inline(item), "a path"))
        shared = item.pop("parameters", [])
        for method in METHODS:
            if method in item and shared:
                own = item[method].get("parameters", [])
                item[method] = {**item[method], "parameters": [*self._not_among(own, shared), *own]}
        return item

    def _not_among(self, own: list[Json], shared: list[Json]) -> list[Json]:
        """The parameters of a path that an operation does not repeat. Repeating one with another schema is an error."""
        repeated = {(p["in"], p["name"]): p for p in map(self._parameter, own)}
        kept = []
        for raw in shared:
            parameter = self._parameter(raw)
            other = repeated.get((parameter["in"], parameter["name"]))
            if other is None:
                kept.append(raw)
            elif other.get("schema") != parameter.get("schema"):
                raise BundleError(f"the parameter {parameter['name']} has two different schemas", place=self.root.name)
        return kept

    def _parameter(self, raw: Json) -> Json:
        """A parameter behind references that ``_rewrite`` has made point into the root."""
        while "$ref" in raw:
            raw = self._inline(_at(self.document, raw["$ref"].removeprefix("#"), self.root))
        return raw

    def _rewrite(self, value: Json, base: Path) -> Json:
        if isinstance(value, list):
            return [self._rewrite(item, base) for item in value]
        if not isinstance(value, Mapping):
            return value
        if "$ref" in value and isinstance(value["$ref"], str):
            target = self._target(value["$ref"], base)
            if target not in self.names:
                raise BundleError(
                    f"{value['$ref']} has no name",
                    place=base.name,
                    advice="(list it below components of the root document)",
                )
            return {**value, "$ref": self.names[target]}
        return {key: self._rewrite(child, base) for key, child in value.items()}

    @staticmethod
    def _target(ref: str, base: Path) -> tuple[Path, str]:
        file, _, pointer = ref.partition("#")
        return ((base.parent / file).resolve() if file else base), pointer


def _object(value: Json, what: str) -> Mapping[str, Json]:
    if not isinstance(value, Mapping):
        raise BundleError(f"{what} is no object")
    return value


def _at(value: Json, pointer: str, path: Path) -> Json:
    for token in pointer.split("/")[1:]:
        key = token.replace("~1", "/").replace("~0", "~")
        if not isinstance(value, Mapping) or key not in value:
            raise BundleError(f"there is nothing at {pointer}", place=path.name)
        value = value[key]
    return value


def read_openapi(path: Path) -> dict[str, Json]:
    """One self-contained document from an OpenAPI file (YAML or JSON) that may refer to files beside it."""
    return _Bundler(path).bundle()


def read_clause_files(folder: Path) -> dict[str, Json]:
    """Name of each ``clauses/*.yaml`` -> what stands in it, unchecked."""
    return {path.name: _read(path) or [] for path in sorted(folder.glob("*.yaml"))}


def read_hand_written(folder: Path) -> list[dict[str, Json]]:
    """The clauses of ``clauses/*.yaml``, file by file."""
    return [with_text_code(clause) for clauses in read_clause_files(folder).values() for clause in clauses]


def with_text_code(clause: dict[str, Json]) -> dict[str, Json]:
    """A hand-written clause with its code as text, like the derived ones."""
    expect = clause.get("expect", {})
    return {**clause, "expect": {**expect, "code": str(expect["code"])}} if "code" in expect else clause


def build(path: Path) -> dict[str, Json]:
    """The bundle of the API whose root document is at ``path``."""
    document = read_openapi(path)
    api = path.resolve().parent.name
    derived = [write_clause(clause) for clause in derive(Contract(api, document))]
    clauses = [*derived, *read_hand_written(path.parent / "clauses")]
    return {**document, "x-clauses": with_observed(clauses, path.parent / "observed.yaml")}


def with_observed(clauses: list[dict[str, Json]], path: Path) -> list[dict[str, Json]]:
    """Clauses with what ``observed.yaml`` says of released servers: clause id -> list of what was observed.

    Raises ``BundleError`` for an id that no clause has.
    """
    said = _object(_read(path) or {}, "observed.yaml") if path.exists() else {}
    unknown = sorted(said.keys() - {clause["id"] for clause in clauses})
    if unknown:
        raise BundleError(f"there is no clause {unknown[0]}", place=path.name)
    return [
        {**clause, "observed": [*clause.get("observed", []), *said[clause["id"]]]} if clause["id"] in said else clause
        for clause in clauses
    ]


def texts(path: Path) -> dict[Path, str]:
    """The generated files of an API and what must stand in them."""
    bundle = build(path)
    ids = sorted(clause["id"] for clause in bundle["x-clauses"])
    return {
        path.parent / "bundle.json": json.dumps(bundle, ensure_ascii=False, indent=1) + "\n",
        path.parent / "clause-ids.txt": "\n".join(ids) + "\n",
    }


def main(argv: list[str] | None = None) -> int:
    """Write or compare the generated files of every API (or of those named)."""
    parser = argparse.ArgumentParser(prog="python -m specs.bundle", description=main.__doc__)
    parser.add_argument("api", nargs="*", help="APIs to bundle (default: all)")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if a file is out of date")
    options = parser.parse_args(argv)
    stale = []
    for path in sorted(ROOT.glob("*/openapi.yaml")):
        if options.api and path.parent.name not in options.api:
            continue
        for file, text in texts(path).items():
            if file.exists() and file.read_text(encoding="utf-8") == text:
                continue
            stale.append(file)
            if not options.check:
                file.write_text(text, encoding="utf-8")
    for file in stale:
        sys.stdout.write(f"{file.relative_to(ROOT)} {'is out of date' if options.check else 'written'}\n")
    return 1 if stale and options.check else 0


if __name__ == "__main__":
    sys.exit(main())
