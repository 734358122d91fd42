"""Spoilt requests: what each mutation applies to, what it does, and that HTTP has a place for it."""

from __future__ import annotations

import re
from random import Random

import pytest

from conformance.fuzz.generator import FIELD_VALUE
from conformance.fuzz.guard import Guard
from conformance.fuzz.raw import BODIES, FORM, FORMS, MULTIPART, MUTATIONS, SIGNED, TYPES, UNSIGNED
from conformance.fuzz.spoiling import Valid
from conformance.wire.transport import Message
from specs.model import Contract
from tests.conformance.fuzz.small import ADDRESS, SHOP

PARTS = b'--b\r\nContent-Disposition: form-data; name="count"\r\n\r\n3\r\n--b--\r\n'
VALID = {
    "showOrder": Message("GET", f"{ADDRESS}/orders/7?full=true&tags=1,2", (), b""),
    "putOrder": Message(
        "PUT", f"{ADDRESS}/orders/7", (("Content-Type", "application/json"),), b'{"id": 7, "item": "a"}'
    ),
    "postForm": Message("POST", f"{ADDRESS}/forms", (("Content-Type", FORM),), b"count=3"),
    "putParts": Message("PUT", f"{ADDRESS}/forms", (("Content-Type", f"{MULTIPART}; boundary=b"),), PARTS),
}


def spoilt(name: str, operation: str, seed: int = 1, message: Message | None = None) -> Message | None:
    start = message or VALID[operation]
    return MUTATIONS[name](Valid(start, SHOP.operations[operation], Random(seed)))


def body(name: str, text: bytes) -> bytes:
    """What a mutation makes of a JSON body."""
    message = Message("PUT", VALID["putOrder"].url, VALID["putOrder"].headers, text)
    found = spoilt(name, "putOrder", message=message)
    assert found is not None
    return found.body


def applying(operation: str) -> set[str]:
    return {name for name in MUTATIONS if spoilt(name, operation) is not None}


def test_every_mutation_applies_to_something() -> None:
    """Those of credentials need an operation that asks for some."""
    assert set(MUTATIONS) - {name for operation in VALID for name in applying(operation)} == set(UNSIGNED)


def test_mutations_of_credentials_apply_where_some_are_asked_for(contract: Contract) -> None:
    operation = contract.operations["queryTotal"]
    message = Message("GET", "http://x/tasks/pending/total?username=a", (), b"")
    made = {name: mutation(Valid(message, operation, Random(1))) for name, mutation in UNSIGNED.items()}
    assert made["credentials-missing"] == message
    odd = made["credentials-odd"]
    assert odd is not None
    assert [name for name, _ in odd.headers] == ["Authorization"]


def test_each_kind_of_request_is_spoilt_in_its_own_ways() -> None:
    json_only = {name for name in BODIES if name not in ("body-empty", "body-undocumented")}
    assert json_only | {"type-form", "type-multipart"} == {
        name for name in {*BODIES, *TYPES, *FORMS} & applying("putOrder") if name not in applying("postForm")
    }
    assert {name for name in applying("postForm") if name in FORMS} == {n for n in FORMS if n.startswith("form-")}
    assert {name for name in applying("putParts") if name in FORMS} == {n for n in FORMS if n.startswith("multipart-")}
    assert "body-undocumented" in applying("showOrder")
    assert applying("showOrder") & (set(TYPES) | json_only | {"body-empty"}) == set()


@pytest.mark.parametrize("operation", VALID)
@pytest.mark.parametrize("name", SIGNED)
def test_what_comes_out_differs_and_can_be_sent(name: str, operation: str) -> None:
    for seed in range(12):
        message = spoilt(name, operation, seed)
        if message is None:
            continue
        assert message != VALID[operation]
        assert re.fullmatch(r"http://[!-~]+", message.url)
        assert len(message.url) < 8_000
        assert [pair for pair in message.headers if not FIELD_VALUE.fullmatch(pair[1])] == []


def test_the_same_draw_spoils_in_the_same_way() -> None:
    for name in SIGNED:
        assert spoilt(name, "putOrder", 5) == spoilt(name, "putOrder", 5)
    assert {spoilt("body-truncated", "putOrder", seed) for seed in range(9)} != {spoilt("body-truncated", "putOrder")}


@pytest.mark.parametrize(
    ("name", "start", "end"),
    [
        ("body-with-bom", b"{}", b"\xef\xbb\xbf{}"),
        ("body-number-infinite", b'{"id": 1}', b'{"undocumented": 1e999, "id": 1}'),
        ("body-number-nan", b"{}", b'{"undocumented": NaN}'),
        ("body-surrogate", b'[{"id": 1}]', b'[{"undocumented": "\\ud800", "id": 1}]'),
        ("body-key-doubled", b'{"id": 1, "item": "a"}', b'{"id": 1, "id": 1, "item": "a"}'),
        ("body-key-doubled", b'[{"item": "a"}]', b'[{"item": "a", "item": "a"}]'),
        ("body-key-doubled", b"{}", b'{"a": 1}'),
        ("body-empty", b"{}", b""),
    ],
)
def test_a_body_is_spoilt_as_its_name_says(name: str, start: bytes, end: bytes) -> None:
    assert body(name, start) == end


def test_a_truncated_body_is_a_beginning_of_it() -> None:
    cut = body("body-truncated", b'{"id": 1}')
    assert b'{"id": 1}'.startswith(cut)
    assert 0 < len(cut) < 9


def test_a_read_is_spoilt_in_its_values_and_a_write_beside_them() -> None:
    """A server that drops what it cannot read would take the write for one without that parameter."""
    read = spoilt("query-not-utf8", "showOrder")
    assert read is not None
    assert re.fullmatch(rf"{ADDRESS}/orders/7\?full=true&tags=1,2%[0-9A-F%]+", read.url)


def test_a_spoilt_write_names_what_it_named(contract: Contract) -> None:
    """Every mutation of a deletion leaves all that identifies its objects in place."""
    operation = contract.operations["thirdPartyProcessesDel"]
    url = "http://x/todoCenter/processes?ids=11&thirdPartyInstanceIds=own-1&source=own.example"
    for name, mutation in SIGNED.items():
        for seed in range(6):
            message = mutation(Valid(Message("DELETE", url, (), b""), operation, Random(seed)))
            assert message is None or message.url.startswith(url), name


def test_a_guard_lets_nothing_through_that_names_something_else() -> None:
    guard = Guard(SHOP, SHOP.operations["putOrder"], (), ADDRESS, lambda _: VALID["putOrder"])
    own = {"path.id": (7,)}
    other = Message("PUT", f"{ADDRESS}/orders/8", (("Content-Type", "application/json"),), b'{"id": 8}')
    assert guard.unchanged(VALID["putOrder"], own, Random(1)) is not None
    assert guard.unchanged(other, own, Random(1)) is None
    assert guard.generated(other, own, str, Random(1)) is not None
