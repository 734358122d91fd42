"""Credentials on a request, by the security scheme of the document. The judge's own side, written from the contract.

Every function takes the message without credentials, and gives it back with them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from conformance.errors import ConfigurationError
from conformance.transport import Message

Credentials = Mapping[str, str]


def sign_supos(message: Message, credentials: Credentials) -> Message:
    """supOS: HMAC-SHA256 with the secret key over method, path, Content-Type and the canonical query.

    The vendor's clients send a Content-Type with every request, GET included, and sign it.
    """
    if not any(name.lower() == "content-type" for name, _ in message.headers):
        message = _with_header(message, "Content-Type", "application/json;charset=utf-8")
    parts = urlsplit(message.url)
    content_type = next(value for name, value in message.headers if name.lower() == "content-type")
    pairs = parse_qsl(parts.query, keep_blank_values=True)
    query = "&".join(f"{key}={value}" for key, value in sorted((key.lower(), value) for key, value in pairs))
    text = "\n".join((message.method, parts.path, content_type, query, "", ""))
    digest = hmac.new(credentials["sk"].encode(), text.encode(), hashlib.sha256).hexdigest()
    return _with_header(message, "Authorization", f"Sign {credentials['ak']}-{digest}")


def sign_basic(message: Message, credentials: Credentials) -> Message:
    """HTTP basic: user and password."""
    pair = f"{credentials['user']}:{credentials['password']}".encode()
    return _with_header(message, "Authorization", f"Basic {base64.b64encode(pair).decode()}")


def sign_bearer(message: Message, credentials: Credentials) -> Message:
    """HTTP bearer: a token."""
    return _with_header(message, "Authorization", f"Bearer {credentials['token']}")


def _with_header(message: Message, name: str, value: str) -> Message:
    return replace(message, headers=(*message.headers, (name, value)))


SIGNERS: Mapping[str, Callable[[Message, Credentials], Message]] = {
    "supos": sign_supos,
    "basic": sign_basic,
    "bearer": sign_bearer,
}


def signer_of(document: Mapping[str, Any]) -> Callable[[Message, Credentials], Message] | None:
    """What puts credentials on a message for a document; ``None`` when it declares no security."""
    for scheme in document.get("components", {}).get("securitySchemes", {}).values():
        name = scheme.get("x-signature") or scheme.get("scheme")
        if name not in SIGNERS:
            raise ConfigurationError(f"the security scheme {name!r} is not supported; use one of {', '.join(SIGNERS)}")
        return SIGNERS[name]
    return None


FIELDS: Mapping[str, tuple[str, ...]] = {"supos": ("ak", "sk"), "basic": ("user", "password"), "bearer": ("token",)}
"""What each signer takes from an identity."""


def fields_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of an identity that a document's security scheme needs; none if it declares no security."""
    for scheme in document.get("components", {}).get("securitySchemes", {}).values():
        return FIELDS.get(scheme.get("x-signature") or scheme.get("scheme"), ())
    return ()


def spoil(credentials: Credentials) -> Credentials:
    """Credentials that are well-formed and wrong: every secret has another last character."""
    changed = {name: value[:-1] + ("0" if value[-1:] != "0" else "1") for name, value in credentials.items()}
    public = {name: credentials[name] for name in ("ak", "user") if name in credentials}
    return {**changed, **public}


def under_another_scheme(message: Message) -> Message:
    """A message whose credentials stand behind the name of another HTTP scheme than their own."""

    def renamed(value: str) -> str:
        scheme, _, rest = value.partition(" ")
        return f"{'Bearer' if scheme == 'Basic' else 'Basic'} {rest}"

    headers = ((name, renamed(value) if name == "Authorization" else value) for name, value in message.headers)
    return replace(message, headers=tuple(headers))
