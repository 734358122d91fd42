"""Secrets out of whatever is shown: in plain text, and as URLs, JSON and shells write them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from urllib.parse import quote, quote_plus

MASK = "***"


class Masker:
    """Replaces every secret by ``***``. Mask first and cut afterwards: half a secret is one, too."""

    def __init__(self, secrets: Iterable[str]) -> None:
        forms = {form for secret in secrets for form in _forms(secret)}
        self._forms = sorted(forms, key=lambda form: (-len(form), form))

    def __call__(self, text: str) -> str:
        """The text without any of the secrets."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return text


def _forms(secret: str) -> Iterable[str]:
    if secret:
        yield secret
        yield quote(secret, safe="")
        yield quote(secret)
        yield quote_plus(secret)
        yield json.dumps(secret)[1:-1]
        yield json.dumps(secret, ensure_ascii=False)[1:-1]
