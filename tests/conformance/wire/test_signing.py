"""supOS signatures, against vectors that were computed apart from this code."""

from __future__ import annotations

from typing import Any

import pytest

from conformance.errors import ConfigurationError
from conformance.wire.signing import (
    Signing,
    fields_of,
    sign_basic,
    sign_bearer,
    sign_supos,
    spoil,
    under_another_scheme,
)
from conformance.wire.transport import Message
from specs.model import Contract

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


def test_a_wrong_token_differs_where_every_bit_counts() -> None:
    assert spoil({"token": "aa.bb.cc", "key": "k"}) == {"token": "aa.bb.0c", "key": "0"}
    assert spoil({"token": "aa.bb.0c", "user": "ann", "password": "pass0"}) == {
        "token": "aa.bb.1c",
        "user": "ann",
        "password": "pass1",
    }


SCHEMES = {
    "Basic": {"type": "http", "scheme": "Basic"},
    "Bearer": {"type": "http", "scheme": "bearer"},
    "Login": {"type": "oauth2", "flows": {}},
    "Header": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "Query": {"type": "apiKey", "in": "query", "name": "a key"},
    "Cookie": {"type": "apiKey", "in": "cookie", "name": "sid"},
    "Digest": {"type": "http", "scheme": "digest"},
}
PLAIN = Message("GET", "http://x/a?b=1", (("Cookie", "a=1"),), b"")
EVERYTHING = {"user": "ann", "password": "p", "token": "t", "key": "k y"}


def signed(security: Any, credentials: dict[str, str]) -> Message | None:
    """A message with the credentials that an operation with this security takes."""
    operation = {"operationId": "ask", "security": security, "responses": {"200": {"description": ""}}}
    contract = Contract("made", {"paths": {"/": {"get": operation}}, "components": {"securitySchemes": SCHEMES}})
    return Signing(contract.document).sign(contract.operations["ask"], PLAIN, credentials)


@pytest.mark.parametrize(
    ("scheme", "url", "headers"),
    [
        ("Basic", "http://x/a?b=1", (("Cookie", "a=1"), ("Authorization", "Basic YW5uOnA="))),
        ("Bearer", "http://x/a?b=1", (("Cookie", "a=1"), ("Authorization", "Bearer t"))),
        ("Login", "http://x/a?b=1", (("Cookie", "a=1"), ("Authorization", "Bearer t"))),
        ("Header", "http://x/a?b=1", (("Cookie", "a=1"), ("X-Key", "k y"))),
        ("Query", "http://x/a?b=1&a%20key=k%20y", (("Cookie", "a=1"),)),
        ("Cookie", "http://x/a?b=1", (("Cookie", "a=1; sid=k y"),)),
    ],
)
def test_each_kind_of_scheme_puts_its_credentials_in_its_place(scheme: str, url: str, headers: Any) -> None:
    assert signed([{scheme: []}], EVERYTHING) == Message("GET", url, headers, b"")


def test_of_several_schemes_the_first_is_taken_that_there_are_credentials_for() -> None:
    either = [{"Digest": []}, {"Bearer": []}, {"Header": []}]
    message = signed(either, {"key": "k"})
    assert message is not None
    assert message.headers[1:] == (("X-Key", "k"),)
    message = signed(either, EVERYTHING)
    assert message is not None
    assert message.headers[1:] == (("Authorization", "Bearer t"),)
    assert signed(either, {"user": "ann"}) is None


def test_schemes_that_are_asked_for_together_are_all_served_or_none_is() -> None:
    both = [{"Header": [], "Query": []}]
    message = signed(both, {"Header": "h", "Query": "q"})
    assert message == Message("GET", "http://x/a?b=1&a%20key=q", (("Cookie", "a=1"), ("X-Key", "h")), b"")
    assert signed([{"Header": [], "Bearer": []}], {"key": "k"}) is None


def test_a_document_that_asks_for_nothing_but_what_cannot_be_served_is_refused() -> None:
    with pytest.raises(
        ConfigurationError, match=r"the security scheme D \(digest\) is not supported; use one of supos"
    ):
        Signing({"components": {"securitySchemes": {"D": SCHEMES["Digest"]}}})


def test_a_target_is_asked_for_the_fields_of_the_first_scheme_that_can_be_served() -> None:
    assert fields_of({"components": {"securitySchemes": {"D": SCHEMES["Digest"], "K": SCHEMES["Query"]}}}) == ("key",)
    assert fields_of({}) == ()


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
