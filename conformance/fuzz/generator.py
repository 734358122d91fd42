"""Made-up requests, by Schemathesis. Nothing else in this package knows it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.configuration import set_hypothesis_home_dir
from schemathesis import GenerationMode
from schemathesis.core import NotSet

from conformance.transport import Message
from specs.model import Contract, Operation
from specs.nodes import flatten
from specs.requests import ABSENT, Arguments, decode_parameter

NOT_OURS = ("authorization", "user-agent", "x-schemathesis-testcaseid", "content-length", "accept-encoding")
FIELDS = ("method", "url", "headers", "params", "data", "json", "cookies", "files")


@dataclass(frozen=True, slots=True)
class Generated:
    """One made-up request: as it goes on the wire, and what it says."""

    message: Message
    arguments: Arguments


class Generator:
    """Makes requests for the operations of one contract; the same seed makes the same requests.

    ``folder`` takes what Hypothesis keeps between its calls; nothing else is written anywhere.
    """

    def __init__(self, contract: Contract, address: str, folder: Path) -> None:
        set_hypothesis_home_dir(folder)
        document = {key: value for key, value in contract.document.items() if not key.startswith("x-")}
        self._schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)))
        self._contract = contract
        self._address = address
        self._operations = {found.ok().definition.raw["operationId"]: found.ok() for found in self._all()}

    def _all(self) -> Iterator[Any]:
        yield from self._schema.get_all_operations()

    def requests(self, operation: Operation, *, valid: bool, count: int, seed: int) -> list[Generated]:
        """At most ``count`` requests, each valid by the schema, or each wrong in some way.

        Fewer come back when the schema allows no more, or when what was made cannot be put on the wire.
        """
        mode = GenerationMode.POSITIVE if valid else GenerationMode.NEGATIVE
        made: list[Generated] = []

        @hypothesis.seed(seed)
        @hypothesis.settings(
            max_examples=count,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
            print_blob=False,
        )
        @hypothesis.given(case=self._operations[operation.id].as_strategy(generation_mode=mode))
        def collect(case: Any) -> None:
            message = self._message(case)
            if message is not None:
                made.append(Generated(message, _arguments(self._contract, operation, case, message)))

        try:
            collect()
        except hypothesis.errors.Unsatisfiable:
            return []
        return made[:count]

    def _message(self, case: Any) -> Message | None:
        """The case as a message; ``None`` for what no HTTP client can send (a line break in a header, say)."""
        wanted = case.as_transport_kwargs(base_url=self._address)
        try:
            prepared = requests.Request(**{name: wanted[name] for name in FIELDS if name in wanted}).prepare()
            headers = tuple((name, _latin(value)) for name, value in prepared.headers.items() if _wanted(name))
        except (requests.RequestException, UnicodeError, ValueError):
            return None
        body = prepared.body or b""
        raw = body.encode() if isinstance(body, str) else body
        if not isinstance(raw, bytes):
            return None
        return Message(str(prepared.method), str(prepared.url), headers, raw)


def _arguments(contract: Contract, operation: Operation, case: Any, message: Message) -> Arguments:
    """What a request says, typed as a server reads it: the query from the wire, the rest from the case."""
    sent = parse_qs(urlsplit(message.url).query, keep_blank_values=True)
    texts = {
        "path": {name: [str(value)] for name, value in (case.path_parameters or {}).items()},
        "query": sent,
        "header": {name: [str(value)] for name, value in (case.headers or {}).items()},
    }
    places: dict[str, dict[str, Any]] = {"path": {}, "query": {}, "header": {}}
    for parameter in operation.parameters:
        found = texts[parameter.location].get(parameter.name, [])
        value = decode_parameter(parameter, flatten(contract, parameter.schema), found)
        if value is not ABSENT:
            places[parameter.location][parameter.name] = value
    body = ABSENT if isinstance(case.body, NotSet) else case.body
    return Arguments(places["path"], places["query"], places["header"], body)


def _latin(value: str | bytes) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    text.encode("latin-1")
    return text


def _wanted(name: str) -> bool:
    """Headers that say who made the request are the client's and the transport's business."""
    return name.lower() not in NOT_OURS
