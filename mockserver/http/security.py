"""Verifiers that belong to no API."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from typing import Any

from mockserver.adapter import Verifier
from mockserver.errors import Unauthorized
from mockserver.http.bodies import header


def anybody(scope: Mapping[str, Any]) -> object:  # noqa: ARG001 - a verifier is called with the scope
    """Lets every caller in."""
    return None


def bearer(token: str) -> Verifier:
    """Lets callers in that send ``Authorization: Bearer`` and this token."""
    wanted = f"Bearer {token}".encode()

    def verify(scope: Mapping[str, Any]) -> object:
        sent = header(dict(scope), b"authorization") or b""
        if not hmac.compare_digest(sent, wanted):
            raise Unauthorized(headers=(("WWW-Authenticate", "Bearer"),))
        return None

    return verify
