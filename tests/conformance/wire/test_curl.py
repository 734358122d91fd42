"""Requests as lines for a shell: what a shell and curl make of the line is what was sent."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from conformance.masking import Masker
from conformance.wire.curl import curl_line
from conformance.wire.transport import Message

FAKE = '#!/bin/sh\nprintf "%s\\n" "$@" > arguments\ncat > input\n'
"""Stands for curl: writes down its arguments and what it is fed."""


def line(body: bytes = b"", *headers: tuple[str, str], url: str = "http://x/a") -> str:
    return curl_line(Message("POST", url, headers, body), Masker(["s3cret"]))


def run(text: str, folder: Path) -> tuple[list[str], bytes]:
    """Arguments and input of curl when a shell runs the line."""
    (folder / "curl").write_text(FAKE)
    (folder / "curl").chmod(0o755)
    environment = {"PATH": f"{folder}:{os.environ['PATH']}"}
    subprocess.run(["sh", "-c", text], check=True, cwd=folder, env=environment, stdin=subprocess.DEVNULL)
    return (folder / "arguments").read_text().splitlines(), (folder / "input").read_bytes()


@pytest.mark.parametrize("body", [b'{"a": "it\'s"}', "流程".encode(), b"$HOME `id` \\ %s"])
def test_a_text_is_an_argument(body: bytes, tmp_path: Path) -> None:
    arguments, fed = run(line(body), tmp_path)
    assert arguments == ["-sS", "-X", "POST", "--data-binary", body.decode(), "http://x/a"]
    assert fed == b""


@pytest.mark.parametrize(
    "body", [b"\xff\xfe'a", b"a\0b", b"@/etc/passwd", b"%d \\ '\n\x80", "\ufeff流".encode("utf-16"), bytes(range(256))]
)
def test_what_no_argument_can_hold_is_fed(body: bytes, tmp_path: Path) -> None:
    text = line(body)
    arguments, fed = run(text, tmp_path)
    assert "\n" not in text
    assert arguments == ["-sS", "-X", "POST", "--data-binary", "@-", "http://x/a"]
    assert fed == body


def test_secrets_are_masked_in_every_part() -> None:
    text = line(b"\xff s3cret", ("Authorization", "Basic abc"), ("X-Key", "a s3cret"), url="http://x/s3cret")
    assert text == (
        "printf '\\377 ***' | curl -sS -X POST -H 'Authorization: ***' -H 'X-Key: a ***' "
        "--data-binary @- 'http://x/***'"
    )


def test_an_empty_header_is_sent_and_dots_in_a_path_are_kept() -> None:
    assert line(b"", ("X-Empty", ""), url="http://x/a/../b") == (
        "curl -sS -X POST --path-as-is -H 'X-Empty;' http://x/a/../b"
    )


def test_a_long_body_is_cut() -> None:
    assert len(line(b"a" * 100_000)) < 2_100
