"""supOS signatures, against vectors that were computed apart from this code."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.signing import sign_basic, sign_bearer, sign_supos, spoil, under_another_scheme
from conformance.transport import Message

KEYS = {"ak": "testak", "sk": "testsk"}
TYPE = (("Content-Type", "application/json;charset=utf-8"),)
BASE = "http://target.example/open-api/p/workflow/v2"


def authorization(message: Message) -> str:
    return dict(sign_supos(message, KEYS).headers)["Authorization"]


@pytest.mark.parametrize(
    ("method", "path", "digest"),
    [
        (
            "GET",
            "/tasks/pending?current=1&pageSize=10&username=test",
            "49a9ad1cfab52d09271562a4a4d0c7b4d295d5ea0fe00bd667d85be29dc341ff",
        ),
        ("POST", "/processes", "d3f38922f2d3012b2e3ff7403dae4423900e82555572f32dbd266d98dd94216b"),
    ],
)
def test_digest_equals_the_vector(method: str, path: str, digest: str) -> None:
    assert authorization(Message(method, BASE + path, TYPE, b"")) == f"Sign testak-{digest}"


def test_order_of_the_query_on_the_wire_does_not_matter() -> None:
    one = Message("GET", f"{BASE}/tasks/pending?username=test&pageSize=10&current=1", TYPE, b"")
    assert authorization(one).endswith("49a9ad1cfab52d09271562a4a4d0c7b4d295d5ea0fe00bd667d85be29dc341ff")


def test_a_request_without_content_type_gets_one_that_is_signed() -> None:
    signed = sign_supos(Message("GET", f"{BASE}/tasks/pending?current=1&pageSize=10&username=test", (), b""), KEYS)
    assert dict(signed.headers)["Content-Type"] == "application/json;charset=utf-8"
    assert dict(signed.headers)["Authorization"].endswith(
        "49a9ad1cfab52d09271562a4a4d0c7b4d295d5ea0fe00bd667d85be29dc341ff"
    )


def test_wrong_credentials_keep_the_public_part() -> None:
    assert spoil(KEYS) == {"ak": "testak", "sk": "tests0"}


@pytest.mark.parametrize(
    ("sign", "credentials", "expected"),
    [
        (sign_bearer, {"token": "abc"}, "Basic abc"),
        (sign_basic, {"user": "ann", "password": "x"}, "Bearer YW5uOng="),
        (sign_supos, {"ak": "a", "sk": "s"}, "Basic a-"),
    ],
)
def test_credentials_may_stand_under_the_name_of_another_scheme(sign: Any, credentials: Any, expected: str) -> None:
    message = sign(Message("GET", "http://x.example/a", (("X-Kept", "Bearer 1"),), b"body"), credentials)
    other = under_another_scheme(message)
    assert dict(other.headers)["Authorization"].startswith(expected)
    kept = [{**dict(one.headers), "Authorization": ""} for one in (other, message)]
    assert kept[0] == kept[1]
    assert (other.method, other.url, other.body) == (message.method, message.url, message.body)


def test_a_key_stands_behind_the_name_of_no_scheme() -> None:
    assert under_another_scheme(Message("GET", "http://x.example/a", (("X-Key", "1"),), b"")) is None
