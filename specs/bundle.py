"""Makes ``bundle.json`` of an API: one OpenAPI document without outside references, its clauses included.

``python -m specs.bundle`` writes the bundles and the lists of clause ids; ``--check`` only compares them (exit 1).
YAML is read here and nowhere else, so that running the mock or the suite needs none.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from specs.clauses import write_clause
from specs.derive import derive
from specs.errors import BundleError
from specs.joining import Joiner, as_object
from specs.load import ROOT
from specs.model import Contract, Json


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """YAML 1.2 as JSON: keys are texts, a key that stands twice is an error, ``no`` and ``12:30`` are texts."""

    yaml_implicit_resolvers: dict[str, Json] = {}


_MERGE = "tag:yaml.org,2002:merge"
for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("int", r"-?(0|[1-9][0-9]*)", "-0123456789"),
    ("float", r"-?(0|[1-9][0-9]*)(\.[0-9]*)?([eE][-+]?[0-9]+)?", "-0123456789"),
    ("merge", r"<<", "<"),
):
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


def _mapping(loader: Any, node: yaml.MappingNode) -> dict[str, Json]:
    mapping: dict[str, Json] = {}
    merged: dict[str, Json] = {}
    for key_node, value_node in node.value:
        key = key_node.value
        value = loader.construct_object(value_node, deep=True)
        if key_node.tag == _MERGE:
            for part in value if isinstance(value, list) else [value]:
                merged = {**as_object(part, "what is merged by <<"), **merged}
            continue
        if key in mapping:
            raise BundleError(f"the key {key!r} stands twice", place=_mark(key_node))
        mapping[key] = value
    return {**merged, **mapping}


def _float(_loader: Any, node: yaml.ScalarNode) -> float:
    return float(node.value)


def _mark(node: yaml.Node) -> str:
    return f"{Path(node.start_mark.name).name}:{node.start_mark.line + 1}"


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)
_Loader.add_constructor("tag:yaml.org,2002:timestamp", lambda _loader, node: node.value)
_Loader.add_constructor("tag:yaml.org,2002:float", _float)


def _read(path: Path) -> Json:
    try:
        if path.suffix == ".json":  # JSON may be indented by tabs, which YAML forbids
            return json.loads(path.read_text(encoding="utf-8-sig"), object_pairs_hook=_pairs)
        with path.open("rb") as file:
            return yaml.load(file, Loader=_Loader)  # noqa: S506 - a safe loader with stricter mappings
    except FileNotFoundError:
        raise BundleError("there is no such file", place=str(path.name)) from None
    except OSError as error:
        raise BundleError(f"the file cannot be read: {error.strerror}", place=str(path.name)) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # what is no UTF-8 is a ValueError
        kind = "JSON" if path.suffix == ".json" else "YAML"
        raise BundleError(f"not {kind}: {' '.join(str(error).split())}", place=str(path.name)) from None


def _pairs(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    mapping = dict(pairs)
    if len(mapping) < len(pairs):
        names = [name for name, _ in pairs]
        raise BundleError(f"the key {next(name for name in names if names.count(name) > 1)!r} stands twice")
    return mapping


def read_openapi(path: Path, *, closed: bool = True) -> dict[str, Json]:
    """One self-contained document from an OpenAPI file (YAML or JSON) that may refer to files beside it.

    ``closed``: each thing that is referred to must have a name below ``components``, as in the documents of ours.
    """
    return Joiner(path, _read, closed=closed).document()


def name_of(document: Mapping[str, Json], path: Path) -> str:
    """The name of an API, with which the ids of its clauses begin: ``x-api``, else made from the title.

    The APIs that are shipped are called as their folders are; so is a document without a title.
    """
    info = document.get("info")
    title = info.get("title") if isinstance(info, Mapping) else None
    folder = path.resolve().parent
    if isinstance(document.get("x-api"), str):
        return str(document["x-api"])
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") if isinstance(title, str) else ""
    if folder.parent == ROOT or not slug:
        return folder.name
    return slug if slug[0].isalpha() else f"api-{slug}"


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
    return with_clauses(Contract(name_of(document, path), document), path.parent)


def with_clauses(contract: Contract, folder: Path) -> dict[str, Json]:
    """The document of a contract with its clauses: derived ones, and those that are written in its folder."""
    derived = [write_clause(clause) for clause in derive(contract)]
    clauses = [*derived, *read_hand_written(folder / "clauses")]
    return {**contract.document, "x-clauses": with_observed(clauses, folder)}


def read_observed(folder: Path) -> Mapping[str, Json]:
    """What ``observed.yaml`` says of released servers, unchecked: clause id -> list of what was observed."""
    path = folder / "observed.yaml"
    return as_object(_read(path) or {}, path.name) if path.exists() else {}


def with_observed(clauses: list[dict[str, Json]], folder: Path) -> list[dict[str, Json]]:
    """Clauses with what was observed of released servers. Raises ``BundleError`` for an id that no clause has."""
    said = read_observed(folder)
    unknown = sorted(said.keys() - {clause["id"] for clause in clauses})
    if unknown:
        raise BundleError(f"there is no clause {unknown[0]}", place="observed.yaml")
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
