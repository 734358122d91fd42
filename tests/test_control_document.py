"""The control API's own document is held to the same rules as the others."""

from __future__ import annotations

from pathlib import Path

import mockserver.control
from conformance.lint import lint

DOCUMENT = Path(mockserver.control.__file__).with_name("openapi.json")


def test_the_control_document_lints_clean() -> None:
    assert lint(DOCUMENT) == []
