"""Jodoo asks for an API key: ``Authorization: Bearer KEY``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.adapter import Verifier
from mockserver.errors import Unauthorized
from specs.model import Json

CREDENTIALS: Mapping[str, str] = {"token": "test-key"}
SCHEME = b"bearer"


class KeyVerifier:
    """Knows some keys."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = {key.encode(): key for key in keys}

    def __call__(self, scope: Mapping[str, Any]) -> str:
        """The key of the caller. Raises ``Unauthorized``."""
        for name, value in scope["headers"]:
            if name == b"authorization":
                scheme, _, sent = value.partition(b" ")
                known = self._keys.get(sent.strip())
                if known is None or scheme.lower() != SCHEME:
                    break
                return known
        raise Unauthorized


def verifier(scheme: Mapping[str, Json]) -> Verifier:  # noqa: ARG001 - Jodoo has one scheme
    """The verifier for the mock's default key."""
    return KeyVerifier([CREDENTIALS["token"]])


def sign(
    method: str,  # noqa: ARG001 - a key is the same for every request
    url: str,  # noqa: ARG001
    headers: Sequence[tuple[str, str]],
    credentials: Mapping[str, str],
) -> list[tuple[str, str]]:
    """The headers that a request needs: the Content-Type of its body (unless given) and ``Authorization``."""
    given = next((value for name, value in headers if name.lower() == "content-type"), "application/json")
    return [("Content-Type", given), ("Authorization", f"Bearer {credentials['token']}")]
