"""The colours of report.html, light and dark."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

TONES = ("bad", "warn", "open", "good", "idle")
PAIRS = [
    *((text, ground) for text in ("text", "muted", "link", *TONES) for ground in ("page", "raised")),
    *((tone, f"{tone}-soft") for tone in TONES),
    ("page", "link"),
]
"""Text and what it stands on."""


def colours(scheme: str) -> dict[str, str]:
    style = files("conformance.report.html").joinpath("report.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6});", {"light": light, "dark": dark}[scheme]))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted([luminance(one), luminance(other)])
    return (light + 0.05) / (dark + 0.05)


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_has_the_contrast_of_wcag_aa(scheme: str) -> None:
    found = colours(scheme)
    assert [pair for pair in PAIRS if contrast(found[pair[0]], found[pair[1]]) < 4.5] == []


def test_both_schemes_name_the_same_colours() -> None:
    assert colours("light").keys() == colours("dark").keys()
