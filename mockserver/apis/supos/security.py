"""supOS signs with HMAC-SHA256: ``Authorization: Sign AK-HEX``.

Signed are method, path as sent, Content-Type, the canonical query and an empty line; the body is not.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from mockserver.adapter import Verifier
from mockserver.errors import Unauthorized
from specs.model import Json

CREDENTIALS: Mapping[str, str] = {"ak": "testak", "sk": "testsk"}
CONTENT_TYPE = "application/json;charset=utf-8"
"""What the vendor's clients send with every request, GET included."""

SCHEME = b"Sign "
REMEMBERED = 512


def canonical_query(raw: bytes) -> bytes:
    """The query as it is signed: decoded, keys in lower case, sorted by key and then by value, ``k=`` when empty."""
    if b"%" in raw or b"+" in raw or not raw.isascii():
        pairs = parse_qsl(raw.decode("utf-8", "replace"), keep_blank_values=True)
        texts = sorted((name.lower(), value) for name, value in pairs)
        return "&".join(f"{name}={value}" for name, value in texts).encode("utf-8", "replace")
    parts = sorted((name.lower(), value) for name, _, value in (p.partition(b"=") for p in raw.split(b"&") if p))
    return b"&".join([name + b"=" + value for name, value in parts])


@lru_cache(REMEMBERED)
def signature(secret: bytes, method: bytes, path: bytes, content_type: bytes, query: bytes) -> bytes:
    """The lower-case hex digest of a request. The last few hundred are remembered: clients repeat themselves."""
    text = b"\n".join((method, path, content_type, canonical_query(query), b"", b""))
    return hmac.digest(secret, text, "sha256").hex().encode()


class SignatureVerifier:
    """Recomputes signatures with the secret keys of known access keys."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        self._keys = {access.encode(): (access, secret.encode()) for access, secret in keys.items()}

    def __call__(self, scope: Mapping[str, Any]) -> str:
        """The access key of the caller. Raises ``Unauthorized``."""
        authorization = content_type = None
        for name, value in scope["headers"]:
            if name == b"authorization":
                authorization = value if authorization is None else authorization
            elif name == b"content-type":
                content_type = value if content_type is None else content_type
        if authorization is None or not authorization.startswith(SCHEME):
            raise Unauthorized
        access, hyphen, sent = authorization[len(SCHEME) :].rpartition(b"-")
        known = self._keys.get(access)
        if not hyphen or known is None:
            raise Unauthorized
        path = scope.get("raw_path") or scope["path"].encode()
        wanted = signature(known[1], scope["method"].encode(), path, content_type or b"", scope["query_string"])
        if not hmac.compare_digest(sent, wanted):
            raise Unauthorized
        return known[0]


def verifier(scheme: Mapping[str, Json]) -> Verifier:  # noqa: ARG001 - supOS has one scheme
    """The verifier for the mock's default credentials."""
    return SignatureVerifier({CREDENTIALS["ak"]: CREDENTIALS["sk"]})


def sign(
    method: str, url: str, headers: Sequence[tuple[str, str]], credentials: Mapping[str, str]
) -> list[tuple[str, str]]:
    """The headers that a request needs: the Content-Type that is signed (unless given) and ``Authorization``."""
    parts = urlsplit(url)
    given = next((value for name, value in headers if name.lower() == "content-type"), None)
    content_type = CONTENT_TYPE if given is None else given
    digest = signature(
        credentials["sk"].encode(),
        method.upper().encode(),
        parts.path.encode(),
        content_type.encode(),
        parts.query.encode(),
    )
    return [("Content-Type", content_type), ("Authorization", f"Sign {credentials['ak']}-{digest.decode()}")]
