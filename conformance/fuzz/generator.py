"""Made-up requests, by Schemathesis. Nothing else in this package knows it."""

from __future__ import annotations

import contextlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import hypothesis
import requests
import schemathesis
from hypothesis import HealthCheck, Phase
from hypothesis.configuration import set_hypothesis_home_dir
from hypothesis.internal.conjecture.providers import AVAILABLE_PROVIDERS, HypothesisProvider
from hypothesis.internal.constants_ast import Constants
from schemathesis import GenerationMode
from schemathesis.config import SchemathesisConfig
from schemathesis.core.result import Ok

from conformance.wire.transport import Message
from specs.model import Contract, Operation

NOT_OURS = ("user-agent", "x-schemathesis-testcaseid", "content-length", "accept", "accept-encoding", "connection")
FIELDS = ("method", "url", "headers", "params", "data", "json", "cookies", "files")
FIELD_VALUE = re.compile(r"([!-~\x80-\xff]([\t -~\x80-\xff]*[!-~\x80-\xff])?)?")
BACKEND = "conformance"
LONGEST_URL = 7_500
"""Characters; servers need not take a request line of more than 8,000 (RFC 9112, 3)."""
ATTEMPTS = 3
"""How often the generator is asked before fewer different requests than wanted are taken for all there are."""


class Independent(HypothesisProvider):
    """Hypothesis's own choices, each request on its own, and none of them taken from the sources that are loaded.

    Otherwise the same seed would make other requests wherever another module has been imported before, and most
    requests would be variations of those before them.
    """

    @property
    def _local_constants(self) -> Constants:
        return Constants()


AVAILABLE_PROVIDERS[BACKEND] = Independent


class Generator:
    """Makes requests for the operations of one contract; the same seed makes the same requests.

    ``folder`` takes what Hypothesis keeps between its calls; nothing else is written anywhere. ``headers`` are put on
    every request.
    """

    def __init__(self, contract: Contract, address: str, headers: Mapping[str, str], folder: Path) -> None:
        set_hypothesis_home_dir(folder)
        document = {key: value for key, value in contract.document.items() if not key.startswith("x-")}
        config = SchemathesisConfig()  # else it takes what configuration files lie around
        self._schema = schemathesis.openapi.from_dict(json.loads(json.dumps(document)), config=config)
        self._schema.config.generation.update(with_security_parameters=False)
        self._address = address
        self._headers = tuple(headers.items())
        self._operations = {found.definition.raw["operationId"]: found for found in self._all()}

    def _all(self) -> Iterator[Any]:
        """Every operation that Schemathesis can make requests for; it refuses some that OpenAPI allows."""
        for found in self._schema.get_all_operations():
            if isinstance(found, Ok):
                yield found.ok()

    def requests(self, operation: Operation, *, valid: bool, count: int, seed: int) -> list[Message]:
        """At most ``count`` different requests, each valid by the schema, or each wrong in some way.

        Fewer come back when the schema allows no more, or when what was made cannot be put on the wire; none for an
        operation that Schemathesis refuses.
        """
        if operation.id not in self._operations:
            return []
        mode = GenerationMode.POSITIVE if valid else GenerationMode.NEGATIVE
        strategy = self._operations[operation.id].as_strategy(generation_mode=mode)
        made: dict[Message, None] = {}
        for attempt in range(ATTEMPTS):
            wanted = count - len(made)
            if wanted == 0:
                break
            # the first value that is drawn is the simplest one, always the same
            for case in _drawn(strategy, wanted + attempt, seed * ATTEMPTS + attempt):
                message = self._message(case)
                if message is not None:
                    made[message] = None
        return list(made)[:count]

    def _message(self, case: Any) -> Message | None:
        """The case as a message; ``None`` for what no HTTP client can send (a line break in a header, say).

        Bodies that are mere bytes where JSON is meant are made elsewhere, with more care.
        """
        if isinstance(case.body, bytes) and str(case.media_type).endswith("json"):
            return None
        wanted = case.as_transport_kwargs(base_url=self._address)
        try:
            prepared = requests.Request(**{name: wanted[name] for name in FIELDS if name in wanted}).prepare()
            headers = tuple((name, _checked(value)) for name, value in prepared.headers.items() if _wanted(name))
        except (requests.RequestException, UnicodeError, ValueError):
            return None
        body = prepared.body or b""
        raw = body.encode() if isinstance(body, str) else body
        if not isinstance(raw, bytes) or len(str(prepared.url)) > LONGEST_URL:
            return None
        return Message(str(prepared.method), str(prepared.url), (*self._headers, *headers), raw)


def _drawn(strategy: Any, count: int, seed: int) -> list[Any]:
    """At most that many values of a strategy, always the same for a seed."""
    drawn: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
        backend=BACKEND,
    )
    @hypothesis.given(value=strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    with contextlib.suppress(hypothesis.errors.Unsatisfiable):  # a schema may allow nothing, or nothing wrong
        draw()
    return drawn


def _checked(value: str | bytes) -> str:
    """The value of a header. Raises ``ValueError`` for one that HTTP has no place for (RFC 9110, 5.5)."""
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    if not FIELD_VALUE.fullmatch(text):
        raise ValueError("no header can have this value")
    return text


def _wanted(name: str) -> bool:
    """Headers that say who made the request are the client's and the transport's business."""
    return name.lower() not in NOT_OURS
