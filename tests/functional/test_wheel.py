"""The built wheel works without the repository: what it needs is inside it."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.functional
ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel's contents, far from the repository."""
    built = tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)], cwd=ROOT, check=True)
    (wheel,) = built.glob("*.whl")
    target = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(target)
    return target


def sagsflow(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the wheel's command line in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(installed), "PYTHONUTF8": "1"}
    return subprocess.run(
        [sys.executable, "-m", "sim", *words],
        cwd=folder,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        timeout=240,
        check=False,
    )


def test_shipped_configuration_is_that_of_the_repository(installed: Path) -> None:
    """Every configuration file and scenario is in the wheel, unchanged."""
    for folder in ("configs", "scenarios"):
        shipped = installed / "sim" / "shipped" / folder
        ours = {path.relative_to(ROOT / folder): path.read_bytes() for path in (ROOT / folder).rglob("*.yaml")}
        theirs = {path.relative_to(shipped): path.read_bytes() for path in shipped.rglob("*.yaml")}
        assert ours
        assert theirs == ours


def test_a_sweep_runs_from_any_folder(installed: Path, tmp_path: Path) -> None:
    """In an empty folder, with the wheel alone, a sweep gives its results below that folder."""
    done = sagsflow(
        installed,
        tmp_path,
        "sweep",
        "municipality=one_team",
        "scenario=baseline",
        "teams.advisers.caseworkers=2,3",
        "experiment.replications=2",
        "compute.n_jobs=1",
        "horizon.years=1",
        "report.formats=[png]",
    )
    assert done.returncode == 0, done.stderr
    (results,) = (tmp_path / "results").iterdir()
    assert (results / "kpis.csv").is_file()
    assert list((results / "plots").glob("*.png"))
    assert "data:image/png" in (results / "report.html").read_text(encoding="utf-8")


def test_the_default_comparison_composes(installed: Path, tmp_path: Path) -> None:
    """The municipality of the default sweep is in the wheel too."""
    done = sagsflow(installed, tmp_path, "check", "scenario=pooled_budget")
    assert done.returncode == 0, done.stderr
