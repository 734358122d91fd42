"""Who may import whom, and what may not be written where."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import specs
from specs.nodes import request_nodes

ROOT = Path(__file__).parents[1]
PACKAGES = ("specs", "mockserver", "conformance")


def _sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def _tree(text: str) -> ast.Module:
    return ast.parse(text)


def imports(text: str) -> Iterator[str]:
    """Every module that a source imports, wherever the import stands; ``from a import b`` gives ``a`` and ``a.b``."""
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "imports are absolute"
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def _reaches(text: str, package: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for name in imports(text))


def _offenders(sources: list[Path], offends: Callable[[str], bool]) -> list[str]:
    return [str(path.relative_to(ROOT)) for path in sources if offends(path.read_text(encoding="utf-8"))]


FORBIDDEN = [
    ("specs", "mockserver"),
    ("specs", "conformance"),
    ("mockserver", "conformance"),
    ("conformance", "mockserver"),
    ("mockserver", "yaml"),
    ("mockserver", "specs.bundle"),
    ("specs", "pytest"),
    ("specs", "httpx"),
    ("mockserver", "pytest"),
    ("mockserver", "connexion.context"),
    ("mockserver", "connexion.request"),
    ("specs", "tests"),
    ("mockserver", "tests"),
    ("conformance", "tests"),
]


@pytest.mark.parametrize(("package", "other"), FORBIDDEN)
def test_a_package_never_imports_the_other(package: str, other: str) -> None:
    assert _offenders(_sources(package), lambda text: _reaches(text, other)) == []


def test_of_the_contracts_only_the_bundler_reads_yaml() -> None:
    assert _offenders(_sources("specs"), lambda text: _reaches(text, "yaml")) == ["specs/bundle.py"]
    assert _offenders(_sources("specs"), lambda text: _reaches(text, "specs.bundle")) == []


@pytest.mark.parametrize(
    "text",
    [
        "import yaml",
        "import yaml.nodes",
        "from yaml import Node",
        "def f():\n    import yaml",
        "import a, yaml",
        "from importlib import import_module\nimport_module('yaml')",
    ],
)
def test_an_import_is_seen_wherever_it_stands(text: str) -> None:
    assert _reaches(text, "yaml")
    assert not _reaches(text.replace("yaml", "yamlike"), "yaml")


@pytest.mark.parametrize("api", specs.names())
def test_no_code_of_a_node_rule_is_written_in_the_mock(api: str) -> None:
    """Codes of node rules come from the document; handlers know the codes of states only."""
    contract = specs.load(api)
    codes = {
        str(code)
        for operation in contract
        for node in request_nodes(contract, operation).values()
        for code in node.schema.get("x-error", {}).values()
    }
    assert codes
    written = re.compile(rf"(?<!\w)({'|'.join(map(re.escape, sorted(codes)))})(?!\w)")
    sources = _sources(f"mockserver/apis/{api}")
    assert _offenders(sources, lambda text: written.search(text.replace("_", "")) is not None) == []


def test_the_judge_knows_no_address_of_the_mocks_own_api() -> None:
    assert _offenders(_sources("conformance"), lambda text: "/_mock" in text) == []


ASKED = frozenset(("arguments", "call", "case", "clause", "operation", "request"))
"""What may have a body or a text in checks: requests, operations, clauses; answers are read by pointer."""

RAW = frozenset(("body", "content", "json", "text", "raw"))


def raw_reads(text: str) -> list[str]:
    """Attributes by which a check would read an answer past ``field``, ``fields`` and ``expect``."""
    found = []
    for node in ast.walk(_tree(text)):
        if isinstance(node, ast.Attribute) and node.attr in RAW:
            owner = ast.unparse(node.value).rpartition(".")[2]
            if node.attr == "content" or owner not in ASKED:
                found.append(ast.unparse(node))
    return found


def test_checks_read_answers_by_pointer_only() -> None:
    sources = _sources("conformance/suite", "conformance/laws")
    assert sources
    assert {str(path.relative_to(ROOT)): raw_reads(path.read_text(encoding="utf-8")) for path in sources} == {
        str(path.relative_to(ROOT)): [] for path in sources
    }


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("answer.json()", ["answer.json"]),
        ("client.call(x).body['a']", ["client.call(x).body"]),
        ("call.content", ["call.content"]),
        ("page.text", ["page.text"]),
        ("answer.field('/body')", []),
        ("call.body['appId']", []),
        ("case.clause.text", []),
    ],
)
def test_a_raw_read_is_seen(text: str, found: list[str]) -> None:
    assert raw_reads(text) == found


def _files() -> list[Path]:
    """The project's own files: what git tracks or would track."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("not a checkout")
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True, check=True
    )
    names = listed.stdout.decode().split("\0")
    return [path for name in names if name and (path := ROOT / name).is_file()]


def _texts() -> Iterator[tuple[str, str]]:
    for path in _files():
        try:
            yield str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


OUTSIDE = re.compile(r"\.\./" + "shared" + r"\b|[\"']" + "shared" + r"[\"']\s*/|/\s*[\"']" + "shared" + r"[\"']")
MACHINE = re.compile(r"(?<![\w.:/}-])/(?:" + "|".join(("root", "home", "Users", "work", "tmp/bash")) + r")/\w")


def test_no_file_reads_the_folder_beside_the_project() -> None:
    assert [name for name, text in _texts() if OUTSIDE.search(text)] == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert [name for name, text in _texts() if MACHINE.search(text)] == []


def test_the_two_searches_find_what_they_search_for() -> None:
    name = "shared"
    assert OUTSIDE.search(f"open('../{name}/docs')")
    assert OUTSIDE.search(f"ROOT.parent / '{name}' / 'docs'")
    assert not OUTSIDE.search("a shared task")
    assert MACHINE.search(" /" + "home/ann/x")
    assert MACHINE.search("'/" + "work/main'")
    assert not MACHINE.search("/open-api/p/" + "workflow/v2")
    assert not MACHINE.search("https://example.org/" + "home/x")
