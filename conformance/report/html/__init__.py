"""``report.html``: a run for people, in one file that needs nothing else. Made from ``results.json`` alone."""

from __future__ import annotations

from pathlib import Path

from conformance.report.files import write_whole
from conformance.report.html.page import page
from conformance.report.results import read_results

__all__ = ["write_html"]


def write_html(results: Path, path: Path) -> None:
    """Write the report of a results file, whole or not at all.

    Raises ``ConfigurationError`` for a results file that cannot be used.
    """
    write_whole(path, page(read_results(results)).encode("utf-8"))
