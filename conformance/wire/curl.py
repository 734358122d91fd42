"""A request as one line for a shell."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable

from conformance.masking import MASK
from conformance.wire.transport import Message

SHOWN = 2000
"""Characters of a body."""

SECRET = ("authorization", "cookie")
"""Headers whose values are hidden whole."""

PLAIN = re.compile(r"[^@\0\ud800-\udfff][^\0\ud800-\udfff]*")
"""Bodies that can be an argument of curl, which takes ``@`` for the name of a file."""


def curl_line(message: Message, mask: Callable[[str], str]) -> str:
    """The request for curl, secrets masked, a long body cut. What no argument can hold goes through ``printf``."""
    parts = ["curl", "-sS", "-X", message.method]
    if "/." in message.url:
        parts.append("--path-as-is")
    for name, value in message.headers:
        parts += ["-H", _header(name, MASK if name.lower() in SECRET else mask(value))]
    body = mask(message.body[: SHOWN * 4].decode("utf-8", "surrogateescape"))[:SHOWN]
    before = ""
    if body and PLAIN.fullmatch(body):
        parts += ["--data-binary", body]
    elif body:
        before = f"printf '{_printf(body)}' | "
        parts += ["--data-binary", "@-"]
    return before + " ".join(shlex.quote(part) for part in (*parts, mask(message.url)))


def _header(name: str, value: str) -> str:
    """curl takes ``Name;`` for a header without a value, and ``Name:`` for one that is not to be sent."""
    return f"{name}: {value}" if value else f"{name};"


def _printf(text: str) -> str:
    """Bytes as the format of ``printf``: what is not printable ASCII as octal escapes."""
    return "".join(
        chr(byte) if 32 <= byte < 127 and byte not in b"%'\\" else f"\\{byte:03o}"
        for byte in text.encode("utf-8", "surrogateescape")
    )
