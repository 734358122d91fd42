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
from urllib.parse import parse_qsl, quote, urlsplit

from conformance.errors import ConfigurationError
from conformance.wire.transport import Message
from specs.model import Operation

Credentials = Mapping[str, str]

Signer = Callable[[Message, Credentials], Message]
"""Puts credentials on a message."""


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


def sign_key(place: str, name: str) -> Signer:
    """apiKey: a key under a name in the headers, the query or the cookies."""

    def sign(message: Message, credentials: Credentials) -> Message:
        key = credentials["key"]
        if place == "header":
            return _with_header(message, name, key)
        if place == "query":
            joint = "&" if "?" in message.url else "?"
            return replace(message, url=f"{message.url}{joint}{quote(name, safe='')}={quote(key, safe='')}")
        others = [text for header, text in message.headers if header.lower() == "cookie"]
        rest = tuple(header for header in message.headers if header[0].lower() != "cookie")
        return _with_header(replace(message, headers=rest), "Cookie", "; ".join((*others, f"{name}={key}")))

    return sign


def _with_header(message: Message, name: str, value: str) -> Message:
    return replace(message, headers=(*message.headers, (name, value)))


SIGNERS: Mapping[str, Signer] = {"supos": sign_supos, "basic": sign_basic, "bearer": sign_bearer}

FIELDS: Mapping[str, tuple[str, ...]] = {
    "supos": ("ak", "sk"),
    "basic": ("user", "password"),
    "bearer": ("token",),
    "apiKey": ("key",),
}
"""What each kind of scheme takes from an identity."""

TOKENS = ("oauth2", "openIdConnect")
"""Types of schemes that end in a bearer token; how one gets it is not our business."""


def kind_of(scheme: Mapping[str, Any]) -> str:
    """How a security scheme of a document is served: a key of ``FIELDS``, or its own name if it is not."""
    kind = scheme.get("x-signature") or scheme.get("scheme") or scheme.get("type")
    return "bearer" if kind in TOKENS else str(kind).lower() if scheme.get("type") == "http" else str(kind)


class Signing:
    """What puts credentials on the requests of a document, operation by operation."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Raises ``ConfigurationError`` for a document that asks for nothing but what cannot be served."""
        self._schemes = document.get("components", {}).get("securitySchemes", {})
        self._default = document.get("security", [])
        kinds = {name: kind_of(scheme) for name, scheme in self._schemes.items()}
        unknown = {name: kind for name, kind in kinds.items() if kind not in FIELDS}
        if unknown and len(unknown) == len(kinds):
            name, kind = next(iter(unknown.items()))
            raise ConfigurationError(
                f"the security scheme {name} ({kind}) is not supported; use one of {', '.join(FIELDS)}"
            )
        self._kinds = kinds

    def sign(self, operation: Operation, message: Message, credentials: Credentials) -> Message | None:
        """The message with the first set of credentials that the operation takes; ``None`` if there is none of them."""
        for requirement in operation.raw.get("security", self._default):
            signed: Message | None = message
            for name in requirement:
                signed = None if signed is None else self._signed(name, signed, credentials)
            if signed is not None:
                return signed
        return None

    def _signed(self, name: str, message: Message, credentials: Credentials) -> Message | None:
        kind, scheme = self._kinds[name], self._schemes[name]
        if kind not in FIELDS:
            return None
        if name in credentials and len(FIELDS[kind]) == 1:  # several keys, each under its scheme's own name
            credentials = {**credentials, FIELDS[kind][0]: credentials[name]}
        if any(field not in credentials for field in FIELDS[kind]):
            return None
        signer = sign_key(scheme["in"], scheme["name"]) if kind == "apiKey" else SIGNERS[kind]
        return signer(message, credentials)


def fields_of(document: Mapping[str, Any]) -> tuple[str, ...]:
    """The fields of an identity that a document's security scheme needs; none if it declares no security."""
    for scheme in document.get("components", {}).get("securitySchemes", {}).values():
        if kind_of(scheme) in FIELDS:
            return FIELDS[kind_of(scheme)]
    return ()


PUBLIC = ("ak", "user")
"""Fields that say who somebody is and keep no secret."""


def spoil(credentials: Credentials) -> Credentials:
    """Credentials that are well-formed and wrong: every secret has another last character.

    A token of three parts (JWT) has another first character in its last part: not every bit of a last one counts.
    """
    return {name: value if name in PUBLIC else _spoilt(value) for name, value in credentials.items()}


def _spoilt(secret: str) -> str:
    head, dot, last = secret.rpartition(".")
    if head.count(".") == 1 and last:
        return f"{head}{dot}{_other(last[0])}{last[1:]}"
    return secret[:-1] + _other(secret[-1:])


def _other(character: str) -> str:
    return "0" if character != "0" else "1"


def under_another_scheme(message: Message) -> Message | None:
    """A message whose credentials stand behind the name of another HTTP scheme than their own.

    ``None`` if they stand behind none.
    """
    sent = dict(message.headers).get("Authorization")
    if sent is None:
        return None
    scheme, _, rest = sent.partition(" ")
    other = "Bearer" if scheme == "Basic" else "Basic"
    kept = tuple((name, value) for name, value in message.headers if name != "Authorization")
    return _with_header(replace(message, headers=kept), "Authorization", f"{other} {rest}")
