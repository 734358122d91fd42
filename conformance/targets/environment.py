"""What the environment says of a target: it goes before the file, and the command line goes before it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from conformance.errors import ConfigurationError

PREFIX = "CONFORMANCE_"
BASE_URL, CA_BUNDLE, CONTROL_TOKEN = "CONFORMANCE_BASE_URL", "CONFORMANCE_CA_BUNDLE", "CONFORMANCE_CONTROL_TOKEN"
IDENTITY = re.compile(r"CONFORMANCE_(MAIN|OTHER)_([A-Z][A-Z0-9]*)")
HEADER = re.compile(r"CONFORMANCE_HEADER_([A-Z0-9]+(?:_[A-Z0-9]+)*)")
KNOWN = (
    f"{BASE_URL}, {CA_BUNDLE}, {CONTROL_TOKEN}, CONFORMANCE_MAIN_NAME, CONFORMANCE_OTHER_NAME, CONFORMANCE_HEADER_NAME"
)


def with_environment(content: Mapping[str, Any], environment: Mapping[str, str]) -> dict[str, Any]:
    """A target's content with what the environment says in its place. Empty variables count as unset.

    ``CONFORMANCE_MAIN_SK`` is ``identities.main.sk``, ``CONFORMANCE_HEADER_X_GATE`` the header ``X-Gate``.
    Raises ``ConfigurationError`` for a variable that begins like these and means nothing.
    """
    whole = deepcopy(dict(content))
    for name, value in sorted(environment.items()):
        if not name.startswith(PREFIX) or not value:
            continue
        if name == BASE_URL:
            whole["base_url"] = value
        elif name == CA_BUNDLE:
            whole["ca_bundle"] = value
        elif name == CONTROL_TOKEN:
            if "control" in whole:
                whole["control"] = {**whole["control"], "token": value}
        elif found := IDENTITY.fullmatch(name):
            identity, field = found[1].lower(), found[2].lower()
            whole["identities"] = _with(whole.get("identities"), identity, field, value)
        elif found := HEADER.fullmatch(name):
            whole["headers"] = {**(whole.get("headers") or {}), found[1].replace("_", "-").title(): value}
        else:
            raise ConfigurationError(f"the environment variable {name} means nothing here; there are {KNOWN}")
    return whole


def _with(identities: Any, identity: str, field: str, value: str) -> Any:
    before = identities if isinstance(identities, Mapping) else {}
    return {**before, identity: {**before.get(identity, {}), field: value}}
