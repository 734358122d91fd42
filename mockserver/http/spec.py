"""A contract as Connexion wants its specifications, made without work at start.

Connexion copies a document, checks it against the meta-schema and resolves every reference before it serves. The lint
has done the checking; here the references of an operation are resolved when that operation is called first.
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any, Self

from connexion.spec import OpenAPISpecification

from specs.model import Contract, Json


class ContractSpecification(OpenAPISpecification):
    """The live document of a contract; nobody may write into it."""

    def __init__(self, contract: Contract) -> None:
        self.contract = contract
        self._raw_spec = self._spec = contract.document
        self._base_uri = ""
        self._resolved: dict[str, Json] = {}

    def get_operation(self, path: str, method: str) -> Json:
        """An operation object without references, but for those that lead back into themselves."""
        return self._resolve(self._spec["paths"][path][method], ())

    def _resolve(self, value: Json, open_pointers: tuple[str, ...]) -> Json:
        if isinstance(value, list):
            return [self._resolve(item, open_pointers) for item in value]
        if not isinstance(value, dict):
            return value
        ref = value.get("$ref")
        if not isinstance(ref, str):
            return {key: self._resolve(child, open_pointers) for key, child in value.items()}
        if ref in open_pointers:
            return value
        if ref not in self._resolved:
            self._resolved[ref] = self._resolve(self.contract.at(ref.removeprefix("#")), (*open_pointers, ref))
        return self._resolved[ref]

    @property
    def components(self) -> Json:
        return self._spec.get("components", {})

    @property
    def security_schemes(self) -> Json:
        return self.components.get("securitySchemes", {})

    @property
    def base_path(self) -> str:
        return self.contract.base_path

    @base_path.setter
    def base_path(self, base_path: str) -> None:
        if base_path != self.contract.base_path:
            raise ValueError(f"a contract is served at its own base path {self.contract.base_path}, not {base_path}")

    def clone(self) -> Self:
        return type(self)(Contract(self.contract.api, deepcopy(dict(self.contract.document))))

    def published(self) -> dict[str, Any]:
        """The document for readers: without the clauses, which are the judge's."""
        return {key: value for key, value in self._spec.items() if key != "x-clauses"}
