"""The whole page: nothing in it comes from elsewhere, and its own rules forbid that anything does."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from conformance.report.html import overview, tables
from conformance.report.html.clauses import clauses
from conformance.report.html.filters import filters
from conformance.report.html.markup import Content, Markup, element, raw
from conformance.report.html.names import link
from conformance.run_result import RunResult

WORDS = (
    "A clause is one statement of the API's document that a server can keep or break. The suite sent requests to the "
    "target and says for each clause what it saw. A broken MUST makes the run fail; SHOULD and MAY only advise. To "
    "judge a clause alone, add "
)


def page(result: RunResult) -> str:
    """The text of the file."""
    return f"<!DOCTYPE html>\n{element('html', _head(result), _body(result), lang='en')}\n"


def _head(result: RunResult) -> Markup:
    style, script = _own("report.css"), _own("report.js")
    policy = (
        f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; "
        "base-uri 'none'; form-action 'none'"
    )
    return element(
        "head",
        element("meta", charset="utf-8"),
        element("meta", http_equiv="Content-Security-Policy", content=policy),
        element("meta", name="viewport", content="width=device-width, initial-scale=1"),
        element("meta", name="referrer", content="no-referrer"),
        element("meta", name="color-scheme", content="light dark"),
        element("title", overview.title(result)),
        raw("style", style),
    )


def _body(result: RunResult) -> Markup:
    return element(
        "body",
        link("clauses", "Skip to the clauses", class_="skip"),
        overview.header(result),
        element(
            "main",
            overview.facts(result),
            tables.operations(result),
            tables.coverage(result),
            overview.cleanup(result),
            _clauses(result),
        ),
        raw("script", _own("report.js")),
    )


def _clauses(result: RunResult) -> Content:
    return element(
        "section",
        element("h2", "Clauses"),
        element("p", WORDS, element("code", "--select CLAUSE"), " to the command line."),
        element("div", filters(result), clauses(result), class_="sides"),
        id="clauses",
    )


def _own(name: str) -> str:
    return files("conformance.report.html").joinpath(name).read_text(encoding="utf-8")


def _digest(text: str) -> str:
    """What a Content-Security-Policy knows a style or script by."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
