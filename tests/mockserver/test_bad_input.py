"""Whatever a client sends, the mock answers as documented, keeps its state, and goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from conformance.wire.signing import sign_supos
from conformance.wire.transport import Message, RawAnswer
from mockserver import create_app
from tests.in_process import AsgiTransport

KEYS = {"ak": "testak", "sk": "testsk"}
BASE = "http://mock.example/open-api/p/workflow/v2"
JSON = (("Content-Type", "application/json;charset=utf-8"),)
START = {
    "processKey": "K2002018123456789",
    "username": "test",
    "assigns": [{"taskDefKey": "userTask_123", "users": ["test1"]}],
}


class Caller:
    """Signs and sends; every answer must be one that a client can read."""

    def __init__(self) -> None:
        self.mock = create_app(apis=("supos",))
        self.transport = AsgiTransport(self.mock)

    def send(self, method: str, path: str, body: bytes = b"", headers: Any = JSON, signed: bool = True) -> RawAnswer:
        message = Message(method, BASE + path, headers, body)
        return self.transport.send(sign_supos(message, KEYS) if signed else message, 5)

    def pending(self, username: str) -> list[Any]:
        answer = self.send("GET", f"/tasks/pending?username={username}&pageSize=500")
        listed: list[Any] = json.loads(answer.body)["list"]
        return listed


@pytest.fixture(scope="module")
def caller() -> Iterator[Caller]:
    made = Caller()
    yield made
    made.transport.close()
    assert made.mock.faults.count == 0


def refusal(answer: RawAnswer) -> tuple[int, int, str]:
    content = json.loads(answer.body)
    assert set(content) == {"code", "message"}
    assert answer.headers["content-type"].startswith("application/json")
    return answer.status, content["code"], content["message"]


BODIES = {
    "nothing": b"",
    "truncated": json.dumps(START).encode()[:-3],
    "not-utf-8": b'{"username": "\xff\xfe"}',
    "lone-surrogate": b'{"username": "\\ud800", "processKey": "K"}',
    "nan": b'{"username": NaN}',
    "array": b"[]",
    "text": b'"START"',
    "number": b"5",
    "null": b"null",
    "nested": b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "html": b"<html></html>",
    "bom": b"\xef\xbb\xbf{}",
}


@pytest.mark.parametrize("body", BODIES.values(), ids=BODIES)
@pytest.mark.parametrize("path", ["/processes", "/tasks/pending"])
def test_a_body_that_is_no_such_object_is_refused_with_the_default_code(caller: Caller, path: str, body: bytes) -> None:
    status, code, message = refusal(caller.send("POST", path, body))
    assert (status, code) == (400, 100108500)
    assert message


def test_a_huge_body_is_refused_and_stores_nothing(caller: Caller) -> None:
    before = caller.pending("test1")
    huge = json.dumps({**START, "comment": "x" * 50_000_000}).encode()
    assert refusal(caller.send("POST", "/processes", huge))[:2] == (400, 100108500)
    assert caller.pending("test1") == before


@pytest.mark.parametrize("media", ["text/plain", "application/xml", "multipart/form-data; boundary=x", "nonsense", ""])
def test_another_media_type_is_refused(caller: Caller, media: str) -> None:
    headers = (("Content-Type", media),) if media else ()
    message = Message("POST", f"{BASE}/processes", headers or JSON, json.dumps(START).encode())
    if not media:
        return
    assert refusal(caller.transport.send(sign_supos(message, KEYS), 5))[:2] == (400, 100108500)


TEXTS = [
    "请假申请",
    "🦊🦊",
    "a\u0000b",
    "\u202eabc",
    "'; DROP TABLE tasks; --",
    "${7*7}",
    "../../etc/passwd",
    "\n\r\t",
    "x" * 5000,
]


@pytest.mark.parametrize("text", TEXTS)
@pytest.mark.parametrize("field", ["username", "processKey"])
def test_any_text_where_a_name_belongs_is_unknown(caller: Caller, field: str, text: str) -> None:
    status, code, _ = refusal(caller.send("POST", "/processes", json.dumps({**START, field: text}).encode()))
    blank = {"username": 100108502, "processKey": 100108507}
    unknown = {"username": 100108230, "processKey": 100108002}
    assert (status, code) == (400, (unknown if text.strip() else blank)[field])


@pytest.mark.parametrize("text", ["请假申请", "🦊🦊", "a\u0000b"])
def test_any_text_in_a_free_field_is_kept_as_it_is(caller: Caller, text: str) -> None:
    body = json.dumps({**START, "appId": text, "processName": text}, ensure_ascii=False).encode()
    started = json.loads(caller.send("POST", "/processes", body).body)["processId"]
    assert {row["processId"]: row["processName"] for row in caller.pending("test1")}[started] == text


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", 100108502),
        ("?username=", 100108502),
        ("?username=%20", 100108502),
        ("?username=nobody", 100108230),
        ("?username=%FF%FE", 100108500),
        ("?username=test&current=0", 100108610),
        ("?username=test&current=-1", 100108610),
        ("?username=test&current=1.5", 100108610),
        ("?username=test&current=one", 100108610),
        ("?username=test&current=%D9%A1x", 100108610),
        ("?username=test&current=9223372036854775808", 100108610),
        ("?username=test&pageSize=0", 100108503),
        ("?username=test&pageSize=501", 100108503),
        ("?username=test&pageSize=" + "9" * 400, 100108503),
        ("?current=0&pageSize=0", 100108502),
    ],
)
def test_a_bad_query_gets_its_code(caller: Caller, query: str, code: int) -> None:
    assert refusal(caller.send("GET", f"/tasks/pending{query}"))[:2] == (400, code)


@pytest.mark.parametrize("query", ["&current=&pageSize=", "&unknown=1", "&current=9223372036854775807"])
def test_what_counts_as_absent_or_unknown_or_far_away_is_no_error(caller: Caller, query: str) -> None:
    assert caller.send("GET", f"/tasks/pending?username=test{query}").status == 200


@pytest.mark.parametrize(
    "headers",
    [
        (),
        (("Authorization", "Sign testak"),),
        (("Authorization", "Sign testak-" + "0" * 64),),
        (("Authorization", "Basic dGVzdDp0ZXN0"),),
        (("Authorization", "Sign -"),),
        (("Authorization", "\xff"),),
    ],
)
def test_a_bad_signature_is_refused(caller: Caller, headers: Any) -> None:
    message = Message("GET", f"{BASE}/tasks/pending?username=test", (*JSON, *headers), b"")
    assert refusal(caller.transport.send(message, 5))[:2] == (401, 100106403)


def test_a_signature_for_another_request_is_refused(caller: Caller) -> None:
    signed = sign_supos(Message("GET", f"{BASE}/tasks/pending?username=test", JSON, b""), KEYS)
    other = replace(signed, url=f"{BASE}/tasks/pending?username=test1")
    assert refusal(caller.transport.send(other, 5))[:2] == (401, 100106403)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/no/such", 404), ("DELETE", "/processes", 405), ("PATCH", "/tasks/pending", 405), ("GET", "/", 404)],
)
def test_an_unknown_route_is_refused_in_the_apis_shape(caller: Caller, method: str, path: str, status: int) -> None:
    assert refusal(caller.send(method, path))[0] == status


def test_a_405_names_every_method_of_the_path(caller: Caller) -> None:
    assert caller.send("DELETE", "/tasks/pending").headers["allow"] == "GET, HEAD, POST, PUT"


def test_a_batch_with_one_bad_item_stores_nothing(caller: Caller) -> None:
    good = {
        "taskStatus": "pending",
        "personName": "Zhang San",
        "processName": "p",
        "taskName": "t",
        "initiator": "Zhang San",
        "startTime": "2020-09-22T07:38:13.893+0800",
        "thirdPartyInstanceId": "bad-batch",
        "thirdPartyInstanceNodeId": "bad-batch",
        "openUrl": "",
        "source": "bad.example",
    }
    for bad in ({**good, "source": 5}, {**good, "thirdPartyInstanceNodeId": "other", "personName": "nobody"}, None, []):
        body = json.dumps([good, bad]).encode()
        assert refusal(caller.send("POST", "/todoCenter/tasks", body))[0] == 400
    assert caller.send("POST", "/todoCenter/tasks", json.dumps([good]).encode()).status == 200


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("?ids=1,x", 100108533),
        ("?ids=1,,2", 100108533),
        ("?ids=1.0", 100108533),
        ("?ids=9223372036854775808", 100108533),
        ("?ids=" + ",".join(["1"] * 201), 100108508),
        ("?ids=" + ",".join(["x"] * 201), 100108508),
        ("?thirdPartyInstanceIds=" + ",".join(["1"] * 201), 100108508),
        ("?thirdPartyInstanceIds=a", 100108516),
        ("?thirdPartyInstanceIds=a&source=", 100108516),
        ("?thirdPartyInstanceIds=a&source=%20", 100108516),
        ("?thirdPartyInstanceIds=,&source=", 100108516),
        ("?thirdPartyInstanceIds=%FF", 100108500),
    ],
)
def test_a_bad_deletion_gets_its_code(caller: Caller, query: str, code: int) -> None:
    assert refusal(caller.send("DELETE", f"/todoCenter/processes{query}"))[:2] == (400, code)


@pytest.mark.parametrize(
    ("query", "code", "word"),
    [
        ("", 100108533, "taskStatus"),
        ("?taskStatus=", 100108533, "taskStatus"),
        ("?taskStatus=%20", 100108533, "taskStatus"),
        ("?taskStatus=done", 100108507, "status"),
        ("?taskStatus=pending&ids=x", 100108533, "id"),
        ("?taskStatus=pending&thirdPartyInstanceNodeIds=a", 100108516, "source"),
    ],
)
def test_a_bad_deletion_of_tasks_gets_its_code_and_the_words_for_its_field(
    caller: Caller, query: str, code: int, word: str
) -> None:
    status, seen, message = refusal(caller.send("DELETE", f"/todoCenter/tasks{query}"))
    assert (status, seen) == (400, code)
    assert word in message


@pytest.mark.parametrize(
    "query",
    ["", "?ids=", "?ids=&thirdPartyInstanceIds=&source=", "?source=%20", "?ids=-5", "?ids=" + ",".join(["1"] * 200)],
)
def test_a_deletion_of_nothing_is_no_error(caller: Caller, query: str) -> None:
    answer = caller.send("DELETE", f"/todoCenter/processes{query}")
    assert (answer.status, json.loads(answer.body)["code"]) == (200, 100000000)


def test_a_key_of_another_record_is_the_one_500_that_a_client_can_bring_about(caller: Caller) -> None:
    item = {
        "processName": "p",
        "status": "operating",
        "startTime": "2020-09-22T07:38:13.893+0800",
        "staffName": "Zhang San",
        "source": "bad.example",
    }
    stored = [{**item, "thirdPartyInstanceId": own} for own in ("a", "b")]
    answer = caller.send("POST", "/todoCenter/processes", json.dumps(stored).encode())
    first = json.loads(answer.body)[0]["id"]
    change = {**item, "id": first, "thirdPartyInstanceId": "B"}
    answer = caller.send("PUT", "/todoCenter/processes", json.dumps([change]).encode())
    assert refusal(answer)[:2] == (500, 100108602)
    assert "x-mock-fault" not in answer.headers
    answer = caller.send("PUT", "/todoCenter/processes", json.dumps([{**change, "thirdPartyInstanceId": " "}]).encode())
    assert refusal(answer)[:2] == (400, 100108515)
    for nameless in ({}, {"thirdPartyInstanceId": None}, {"thirdPartyInstanceId": ""}, {"thirdPartyInstanceId": " "}):
        answer = caller.send("PUT", "/todoCenter/processes", json.dumps([{**item, **nameless}]).encode())
        assert refusal(answer)[:2] == (400, 100108517)
