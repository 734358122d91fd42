"""What is linted: a document, bundled, and its hand-written clauses file by file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from specs.bundle import name_of, read_clause_files, read_observed, read_openapi, with_text_code
from specs.clauses import read_clauses
from specs.derive import derive
from specs.errors import BundleError
from specs.load import ROOT, load, names
from specs.model import Clause, Contract, Json, Schema
from specs.nodes import Node, flatten, request_nodes
from specs.normal import normal
from specs.requests import RequestRules


@dataclass(frozen=True, eq=False)
class Subject:
    """One API as lint reads it. Everything derived is made at first use, so that a broken document gets this far."""

    api: str
    document: Mapping[str, Json] = field(repr=False)
    files: Mapping[str, Json] = field(default_factory=dict, repr=False)
    """Name of a clause file -> what stands in it."""
    observed: Mapping[str, Json] = field(default_factory=dict, repr=False)
    """Clause id -> what was observed of released servers."""
    error: BundleError | None = None
    """Why there is no document."""

    @classmethod
    def of(cls, source: Path | str | Contract) -> Subject:
        """From an OpenAPI file (YAML or JSON), the name of an API that is shipped, or a contract.

        Raises ``UnknownApi`` for a name that is neither a file nor an API.
        """
        if isinstance(source, Contract):
            clauses = source.document.get("x-clauses", [])
            own = [clause for clause in clauses if not (isinstance(clause, Mapping) and clause.get("derived"))]
            return cls(source.api, _without_clauses(source.document), {"x-clauses": own})
        path = Path(source)
        if not path.is_file():
            path = ROOT / str(source) / "openapi.yaml"
            if str(source) not in names() or not path.exists():
                return cls.of(load(str(source)))
        ours = path.resolve().is_relative_to(ROOT)
        try:
            document = read_openapi(path, closed=ours)
            api = name_of(document, path)
            if "x-clauses" in document:
                return cls.of(Contract(api, document))
            return cls(api, document, read_clause_files(path.parent / "clauses"), read_observed(path.parent))
        except BundleError as error:
            return cls("", {}, error=error)

    @cached_property
    def contract(self) -> Contract:
        """The document as it is read: what people leave out is filled in."""
        return Contract(self.api, normal(self.document))

    @cached_property
    def derived(self) -> Sequence[Clause]:
        return tuple(derive(self.contract))

    @cached_property
    def hand_written(self) -> Sequence[Clause]:
        return tuple(read_clauses(with_text_code(item) for items in self.files.values() for item in items))

    @property
    def clauses(self) -> Sequence[Clause]:
        return (*self.derived, *self.hand_written)

    @cached_property
    def nodes(self) -> Mapping[str, Mapping[str, Node]]:
        """operationId -> node id -> node."""
        return {operation.id: request_nodes(self.contract, operation) for operation in self.contract}

    @cached_property
    def rules(self) -> Mapping[str, RequestRules]:
        """operationId -> compiled rules of its request."""
        return {operation.id: RequestRules(self.contract, operation) for operation in self.contract}

    def below(self, schema: Schema, pointer: str) -> Schema | None:
        """The schema of what a pointer finds in a value of this schema; ``None`` if the schema knows no such place."""
        schema = flatten(self.contract, schema)
        for token in pointer.split("/")[1:]:
            child = schema.get("properties", {}).get(token.replace("~1", "/").replace("~0", "~"))
            if child is None:
                return None
            schema = flatten(self.contract, child)
        return schema


def _without_clauses(document: Mapping[str, Json]) -> Mapping[str, Json]:
    return {key: value for key, value in document.items() if key != "x-clauses"}
