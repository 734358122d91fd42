"""Secrets, however something writes them, are replaced."""

from __future__ import annotations

import json
from urllib.parse import quote, quote_plus

import pytest

from conformance.masking import Masker

SECRET = 'p ss/"w"é'


@pytest.mark.parametrize(
    "written",
    [
        SECRET,
        quote(SECRET),
        quote(SECRET, safe=""),
        quote_plus(SECRET),
        json.dumps(SECRET),
        json.dumps(SECRET, ensure_ascii=False),
    ],
)
def test_a_secret_is_masked_however_it_is_written(written: str) -> None:
    masked = Masker([SECRET])(f"before {written} behind")
    assert masked in ("before *** behind", 'before "***" behind')


def test_the_longest_secret_goes_first_and_an_empty_one_masks_nothing() -> None:
    assert Masker(["key", "", "key-and-more"])("key-and-more, key") == "***, ***"
