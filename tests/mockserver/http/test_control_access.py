"""Who is let into the mock's own API."""

from __future__ import annotations

import hmac
import logging
from typing import Any

import pytest

from mockserver import Options, create_app
from mockserver.control import contract
from mockserver.errors import UsageError
from mockserver.http import security
from mockserver.http.app import Mock
from tests.mockserver.http.conftest import call

TOKEN = "t0ken-0815"
BEARER = {"Authorization": f"Bearer {TOKEN}"}
CALLS = [(operation.method, operation.path) for operation in contract()]
CALLS += [("HEAD", path) for method, path in CALLS if method == "GET"]
DOCUMENTS = ("/openapi.json", "/openapi.yaml", "/ui/", "/ui/index.html")
BODIES = {"/seed": {"tasks": 1}, "/options": {}, "/clock": {"advance": 1}}


@pytest.fixture(scope="module")
def guarded() -> Mock:
    return create_app(("supos",), options=Options(control_token=TOKEN))


def _ask(mock: Mock, method: str, path: str, **rest: Any) -> Any:
    answer = call(mock, method, f"/_mock{path}", **rest)
    assert answer is not None
    return answer


@pytest.mark.parametrize(("method", "path"), CALLS)
def test_with_a_token_every_call_asks_for_it(guarded: Mock, method: str, path: str) -> None:
    data = BODIES.get(path) if method in ("POST", "PUT") else None
    assert _ask(guarded, method, path, headers=BEARER, data=data).status in (200, 204)
    for sent in (
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer "},
        {"Authorization": "Bearer other"},
        {"Authorization": f"Bearer {TOKEN}x"},
        {"Authorization": f"Bearer {TOKEN[:-1]}"},
        {"Authorization": f"Bearer {TOKEN.upper()}"},
        {"Authorization": f"Basic {TOKEN}"},
        {"Authorization": TOKEN},
        {"X-Token": TOKEN},
        {"Authorization": "Bearer 口令"},
    ):
        answer = _ask(guarded, method, path, headers=sent, data=data)
        assert (answer.status, answer.headers["www-authenticate"]) == (401, "Bearer"), sent
        if method != "HEAD":
            assert answer.json() == {"code": "unauthorized", "message": "The token is missing or wrong."}


def test_a_stranger_is_refused_before_anything_else_is_looked_at(guarded: Mock) -> None:
    assert _ask(guarded, "POST", "/clock", headers={}, body=b"\xff").status == 401


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_name_of_the_scheme_has_no_case(guarded: Mock, scheme: str) -> None:
    assert _ask(guarded, "GET", "/health", headers={"Authorization": f"{scheme} {TOKEN}"}).status == 200


@pytest.mark.parametrize("path", DOCUMENTS)
def test_documents_ask_for_no_token_and_hold_none(guarded: Mock, path: str) -> None:
    answer = _ask(guarded, "GET", path, headers={})
    assert answer.status == 200
    assert TOKEN.encode() not in answer.body


def test_the_apis_ask_for_no_token(guarded: Mock) -> None:
    answer = call(guarded, "GET", "/open-api/p/workflow/v2/tasks/pending?username=test", headers=BEARER)
    assert answer is not None
    assert answer.json()["code"] == 100106403


def test_without_a_token_none_is_asked_for() -> None:
    mock = create_app(("supos",))
    for method, path in CALLS:
        data = BODIES.get(path) if method in ("POST", "PUT") else None
        assert _ask(mock, method, path, headers={}, data=data).status in (200, 204)


@pytest.mark.parametrize(("method", "path"), [*CALLS, *(("GET", path) for path in DOCUMENTS)])
def test_a_mock_without_control_knows_no_such_path(method: str, path: str) -> None:
    mock = create_app(("supos",), options=Options(control=False, control_token=TOKEN))
    answer = _ask(mock, method, path, headers=BEARER)
    unknown = call(mock, method, f"/nowhere{path}", headers=BEARER)
    assert unknown is not None
    assert (answer.status, answer.headers, answer.body) == (unknown.status, unknown.headers, unknown.body)
    assert answer.json() == {"message": "no API is served here; there are /open-api/p/workflow/v2"}


def test_tokens_are_compared_in_constant_time(guarded: Mock, monkeypatch: pytest.MonkeyPatch) -> None:
    compared, real = [], hmac.compare_digest

    def compare(sent: bytes, wanted: bytes) -> bool:
        compared.append((sent, wanted))
        return real(sent, wanted)

    monkeypatch.setattr(security.hmac, "compare_digest", compare)
    assert _ask(guarded, "GET", "/health", headers={"Authorization": "Bearer guess"}).status == 401
    assert compared == [(b"guess", TOKEN.encode())]


@pytest.mark.parametrize("token", ["", " ", "two words", "口令", "tab\t", "line\n"])
def test_a_token_that_no_header_carries_is_refused_and_not_repeated(token: str) -> None:
    with pytest.raises(UsageError) as caught:
        create_app(("supos",), options=Options(control_token=token))
    assert str(caught.value) == ("the control token is empty, or holds a blank or what is not ASCII; choose another")


def test_no_representation_and_no_log_shows_the_token(caplog: pytest.LogCaptureFixture) -> None:
    options = Options(control_token=TOKEN)
    mock = create_app(("supos",), options=options)
    mock.operation("control", "health").handler = lambda world: {"status": "broken"}
    assert _ask(mock, "GET", "/health", headers=BEARER).status == 500
    assert [record.levelno for record in caplog.records] == [logging.ERROR]
    assert TOKEN not in caplog.text
    assert TOKEN not in repr(options)
