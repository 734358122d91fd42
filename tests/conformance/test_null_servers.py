"""A server that is nothing, over the network: for every API the exit code of its cause, within the time-out."""

from __future__ import annotations

import json
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

import specs
from conformance.cli import main
from conformance.targets import target_content
from tests.conformance.null_server import PAGE, PATIENCE, answer_of

SERVER = Path(__file__).with_name("null_server.py")
TIMEOUT = 0.5
"""Seconds that a target is given for an answer."""

NOT_THIS_API = {
    "500": "answered 500 instead of 200",
    "404": "answered 404 instead of 200",
    "401": "answered 401 instead of 200",
    "redirect": "answered 302 instead of 200",
    "html": "has the media type text/html, documented is application/json",
    "no-json": "has a body that is not JSON",
    "another-kind": "answered no JSON object",
    "truncated": "no answer from",
    "no-http": "no answer from",
    "closed": "no answer from",
    "hang": "no answer from",
    "endless": "no answer from",
    "dripping-body": "no answer from",
    "dripping-headers": "no answer from",
}


@contextmanager
def null_server(kind: str) -> Iterator[str]:
    with subprocess.Popen([sys.executable, str(SERVER), kind], stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
        finally:
            process.kill()


@contextmanager
def told(api: str, address: str, folder: Path) -> Iterator[list[str]]:
    """The command line of a run there, by somebody who has no control API."""
    content = {**target_content(f"{api}-mock"), "control": None, "limits": {"timeout": TIMEOUT, "rate": 1000}}
    (folder / "target.json").write_text(json.dumps(content))
    report = str(folder / "report")
    yield ["run", "--base-url", address, "--target", str(folder / "target.json"), "--report-dir", report]


@pytest.mark.parametrize("kind", NOT_THIS_API)
@pytest.mark.parametrize("api", specs.names())
def test_what_does_not_answer_as_the_api_exits_4(
    tmp_path: Path, api: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with null_server(kind) as address, told(api, address, tmp_path) as arguments:
        began = time.monotonic()
        assert main(arguments) == 4
        assert time.monotonic() - began < PATIENCE / 2, "the time-out did not end it, the server did"
    assert NOT_THIS_API[kind] in capsys.readouterr().out
    results = json.loads((tmp_path / "report" / "results.json").read_text())
    assert (results["exit"]["name"], results["counts"]["judged"]) == ("UNREACHABLE", 0)


@pytest.mark.parametrize("kind", ["empty-page", "empty-object"])
@pytest.mark.parametrize("api", specs.names())
def test_what_answers_everything_alike_exits_1(tmp_path: Path, api: str, kind: str) -> None:
    with null_server(kind) as address, told(api, address, tmp_path) as arguments:
        command = [sys.executable, "-P", "-m", "conformance", *arguments]
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=240)
    assert ended.returncode == 1, ended.stdout + ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_port_where_nobody_listens_exits_4(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with told("supos", "http://127.0.0.1:1", tmp_path) as arguments:
        assert main(arguments) == 4
    assert "no answer from http://127.0.0.1:1: " in capsys.readouterr().out
    with told("supos", "https://127.0.0.1:1", tmp_path) as arguments:
        assert main(arguments) == 4


def test_a_certificate_that_is_not_trusted_exits_4_and_a_bundle_that_is_none_exits_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with null_server("empty-page") as address, told("supos", address.replace("http", "https"), tmp_path) as arguments:
        assert main(arguments) == 4
        (tmp_path / "ca.pem").write_text("no certificate")
        monkeypatch.setenv("CONFORMANCE_CA_BUNDLE", str(tmp_path / "ca.pem"))
        assert main(arguments) == 2
    assert "the CA bundle" in capsys.readouterr().err


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A self-signed certificate for 127.0.0.1, and its key in the same file."""
    openssl = shutil.which("openssl")
    if openssl is None:
        pytest.skip("openssl, which makes the certificate, is not on the PATH")
    path, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    command = [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1", "-subj", "/CN=127.0.0.1"]
    command += ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out", str(path)]
    subprocess.run(command, check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + key.read_bytes())
    return path


def test_a_server_behind_a_ca_of_its_own_is_reached_with_its_bundle(
    tmp_path: Path, certificate: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as plain, context.wrap_socket(plain, server_side=True) as listener:
        address = f"https://127.0.0.1:{listener.getsockname()[1]}"
        worker = Thread(target=_one_page, args=(listener,))
        worker.start()
        with told("supos", address, tmp_path) as arguments:
            content = json.loads((tmp_path / "target.json").read_text())
            (tmp_path / "target.json").write_text(json.dumps({**content, "ca_bundle": str(certificate)}))
            assert main(["target", "check", *arguments[1:5]]) == 0
        worker.join()
    assert "queryPending answered 200" in capsys.readouterr().out


def _one_page(listener: ssl.SSLSocket) -> None:
    connection, _ = listener.accept()
    with connection:
        connection.recv(65536)
        connection.sendall(answer_of(b"200 OK", PAGE))
