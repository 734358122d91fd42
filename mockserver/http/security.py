"""Verifiers that belong to no API."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from typing import Any

from mockserver.adapter import Verifier
from mockserver.errors import Unauthorized, UsageError
from mockserver.http.bodies import header

TOKEN = re.compile(r"[!-~]+")
"""Tokens that every client can send."""


def anybody(scope: Mapping[str, Any]) -> object:  # noqa: ARG001 - a verifier is called with the scope
    """Lets every caller in."""
    return None


def bearer(token: str) -> Verifier:
    """Lets callers in that send ``Authorization: Bearer`` and this token.

    Raises ``UsageError`` for a token that no header can carry; the error does not repeat it.
    """
    if not TOKEN.fullmatch(token):
        raise UsageError("the control token is empty, or holds a blank or what is not ASCII; choose another")
    wanted = token.encode()

    def verify(scope: Mapping[str, Any]) -> object:
        kind, _, sent = (header(dict(scope), b"authorization") or b"").partition(b" ")
        if kind.lower() != b"bearer" or not hmac.compare_digest(sent.strip(), wanted):
            raise Unauthorized(headers=(("WWW-Authenticate", "Bearer"),))
        return None

    return verify
