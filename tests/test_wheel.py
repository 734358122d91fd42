"""The wheel: what is in it, and that an installed one judges the same from a hostile folder."""

from __future__ import annotations

import json
import os
import site
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder

PROJECT = Path(__file__).parent.parent
BOMB = "raise SystemExit('a hostile file was imported')\n"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    return Path(next(WheelBuilder(str(PROJECT)).build(directory=str(folder), versions=["standard"])))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that has the wheel and, by a path file, the dependencies of this one."""
    folder = tmp_path_factory.mktemp("env")
    venv.create(folder, with_pip=False, symlinks=True)
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": str(folder), "platbase": str(folder)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(packages)
    ours = [path for path in (*site.getsitepackages(), sysconfig.get_path("platlib")) if Path(path).is_dir()]
    (packages / "dependencies.pth").write_text("\n".join(dict.fromkeys(ours)) + "\n")
    return folder / "bin" / "python"


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with everything that could mislead pytest or Python."""
    (tmp_path / "conftest.py").write_text(BOMB)
    (tmp_path / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option\npython_files = *.py\n")
    for name in ("specs", "conformance", "mockserver"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text(BOMB)
    return tmp_path


def test_the_wheel_holds_the_three_packages_and_their_data(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tops = {name.partition("/")[0] for name in names if ".dist-info/" not in name}
    assert tops == {"specs", "mockserver", "conformance"}
    assert {
        *(f"specs/{api}/{name}" for api in ("jodoo", "supos") for name in ("bundle.json", "openapi.yaml")),
        *(f"mockserver/apis/{api}/definitions/world.json" for api in ("jodoo", "supos")),
        *(f"conformance/suite/{api}/givens.py" for api in ("jodoo", "supos")),
        "specs/x-fields.schema.json",
        "specs/py.typed",
        "mockserver/py.typed",
        "mockserver/engine/world.schema.json",
        "mockserver/apis/supos/definitions/leave.bpmn",
        "conformance/py.typed",
        "conformance/report/html/report.css",
        "conformance/report/html/report.js",
        "conformance/report/results.schema.json",
    } <= names


def test_the_sources_hold_no_file_that_the_wheel_lacks(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}
    ours = {
        path.relative_to(PROJECT).as_posix()
        for package in ("specs", "mockserver", "conformance")
        for path in (PROJECT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert packed == ours


@pytest.mark.parametrize("workers", [0, 2])
def test_an_installed_wheel_judges_from_a_hostile_folder(installed: Path, hostile: Path, workers: int) -> None:
    environment = {**os.environ, "PYTEST_ADDOPTS": "--no-such-option", "PYTEST_PLUGINS": "conftest"}
    environment.pop("PYTHONPATH", None)
    ended = subprocess.run(
        [
            str(installed),
            "-P",
            "-m",
            "conformance",
            "run",
            "--api",
            "supos",
            "--mock",
            "--fuzz",
            "none",
            "--workers",
            str(workers),
        ],
        cwd=hostile,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    results = json.loads((hostile / "conformance-report" / "results.json").read_text())
    assert {row["verdict"] for row in results["clauses"]} == {"pass", "excluded"}
    where = subprocess.run(
        [str(installed), "-P", "-c", "import conformance; print(conformance.__file__)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert Path(where.stdout.strip()).is_relative_to(installed.parent.parent), sys.path
