"""supOS signatures: the vendor's rule, recomputed."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest

from mockserver.apis.supos.security import SignatureVerifier, canonical_query, sign, signature, verifier
from mockserver.errors import Unauthorized

BASE = "/open-api/p/workflow/v2"
JSON = b"application/json;charset=utf-8"
GET = (f"{BASE}/tasks/pending", b"current=1&pageSize=10&username=test")
GET_DIGEST = "49a9ad1cfab52d09271562a4a4d0c7b4d295d5ea0fe00bd667d85be29dc341ff"
POST_DIGEST = "d3f38922f2d3012b2e3ff7403dae4423900e82555572f32dbd266d98dd94216b"


def _scope(method: str, path: str, query: bytes, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"method": method, "path": path, "raw_path": path.encode(), "query_string": query, "headers": list(headers)}


def _signed(digest: str, *, method: str = "GET", path: str = GET[0], query: bytes = GET[1], ak: str = "testak") -> Any:
    authorization = f"Sign {ak}-{digest}".encode()
    return _scope(method, path, query, (b"authorization", authorization), (b"content-type", JSON))


def test_the_two_known_vectors_are_accepted() -> None:
    verify = verifier({})
    assert verify(_signed(GET_DIGEST)) == "testak"
    assert verify(_signed(POST_DIGEST, method="POST", path=f"{BASE}/processes", query=b"")) == "testak"


def test_the_order_on_the_wire_and_the_case_of_keys_are_free() -> None:
    assert verifier({})(_signed(GET_DIGEST, query=b"USERNAME=test&pageSize=10&current=1")) == "testak"


@pytest.mark.parametrize(
    "scope",
    [
        _scope("GET", *GET),
        _scope("GET", *GET, (b"authorization", b"Sign testak-" + GET_DIGEST.encode())),
        _signed(GET_DIGEST.upper()),
        _signed(GET_DIGEST[:-1]),
        _signed(GET_DIGEST + "0"),
        _signed(GET_DIGEST, ak="other"),
        _signed(GET_DIGEST, method="HEAD"),
        _signed(GET_DIGEST, query=GET[1] + b"&x=1"),
        _signed(GET_DIGEST, path=GET[0] + "/"),
        _signed(POST_DIGEST),
        _scope("GET", *GET, (b"authorization", b"Bearer " + GET_DIGEST.encode()), (b"content-type", JSON)),
        _scope("GET", *GET, (b"authorization", b"Sign " + GET_DIGEST.encode()), (b"content-type", JSON)),
        _scope("GET", *GET, (b"authorization", b"Sign \xff-\xff"), (b"content-type", JSON)),
    ],
    ids=["none", "no content type", "upper case", "shorter", "longer", "other key", "other method", "other query",
         "other path", "other digest", "other scheme", "no key", "no text"],
)  # fmt: skip
def test_anything_else_is_refused(scope: dict[str, Any]) -> None:
    with pytest.raises(Unauthorized):
        verifier({})(scope)


@pytest.mark.parametrize(
    ("query", "signed"),
    [
        (b"", b""),
        (b"username=Zhang%20San&current=1", b"current=1&username=Zhang San"),
        (b"username=Zhang+San", b"username=Zhang San"),
        (b"username=%E5%BC%A0%E4%B8%89", "username=张三".encode()),
        (b"appId=&username=test", b"appid=&username=test"),
        (b"appId&username=test", b"appid=&username=test"),
        (b"id=b&id=a&ID=c", b"id=a&id=b&id=c"),
        (b"ids=3,1,2&source=mes", b"ids=3,1,2&source=mes"),
        (b"ids=3%2C1%2C2", b"ids=3,1,2"),
        (b"a=1&a-b=2", b"a=1&a-b=2"),
        (b"a-b=2&a=%31", b"a=1&a-b=2"),
        (b"x=a=b&&y=%26", b"x=a=b&y=&"),
    ],
)
def test_the_signed_query_is_decoded_and_sorted(query: bytes, signed: bytes) -> None:
    assert canonical_query(query) == signed


def test_an_access_key_may_contain_hyphens() -> None:
    verify = SignatureVerifier({"my-own-key": "s"})
    digest = signature(b"s", b"GET", b"/x", b"", b"").decode()
    assert verify(_scope("GET", "/x", b"", (b"authorization", f"Sign my-own-key-{digest}".encode()))) == "my-own-key"


def test_the_path_is_signed_as_sent() -> None:
    text = f"GET\n{BASE}/tasks/%20/pending\n\nusername=test\n\n".encode()
    wanted = hmac.new(b"testsk", text, hashlib.sha256).hexdigest().encode()
    assert signature(b"testsk", b"GET", f"{BASE}/tasks/%20/pending".encode(), b"", b"username=test") == wanted


def test_sign_gives_the_headers_that_the_verifier_accepts() -> None:
    url = f"http://127.0.0.1:8080{GET[0]}?{GET[1].decode()}"
    credentials = {"ak": "testak", "sk": "testsk"}
    assert sign("get", url, [], credentials) == [
        ("Content-Type", JSON.decode()),
        ("Authorization", f"Sign testak-{GET_DIGEST}"),
    ]
    own = sign("GET", url, [("content-type", "text/plain")], credentials)
    assert own[0] == ("Content-Type", "text/plain")
    assert own[1] != ("Authorization", f"Sign testak-{GET_DIGEST}")
