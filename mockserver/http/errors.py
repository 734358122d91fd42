"""Refusals as bodies: every one in the shape of the API that refuses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from mockserver.errors import Fault, Refused, Unauthorized
from specs.errors import message_of, render
from specs.model import Contract, Json, Operation
from specs.requests import Finding


@dataclass(frozen=True, slots=True)
class Refusal:
    """A refusal, ready to be written."""

    status: int
    body: Json
    headers: Sequence[tuple[str, str]] = ()


class Refusals:
    """Words the refusals of one operation."""

    def __init__(self, contract: Contract, operation: Operation, scheme: Mapping[str, Json]) -> None:
        self.contract = contract
        self.operation = operation
        self._unauthorized = scheme.get("x-error", {})
        self._messages: dict[tuple[str, str], str | None] = {}

    def of_finding(self, finding: Finding) -> Refusal:
        """The answer to a broken rule: the documented words for its code, else the place that is wrong."""
        field = finding.node.removesuffix(".each").rpartition(".")[2]
        return self.of_refused(Refused(finding.code, message=self._documented(finding.code, field) or finding.message))

    def of_refused(self, refused: Refused) -> Refusal:
        """The answer to a refusal of a handler. Raises ``Fault`` for a code that the operation does not document."""
        default = self.contract.error_default
        code = refused.code or default.code
        status = refused.status
        if status is None:
            listed = None if code is None else self.operation.status_of(code)
            if listed is None and code != default.code:
                raise Fault("response", f"the code {code} is not documented for {self.operation.id}")
            status = default.status if listed is None else listed
        message = refused.message or self._documented(code) or HTTPStatus(status).phrase
        return Refusal(status, render(self.contract, status, code, message), refused.headers)

    def of_unauthorized(self, unauthorized: Unauthorized) -> Refusal:
        """The answer to missing or wrong credentials: status and code of the security scheme's ``x-error``."""
        status = self._unauthorized.get("status", 401)
        code = self._unauthorized.get("code")
        code = None if code is None else str(code)
        message = unauthorized.message or self._documented(code) or str(unauthorized)
        return Refusal(status, render(self.contract, status, code, message), unauthorized.headers)

    def of_fault(self, fault: Fault) -> Refusal:
        """The answer of the net, with the code of a documented 500 if there is one."""
        documented = self.operation.responses.get(500)
        code = next(iter(documented.codes), None) if documented else None
        message = self._documented(code) or "The mock failed; its log says why."
        return Refusal(500, render(self.contract, 500, code, message), (("X-Mock-Fault", fault.kind),))

    def _documented(self, code: str | None, about: str = "") -> str | None:
        if code is None:
            return None
        if (code, about) not in self._messages:
            self._messages[code, about] = message_of(self.contract, self.operation, code, about)
        return self._messages[code, about]


def nothing_there(contract: Contract, path: str) -> Json:
    """The body for a path that an API does not have."""
    return render(contract, 404, contract.error_unrouted, f"there is no operation at {path}")


def wrong_method(contract: Contract, method: str, allowed: Sequence[str]) -> Json:
    """The body for a path that exists with other methods."""
    message = f"{method} is not allowed here; use {', '.join(allowed)}"
    return render(contract, 405, contract.error_unrouted, message)


def unknown_path(base_paths: Sequence[str]) -> Json:
    """The body for a path below no API."""
    return {"message": f"no API is served here; there are {', '.join(sorted(base_paths))}"}
