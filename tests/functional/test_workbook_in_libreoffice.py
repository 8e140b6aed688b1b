"""A spreadsheet program opens budget.xlsx and comes to the same figures."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
from spreadsheet import evaluated

from sim.cli import main
from sim.report import plots
from sim.report.budget.proposal import proposal
from sim.report.budget.study import study_of
from sim.report.results import read_results

pytestmark = pytest.mark.functional

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
TOTAL = "Kommunen i alt, netto"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sweep of a small municipality with a budget frame."""
    folder = tmp_path_factory.mktemp("book") / "results"
    swept = ["teams.advisers.caseworkers=3,4", "scenario=baseline", "horizon.years=4.5"]
    settings = ["municipality=one_team", "compute.n_jobs=1", "experiment.replications=3"]
    frame = "+costs.frames={department:{dkk_per_year:20000000}}"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plots, "render_plots", lambda *_: [])
        assert main(["sweep", *settings, *swept, frame, f"output={folder.as_posix()}", "-q"]) == 0
    return folder


def test_the_totals_of_a_real_sweep_are_those_of_its_replications(folder: Path) -> None:
    results = read_results(folder, "da")
    table = proposal(study_of(results), results.others[0].label)
    sheet = openpyxl.load_workbook(folder / "budget.xlsx", data_only=True)["Forslag"]
    (row,) = [row for row in sheet.iter_rows(values_only=True) if row[0] == TOTAL]
    expected = [value / 1000 for year in table.total for value in (year.mean, year.low, year.high)]
    assert list(row[2 : 2 + len(expected)]) == pytest.approx(expected, abs=1e-3)
    assert any(expected)


def test_every_formula_comes_to_the_value_that_is_shown(folder: Path, tmp_path: Path) -> None:
    """By LibreOffice wherever it is installed, and by the tests' own arithmetic everywhere."""
    source = folder / "budget.xlsx"
    # Read by openpyxl and written again, a workbook loses its cached values: what comes back is calculated anew.
    bare = openpyxl.load_workbook(source)
    bare.save(tmp_path / "bare.xlsx")
    shown = openpyxl.load_workbook(source, data_only=True)
    again = openpyxl.load_workbook(recalculated(tmp_path), data_only=True) if SOFFICE else None
    count = 0
    for sheet in bare:
        for row in sheet.iter_rows():
            for cell in row:
                value = again[sheet.title][cell.coordinate].value if again else None
                assert not (isinstance(value, str) and value.startswith(("#", "Err:"))), cell.coordinate
                if cell.data_type == "f":
                    count += 1
                    cached = pytest.approx(shown[sheet.title][cell.coordinate].value, abs=1e-6)
                    assert evaluated(sheet, cell.coordinate) == cached, cell.coordinate
                    assert again is None or value == cached, cell.coordinate
    assert count > 50


def recalculated(folder: Path) -> Path:
    """Let LibreOffice open ``bare.xlsx`` and write it again with values; return the file."""
    assert SOFFICE is not None
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [SOFFICE, profile, "--headless", "--norestore", "--convert-to", "xlsx", "--outdir", str(folder / "out")]
    done = subprocess.run([*command, str(folder / "bare.xlsx")], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "out" / "bare.xlsx"
