"""Which requests get what, as clients see it."""

from __future__ import annotations

import json
from typing import Any

import pytest

from conformance.wire.transport import Message
from mockserver import Options, create_app
from tests.in_process import AsgiTransport
from tests.mockserver.apis.jodoo.conftest import SAMPLE, Ask, refusal

BASE = "http://mock.example/api"


@pytest.mark.parametrize(
    ("body", "tasks"),
    [
        ({"instance_id": SAMPLE}, None),
        ({"instance_id": SAMPLE, "tasks_type": 0}, None),
        ({"instance_id": SAMPLE, "tasks_type": 1}, 2),
        ({"instance_id": SAMPLE, "tasks_type": 1.0}, 2),
        ({"instance_id": SAMPLE, "tasks_type": 1, "app_id": "x", "entry_id": None, "more": {}}, 2),
    ],
)
def test_an_instance_is_read_with_or_without_its_tasks(ask: Ask, body: Any, tasks: int | None) -> None:
    answer = ask(body)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/json;charset=utf-8")
    content = json.loads(answer.body)
    assert content["instance_id"] == SAMPLE
    assert (len(content["tasks"]) if "tasks" in content else None) == tasks


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"instance_id": "f" * 24}, 50016),
        ({"instance_id": "0" * 24}, 50016),
        ({"instance_id": SAMPLE.upper()}, 50016),
        ({"instance_id": f"{SAMPLE} "}, 50016),
        ({"instance_id": SAMPLE[1:]}, 50016),
        ({"instance_id": " "}, 50016),
        ({"instance_id": "请假\u0000"}, 50016),
        ({}, 17017),
        ({"data_id": SAMPLE}, 17017),
        ({"instance_id": ""}, 17017),
        ({"instance_id": None}, 17017),
        ({"instance_id": 63}, 17017),
        ({"instance_id": [SAMPLE]}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": 2}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": -1}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": 0.5}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": "1"}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": True}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": False}, 17017),
        ({"instance_id": SAMPLE, "tasks_type": None}, 17017),
        ({"instance_id": "f" * 24, "tasks_type": 7}, 17017),
        ([], 17017),
        ([{"instance_id": SAMPLE}], 17017),
        ("text", 17017),
        (5, 17017),
        (None, 17017),
        (b"", 17017),
        (b"{", 17017),
        (b'{"instance_id": "\xff"}', 17017),
        (b'{"instance_id": NaN}', 17017),
        (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 17017),
    ],
)
def test_what_is_wrong_is_refused_with_400_and_its_code(ask: Ask, body: Any, code: int) -> None:
    assert refusal(ask(body)) == (400, code)


@pytest.mark.parametrize("media", ["text/plain", "application/x-www-form-urlencoded", "application/xml", "json"])
def test_a_body_that_is_not_called_json_is_refused(ask: Ask, media: str) -> None:
    assert refusal(ask({"instance_id": SAMPLE}, headers={"Content-Type": media})) == (400, 17017)


@pytest.mark.parametrize("media", ["application/json", "application/json;charset=utf-8", "Application/JSON", None])
def test_parameters_and_case_of_the_media_type_do_not_matter(ask: Ask, media: str | None) -> None:
    assert ask({"instance_id": SAMPLE}, headers={"Content-Type": media}).status == 200


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer test-ke",
        "Bearer test-key1",
        "Bearer TEST-KEY",
        "test-key",
        "Basic test-key",
        "Token test-key",
        "Bearertest-key",
        "Bearer test key",
    ],
)
def test_whoever_has_no_key_is_told_nothing_else(ask: Ask, authorization: str | None) -> None:
    for body in ({"instance_id": SAMPLE}, {"instance_id": "f" * 24}, b"{", b""):
        assert refusal(ask(body, headers={"Authorization": authorization})) == (400, 8301)


@pytest.mark.parametrize("authorization", ["Bearer test-key", "bearer test-key", "BEARER  test-key"])
def test_the_name_of_the_scheme_is_read_in_any_case(ask: Ask, authorization: str) -> None:
    assert ask({"instance_id": SAMPLE}, headers={"Authorization": authorization}).status == 200


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused_with_405(ask: Ask, method: str) -> None:
    answer = ask({"instance_id": SAMPLE}, method=method)
    assert refusal(answer) == (405, 1)
    assert answer.headers["allow"] == "POST"


@pytest.mark.parametrize("path", ["/v4/workflow/instance/getx", "/v4/workflow/instance", "/v5/x", "/v6/", "/v4"])
def test_an_unknown_path_is_a_404_in_the_same_form(ask: Ask, path: str) -> None:
    assert refusal(ask({}, url=f"{BASE}{path}")) == (404, 1)


@pytest.mark.parametrize("version", ["v5", "v6"])
def test_clients_of_other_versions_get_the_same_answers(ask: Ask, version: str) -> None:
    url = f"{BASE}/{version}/workflow/instance/get"
    for body in ({"instance_id": SAMPLE, "tasks_type": 1}, {"instance_id": "f" * 24}, {}):
        here, there = ask(body), ask(body, url=url)
        assert (there.status, there.headers, there.body) == (here.status, here.headers, here.body)
    assert refusal(ask({}, url=url, method="GET")) == (405, 1)


def test_the_limit_counts_calls_of_all_versions_together_and_a_reset_forgets_them(ask: Ask, mock: Any) -> None:
    urls = [f"{BASE}/{version}/workflow/instance/get" for version in ("v4", "v5", "v6")]
    answers = [ask({"instance_id": SAMPLE}, url=urls[number % 3]) for number in range(33)]
    assert [answer.status for answer in answers] == [200] * 30 + [400] * 3
    assert {refusal(answer) for answer in answers[30:]} == {(400, 8303)}
    assert all("retry-after" not in answer.headers for answer in answers)
    mock.worlds.reset(None)
    assert ask({"instance_id": SAMPLE}).status == 200


def test_the_option_lifts_the_limit(ask: Ask, mock: Any) -> None:
    mock.worlds.of(None).options["jodoo.rate-limit"] = 0
    assert {ask({"instance_id": SAMPLE}).status for _ in range(100)} == {200}


def test_with_auth_off_nobody_needs_a_key_and_all_are_one_caller() -> None:
    transport = AsgiTransport(create_app(apis=("jodoo",), options=Options(auth=False)))
    body = json.dumps({"instance_id": SAMPLE}).encode()
    message = Message("POST", f"{BASE}/v4/workflow/instance/get", (("Content-Type", "application/json"),), body)
    assert [transport.send(message, 5).status for _ in range(31)] == [200] * 30 + [400]
    transport.close()
