"""What can be wrong with a contract, and how an API words its own errors.

ContractError                 the root: a contract that cannot be used
├── UnknownApi                no such folder below ``specs``
└── BundleError               YAML files that do not make one document
"""

from __future__ import annotations

from collections.abc import Iterator

from specs.model import Contract, Json, Operation


class ContractError(Exception):
    """A contract that cannot be used. ``place`` says where, ``advice`` what to change."""

    def __init__(self, message: str, *, place: str = "", advice: str = "") -> None:
        super().__init__(" ".join(part for part in (f"{place}:" if place else "", message, advice) if part))
        self.message = message
        self.place = place
        self.advice = advice


class UnknownApi(ContractError):
    """No API of that name is shipped."""


class BundleError(ContractError):
    """The YAML files of an API do not make one document."""


def render(contract: Contract, status: int, code: str | None, message: str) -> Json:
    """An error body in the API's shape, as its root ``x-outcome`` describes it.

    ``code`` is written as a number when it is one, ``message`` as text; both at their pointers.
    """
    outcome = contract.document["x-outcome"]
    body: dict[str, Json] = {}
    if code is not None:
        _put(body, outcome["code"], int(code) if code.lstrip("-").isdecimal() else code)
    elif "status" in outcome:
        _put(body, outcome["status"], status)
    _put(body, outcome["message"], message)
    return body


def _put(body: dict[str, Json], pointer: str, value: Json) -> None:
    *parents, last = pointer.split("/")[1:]
    for name in parents:
        body = body.setdefault(name, {})
    body[last] = value


def message_of(contract: Contract, operation: Operation, code: str, about: str = "") -> str | None:
    """The message that a documented example shows for an error code of an operation.

    A code may have several meanings, one example each: the first that names ``about`` is meant, else the first.
    """
    shown = list(_messages(contract, operation, code))
    return next((message for message in shown if about and about in message), shown[0] if shown else None)


def _messages(contract: Contract, operation: Operation, code: str) -> Iterator[str]:
    pointer: str = contract.document["x-outcome"]["message"]
    for response in operation.responses.values():
        for name in response.codes.get(code, ()):
            documented = contract.resolve(contract.at(f"{operation.pointer}/responses/{response.status}"))
            for media in documented["content"].values():
                example = contract.resolve(media.get("examples", {}).get(name, {})).get("value")
                for token in pointer.split("/")[1:]:
                    example = example.get(token) if isinstance(example, dict) else None
                if isinstance(example, str):
                    yield example
