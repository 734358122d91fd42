"""The command line, as a shell sees it."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

import specs
from conformance.target import Control
from conformance.targets import parse_target
from mockserver.cli import main

LOCAL = "127.0.0.1"
PENDING = "/open-api/p/workflow/v2/tasks/pending"


@contextmanager
def serving(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], HTTPConnection]]:
    """A mock on a free port and a connection to it."""
    command = [sys.executable, "-P", "-m", "mockserver", "serve", "--port", "0", *arguments]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
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
        assert _get(connection, "/_mock/health") == (
            200,
            {"status": "ok", "faults": 0, "worlds": 1, "apis": ["supos"]},
        )
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


def test_a_token_guards_the_mocks_own_api() -> None:
    with serving("--control-token", "t0ken") as (_, connection):
        assert _get(connection, "/_mock/health")[0] == 401
        assert _get(connection, "/_mock/health", {"Authorization": "Bearer t0ken"})[0] == 200


def test_off_loopback_the_mocks_own_api_is_off_without_a_token() -> None:
    with serving("--host", "0.0.0.0") as (_, connection):
        assert _get(connection, "/_mock/health")[0] == 404
        assert _get(connection, f"{PENDING}?username=test")[0] == 401
    with serving("--host", "0.0.0.0", "--control-token", "t0ken") as (_, connection):
        assert _get(connection, "/_mock/health", {"Authorization": "Bearer t0ken"})[0] == 200


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
            "the clock 'noon' is neither 'real' nor a time like 2024-05-01T08:00:00+08:00",
        ),
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


@pytest.mark.parametrize("command", ["sign", "fixtures"])
def test_commands_that_serve_nothing_import_no_server(command: str) -> None:
    arguments = {"sign": f"'sign', 'GET', 'http://{LOCAL}{PENDING}'", "fixtures": "'fixtures'"}[command]
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
