"""The command line, as a shell sees it."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

import specs
from conformance.target import Control
from conformance.targets import parse_target
from mockserver.adapter import Adapter, Option, load_adapter
from mockserver.cli import TOKEN_VARIABLE, is_loopback, main
from mockserver.errors import UsageError
from mockserver.serve import bind

LOCAL = "127.0.0.1"
PENDING = "/open-api/p/workflow/v2/tasks/pending"


@contextmanager
def serving(*arguments: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], HTTPConnection]]:
    """A mock on a free port and a connection to it."""
    command = [sys.executable, "-P", "-m", "mockserver", "serve", "--port", "0", *arguments]
    environment = {name: value for name, value in os.environ.items() if name != TOKEN_VARIABLE} | variables
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line.startswith("ready on http://")
            connection = HTTPConnection(LOCAL, int(line.rpartition(":")[2]), timeout=10)
            yield process, connection
            connection.close()
        finally:
            process.kill()


def _get(connection: HTTPConnection, path: str, headers: dict[str, str] | None = None) -> tuple[int, Any]:
    connection.request("GET", path, headers=headers or {})
    answer = connection.getresponse()
    return answer.status, json.loads(answer.read())


def _fails(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err.strip()


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_serve_says_one_line_and_ends_cleanly_on_a_signal(sign: signal.Signals) -> None:
    with serving("--api", "supos") as (process, connection):
        status, health = _get(connection, "/_mock/health")
        assert (status, health["status"], health["faults"], health["apis"]) == (200, "ok", 0, ["supos"])
        connection.close()
        process.send_signal(sign)
        assert process.communicate(timeout=10) == ("", "")
        assert process.returncode == 0


def test_headers_that_sign_prints_are_accepted(capsys: pytest.CaptureFixture[str]) -> None:
    path = f"{PENDING}?username=test&appId=%E5%BC%A0%20x"
    assert main(["sign", "GET", f"http://{LOCAL}:8080{path}"]) == 0
    headers = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert list(headers) == ["Content-Type", "Authorization"]
    with serving() as (_, connection):
        assert _get(connection, path, headers)[0] == 200
        assert _get(connection, path)[0] == 401


@pytest.mark.parametrize("version", ["v4", "v5", "v6"])
def test_headers_that_sign_prints_for_a_key_are_accepted(capsys: pytest.CaptureFixture[str], version: str) -> None:
    path = f"/api/{version}/workflow/instance/get"
    assert main(["sign", "POST", f"http://{LOCAL}:8080{path}"]) == 0
    headers = dict(line.split(": ", 1) for line in capsys.readouterr().out.splitlines())
    assert headers == {"Content-Type": "application/json", "Authorization": "Bearer test-key"}
    with serving() as (_, connection):
        body = '{"instance_id": "63ff32d918fbc20007a4a082"}'
        for sent, status in ((headers, 200), ({}, 400)):
            connection.request("POST", path, body, sent)
            answer = connection.getresponse()
            assert (answer.status, json.loads(answer.read()).get("code")) == (status, None if sent else 8301)


def test_sign_takes_another_key_and_says_which_credentials_an_api_has(capsys: pytest.CaptureFixture[str]) -> None:
    url = f"http://{LOCAL}:8080/api/v4/workflow/instance/get"
    assert main(["sign", "POST", url, "--token", "abc", "--header", "Content-Type: text/json"]) == 0
    assert capsys.readouterr().out == "Content-Type: text/json\nAuthorization: Bearer abc\n"
    assert _fails(capsys, "sign", "POST", url, "--ak", "a") == (
        "mockserver: the API 'jodoo' has no --ak; it takes --token"
    )
    assert _fails(capsys, "sign", "GET", f"http://{LOCAL}{PENDING}", "--token", "a") == (
        "mockserver: the API 'supos' has no --token; it takes --ak, --sk"
    )


def test_both_apis_are_served_unless_one_is_named() -> None:
    with serving() as (_, connection):
        assert _get(connection, "/_mock/health")[1]["apis"] == ["jodoo", "supos"]
    with serving("--api", "jodoo") as (_, connection):
        assert _get(connection, "/_mock/health")[1]["apis"] == ["jodoo"]
        assert _get(connection, f"{PENDING}?username=test")[0] == 404


def test_with_auth_off_nobody_signs() -> None:
    with serving("--auth", "off") as (_, connection):
        assert _get(connection, f"{PENDING}?username=test")[0] == 200


def test_an_empty_mock_knows_nobody() -> None:
    with serving("--auth", "off", "--empty") as (_, connection):
        status, body = _get(connection, f"{PENDING}?username=test")
        assert (status, body["code"]) == (400, 100108230)


def test_a_mock_serves_what_a_world_file_says(tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text(json.dumps({"version": 1, "people": [{"name": "ann"}]}))
    with serving("--auth", "off", "--empty", "--load", str(tmp_path)) as (_, connection):
        assert _get(connection, f"{PENDING}?username=ann")[0] == 200
        assert _get(connection, f"{PENDING}?username=test")[0] == 400
    with serving("--auth", "off", "--load", str(tmp_path / "world.json")) as (_, connection):
        assert _get(connection, f"{PENDING}?username=ann")[0] == 200
        assert _get(connection, f"{PENDING}?username=test")[0] == 200


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "it is no JSON that can be read (Expecting property name"),
        ('{"version": 2}', "version: 2 is no version that is read; write 1"),
        (
            '{"version": 1, "instances": [{"definition": "P", "initiator": "ann"}]}',
            "instances[0].definition: no definition has the key 'P'; name a BPMN process",
        ),
    ],
)
def test_a_broken_world_file_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, text: str, said: str
) -> None:
    file = tmp_path / "world.json"
    file.write_text(text)
    assert _fails(capsys, "serve", "--port", "0", "--load", str(file)).startswith(f"mockserver: {file}: {said}")


def _health(connection: HTTPConnection, token: str | None = None) -> int:
    return _get(connection, "/_mock/health", {} if token is None else {"Authorization": f"Bearer {token}"})[0]


def test_a_token_guards_the_mocks_own_api() -> None:
    with serving("--control-token", "t0ken") as (_, connection):
        assert [_health(connection, token) for token in (None, "other", "t0ken")] == [401, 401, 200]


def test_a_token_in_the_environment_does_as_well_and_the_flag_comes_first() -> None:
    variable = {"MOCKSERVER_CONTROL_TOKEN": "fr0m-there"}
    with serving(**variable) as (process, connection):
        assert [_health(connection, token) for token in (None, "fr0m-there")] == [401, 200]
        assert "fr0m-there" not in " ".join(map(str, process.args))  # type: ignore[union-attr, arg-type]
    with serving("--control-token", "fr0m-here", **variable) as (_, connection):
        assert [_health(connection, token) for token in ("fr0m-there", "fr0m-here")] == [401, 200]


def test_off_loopback_there_is_no_control_without_a_token() -> None:
    with serving("--host", "0.0.0.0") as (_, connection):
        for path in ("/health", "/reset", "/options", "/clock", "/openapi.json", "/ui/"):
            status, body = _get(connection, f"/_mock{path}")
            assert (status, body) == (404, _get(connection, "/nowhere")[1])
        assert _get(connection, f"{PENDING}?username=test")[0] == 401
    with serving("--host", "0.0.0.0", "--control-token", "t0ken") as (_, connection):
        assert [_health(connection, token) for token in (None, "t0ken")] == [401, 200]


@pytest.mark.parametrize("variables", [{}, {"MOCKSERVER_CONTROL_TOKEN": ""}])
def test_an_empty_token_is_none_that_guards(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    arguments = ("serve", "--port", "0", *(() if variables else ("--control-token", "")))
    assert _fails(capsys, *arguments) == (
        "mockserver: the control token is empty, or holds a blank or what is not ASCII; choose another"
    )


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("127.8.9.10", True),
        ("localhost", True),
        ("127.1", True),
        ("0.0.0.0", False),
        ("", False),
        ("::1", True),
        ("::", False),
    ],
)
def test_loopback_is_what_a_socket_is_bound_to(host: str, local: bool) -> None:
    try:
        listener = bind(host, 0)
    except UsageError:
        assert ":" in host, "an address of IPv4 is there on every machine"
        pytest.skip("this machine has no IPv6")
    with listener:
        assert is_loopback(listener) is local


def test_no_output_of_a_mock_shows_its_token() -> None:
    token = "very-s3cret-t0ken"
    with serving("--control-token", token) as (process, connection):
        _health(connection, token)
        _health(connection, token + "x")
        connection.request("POST", f"/_mock/clock?token={token}", body=b"\xff", headers=_bearer(token))
        assert connection.getresponse().read() == b'{"code":"refused","message":"body: is not UTF-8"}'
        connection.close()
        process.send_signal(signal.SIGTERM)
        assert token not in "".join(process.communicate(timeout=10))


def _bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}


def test_a_defect_makes_the_mock_misbehave() -> None:
    with serving("--auth", "off", "--defect", "supos.queryPending.accepts:refuses") as (_, connection):
        assert _get(connection, f"{PENDING}?username=test")[0] == 400


def test_a_port_in_use_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.create_server((LOCAL, 0)) as taken:
        port = taken.getsockname()[1]
        said = _fails(capsys, "serve", "--port", str(port))
    assert said == (
        f"mockserver: cannot listen on {LOCAL} port {port}: address already in use; choose another --host or --port"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("serve", "--port", "70000"), "70000 is no port; choose one from 0 to 65535"),
        (
            ("serve", "--clock", "noon"),
            "the clock 'noon' is no time; give 'real', or a time like 2024-05-01T08:00:00+08:00",
        ),
        (("serve", "--clock", "9999-12-31"), "the clock '9999-12-31' lies outside of the years 1970 to 9998; give"),
        (("serve", "--port", "0", "--seed", str(2**63)), f"the seed {2**63} is too large; choose one of 64 bits"),
        (("serve", "--option", "supos.speed=1"), "there is no option 'supos.speed' (choose from: jodoo.rate-limit)"),
        (("serve", "--option", "speed"), "--option 'speed' has no =; write it like jodoo.rate-limit=30"),
        (("options", "--api", "supo"), "there is no API called 'supo' (choose from: jodoo, supos)"),
        (("serve", "--api", "supo"), "there is no API called 'supo' (choose from: jodoo, supos)"),
        (("defects", "--api", "supo"), "there is no API called 'supo' (choose from: jodoo, supos)"),
        (
            ("serve", "--port", "0", "--defect", "supos.queryPending.accepts:refuse"),
            "there is no defect 'supos.queryPending.accepts:refuse' (did you mean supos.queryPending.accepts:refuses",
        ),
        (("sign", "GET", "http://127.0.0.1/nowhere"), "no API is served at '/nowhere'; give the whole URL"),
        (
            ("sign", "GET", f"http://127.0.0.1{PENDING}", "--header", "nonsense"),
            "--header 'nonsense' has no colon; write it like Content-Type:application/json",
        ),
    ],
)
def test_what_there_is_not_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert _fails(capsys, *arguments).startswith(f"mockserver: {said}")


def test_wrong_usage_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--auth", "perhaps"]) == 2
    assert "invalid choice: 'perhaps'" in capsys.readouterr().err


def test_fixtures_describe_a_target_that_the_judge_understands(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fixtures", "--api", "supos", "--format", "target"]) == 0
    target = parse_target(json.loads(capsys.readouterr().out), "fixtures")
    assert (target.api, target.base_url, target.writes) == ("supos", "http://127.0.0.1:8080", "full")
    assert target.control == Control("/_mock", world_header="X-Mock-World")
    assert target.identities == {"main": {"ak": "testak", "sk": "testsk"}}
    assert target.capabilities == frozenset(specs.load("supos").document["x-capabilities"])
    assert target.roles["user.main"] == "test"
    assert target.limits.rate is None


def test_fixtures_of_an_api_with_a_limit_say_how_often_it_may_be_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fixtures", "--api", "jodoo", "--format", "target"]) == 0
    target = parse_target(json.loads(capsys.readouterr().out), "fixtures")
    assert (target.limits.rate, target.identities) == (25, {"main": {"token": "test-key"}})
    assert target.capabilities == {"aliases", "burst"}


def test_fixtures_are_listed_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["fixtures", "--api", "supos", "--format", "json"]) == 0
    roles = json.loads(capsys.readouterr().out)["supos"]
    assert main(["fixtures", "--api", "supos"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "supos  user.main = test"
    assert len(lines) == len(roles)


def test_defects_are_listed_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["defects", "--api", "supos", "--format", "json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found[0]) == {"id", "clause", "kind", "text"}
    assert main(["defects", "--api", "supos"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{len(found)} defects"


RATE = Option("rate-limit", 30, {"type": "integer", "minimum": 0}, "Calls in a second; 0 lifts the limit.")


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> None:
    """supOS has an option."""
    adapter: Adapter = replace(load_adapter("supos"), options=(RATE,))
    monkeypatch.setattr("mockserver.apis.supos.ADAPTER", adapter)


@pytest.mark.usefixtures("limited")
def test_options_are_listed_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["options", "--api", "supos"]) == 0
    assert capsys.readouterr().out == (
        "supos.rate-limit = 30\n    Calls in a second; 0 lifts the limit. Takes an integer of at least 0.\n1 option\n"
    )
    assert main(["options", "--api", "supos", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {"name": "supos.rate-limit", "default": 30, "schema": dict(RATE.schema), "text": RATE.text}
    ]


@pytest.mark.usefixtures("limited")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--option", "supos.rate-limit=many"),
            'the option supos.rate-limit takes an integer of at least 0, not "many"',
        ),
        (("--option", "supos.rate-limit=-1"), "the option supos.rate-limit takes an integer of at least 0, not -1"),
        (("--option", "supos.rate=1"), "there is no option 'supos.rate' (choose from: supos.rate-limit)"),
        (("--option", "rate-limit"), "--option 'rate-limit' has no =; write it like supos.rate-limit=30"),
    ],
)
def test_an_option_that_there_is_not_is_said_in_one_line(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], said: str
) -> None:
    assert _fails(capsys, "serve", "--api", "supos", "--port", "0", *arguments) == f"mockserver: {said}"


@pytest.mark.usefixtures("limited")
def test_worlds_start_with_the_options_of_the_command_line(monkeypatch: pytest.MonkeyPatch) -> None:
    served: list[Any] = []
    monkeypatch.setattr("mockserver.serve.serve", lambda app, listener, host: served.append(app))
    assert main(["serve", "--api", "supos", "--port", "0"]) == 0
    given = ("--option", "supos.rate-limit=9", "--option", "supos.rate-limit=7")
    assert main(["serve", "--api", "supos", "--port", "0", *given]) == 0
    values = [app.worlds.of(world).options for app in served for world in (None, b"a")]
    assert values == [{"supos.rate-limit": 30}] * 2 + [{"supos.rate-limit": 7}] * 2


@pytest.mark.parametrize("command", ["sign", "fixtures", "options"])
def test_commands_that_serve_nothing_import_no_server(command: str) -> None:
    arguments = {"sign": f"'sign', 'GET', 'http://{LOCAL}{PENDING}'", "fixtures": "'fixtures'"}.get(
        command, "'options'"
    )
    text = f"import sys; from mockserver.cli import main; main([{arguments}]); print('!', 'connexion' in sys.modules)"
    done = subprocess.run([sys.executable, "-P", "-c", text], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "! False"


def test_serve_imports_neither_faker_nor_the_judge() -> None:
    text = (
        "import sys; import mockserver; mockserver.create_app();"
        "print([name for name in ('faker', 'conformance', 'pytest', 'mockserver.defects') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-P", "-c", text], capture_output=True, text=True, check=True)
    assert (done.stdout, done.stderr) == ("[]\n", "")


def test_public_names_of_the_package() -> None:
    import mockserver

    assert mockserver.__all__ == ["Options", "create_app"]
