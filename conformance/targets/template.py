"""A target file to be filled in: every role of an API with what it is for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import specs
from conformance.own.target import left_to_examples
from conformance.wire.signing import fields_of
from specs.model import Contract


def template(contract: Contract) -> str:
    """The file as TOML: what must be said stands there empty, what may be said is commented out."""
    return "\n".join(_lines(contract)) + "\n"


def _lines(contract: Contract) -> Iterator[str]:
    yield f"# A server that speaks the {contract.document['info']['title']}. See the README of workflow-contract-kit."
    yield f'api = "{contract.api}"'
    yield 'base_url = "https://staging.example"'
    yield f'# base_path = "{contract.base_path}"    # if a gateway maps the API elsewhere'
    yield 'writes = "own"    # none: read only; own: only what the run makes itself; full: everything'
    yield '# ca_bundle = "ca.pem"'
    yield '# server = "name-version"    # a released server whose known differences are to be waived'
    yield f"# capabilities = {list(contract.document.get('x-capabilities', {}))}".replace("'", '"')
    yield ""
    yield "[limits]"
    yield "timeout = 10.0    # seconds until an answer must be complete"
    yield "# rate = 20    # requests a second"
    fields = fields_of(contract.document)
    if fields:
        names = ", ".join(f"CONFORMANCE_MAIN_{name.upper()}" for name in fields)
        yield ""
        yield "[identities.main]"
        yield f"# better in the environment: {names}"
        for name in fields:
            yield f'# {name} = ""'
    yield ""
    yield "[headers]"
    yield '# X-Gateway-Key = ""'
    yield ""
    yield "[roles]"
    roles: Mapping[str, Any] = contract.document.get("x-roles", {})
    for name, text in roles.items():
        yield f"# {text}"
        yield f'"{name}" = ""'
    if contract.api not in specs.names():
        yield from _arguments(contract)


def _arguments(contract: Contract) -> Iterator[str]:
    """What a user's own document leaves to its examples."""
    yield ""
    yield "# The requests are made of the document's examples and links. What is said here goes before both;"
    yield '# "{role:NAME}" stands for a role, "{tag}" for a name of the run\'s own.'
    for operation, node, value in left_to_examples(contract):
        yield f"# [arguments.{json.dumps(operation)}]"
        yield f"# {json.dumps(node)} = {json.dumps(value)}"
