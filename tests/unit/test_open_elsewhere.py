"""What is said of a file that cannot be replaced, because somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from synthetic_results import CURATED, build_results

from sim.experiment import files
from sim.report.numbers import Language
from sim.report.page.render import write_page
from sim.report.plots import render_plots
from sim.report.workbook.book import write_workbook
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("held") / "results", CURATED[:2], replications=2, series=False)


def draw(folder: Path, language: Language) -> object:
    return render_plots(folder, language, ["svg"], ["forest"])


@pytest.mark.parametrize(
    ("write", "name"), [(write_page, "report.html"), (write_workbook, "budget.xlsx"), (draw, "plots/forest.svg")]
)
def test_it_is_named_with_the_command_that_writes_it_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, write: Callable[[Path, Language], object], name: str
) -> None:
    def held(path: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied", str(target))

    monkeypatch.setattr(files, "_PATIENCE_SECONDS", ())
    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(PlannerError) as refusal:
        write(folder, "da")
    assert str(refusal.value) == (
        f"{folder / name} cannot be replaced, so it does not show these results: close it where it is open, then "
        f"write it again with: sagsflow report {folder}"
    )
    assert not (folder / name).exists()
    assert not list(folder.rglob(".unfinished-*"))
