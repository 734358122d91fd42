"""Names of the document as Python writes them."""

from __future__ import annotations

import keyword
import re

_BORDER = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def snake_case(name: str) -> str:
    """``pageSize`` -> ``page_size``, ``X-Mock-World`` -> ``x_mock_world``, ``from`` -> ``from_``."""
    plain = re.sub(r"\W+", "_", _BORDER.sub("_", name)).lower()
    return f"{plain}_" if keyword.iskeyword(plain) else plain
