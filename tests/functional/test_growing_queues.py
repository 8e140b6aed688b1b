"""A queue that never settles is said to grow, everywhere, and its mean wait is shown nowhere."""

from __future__ import annotations

import io
from functools import cache
from pathlib import Path

import fake_engine
import numpy as np
import pandas as pd
import pytest
from listeners import Listener
from rich.console import Console

from sim.experiment.points import Point, sweep_points
from sim.experiment.run import Engine
from sim.experiment.sweep import Order, run_sweep
from sim.journal import Journal
from sim.measures import Figures
from sim.report.results import read_results
from sim.report.summary import print_summary
from sim.scenario import Scenario
from sim.scenario.compose import Composer

pytestmark = pytest.mark.functional

GRID = np.arange(0.0, 910.0, 14.0)


def measure(journal: Journal, scenario: Scenario) -> Figures:
    """Return the figures of the stand-in, with a queue that grows by 36.525 a year where there are two caseworkers."""
    figures = fake_engine.measure(journal, scenario)
    few = scenario.teams["advisers"].caseworkers == 2
    waiting = (0.1 * GRID if few else np.full(len(GRID), 5.0)) + 0.01 * journal.replication
    series = pd.DataFrame({"series": "queue.tasks", "group": "advisers", "x": GRID, "value": waiting})
    return Figures(kpis=figures.kpis, costs=figures.costs, series=series)


@cache
def points(reference: int) -> list[Point]:
    with Composer() as composer:
        return sweep_points(
            composer,
            [
                *("municipality=one_team", "scenario=baseline", "teams.advisers.caseworkers=2,3", "compute.n_jobs=1"),
                *("experiment.replications=10", f"experiment.reference=baseline--advisers-{reference}"),
            ],
        )


def swept(folder: Path, reference: int = 3) -> Path:
    run_sweep(Order(points(reference), folder, "", Engine(fake_engine.simulate, measure)), Listener())
    return folder


def shown(folder: Path, language: str, width: int) -> str:
    stream = io.StringIO()
    print_summary(folder, Console(file=stream, width=width), language)  # type: ignore[arg-type]
    return stream.getvalue()


def test_the_verdict_is_stored_with_the_rate(tmp_path: Path) -> None:
    table = pd.read_csv(swept(tmp_path) / "run_in.csv").set_index("label")
    pd.testing.assert_frame_equal(table.reset_index(), pd.read_parquet(tmp_path / "run_in.parquet"))
    growing, settled = table.loc["baseline--advisers-2"], table.loc["baseline--advisers-3"]
    assert (growing["verdict"], settled["verdict"]) == ("growing", "settled")
    assert growing["growth_per_year"] == pytest.approx(36.525)
    assert np.isnan(growing["truncation_days"])
    assert settled["truncation_days"] == 0
    assert settled["run_in_days"] == pytest.approx(182.625, abs=1)


def test_results_have_no_mean_of_what_grows_and_no_difference_to_it(tmp_path: Path) -> None:
    results = read_results(swept(tmp_path), "en")
    few = next(point for point in results.points if point.label.endswith("2"))
    enough = next(point for point in results.points if point.label.endswith("3"))
    assert [(one.series, one.group) for one in results.growing(few)] == [("queue.tasks", "advisers")]
    assert results.growing(enough) == ()
    figure = results.figure(few, "wait.total")
    assert np.isnan([figure.value.mean, figure.difference.mean]).all()
    assert figure.growing is not None
    assert figure.growing.per_year.mean == pytest.approx(36.525)
    assert results.figure(enough, "wait.total").value.mean == pytest.approx(70, abs=1)
    turned = read_results(swept(tmp_path / "turned", reference=2), "en")
    settled = turned.figure(turned.others[0], "wait.total")
    assert settled.value.mean == pytest.approx(70, abs=1)
    assert np.isnan(settled.difference.mean)


@pytest.mark.parametrize("width", [100, 60])
def test_the_terminal_says_that_it_grows_instead_of_a_mean_wait(tmp_path: Path, width: int) -> None:
    swept(tmp_path)
    text = " ".join(shown(tmp_path, "da", width).split())
    assert "79," not in text
    assert "80," not in text
    assert text.count("vokser") >= 2
    assert "opgaverne i kø hos »Rådgiverne« med 37 om året [37; 37]" in text
    assert "bliver længere, jo længere der simuleres" in text
    assert "Sandsynligheden for at være bedst: Samlet ventetid" not in text
    assert "tasks queueing at “The advisers” by 37 a year" in " ".join(shown(tmp_path, "en", width).split())


def test_the_manifest_warns_of_it(tmp_path: Path) -> None:
    from sim.experiment.manifest import Manifest

    warnings = Manifest.read(swept(tmp_path)).warnings
    assert [line for line in warnings if "queue.tasks advisers grows without end, by 36.5" in line]


def test_the_page_compares_nothing_with_a_mean_that_is_none(tmp_path: Path) -> None:
    from sim.report.page.answer import answer
    from sim.report.page.figures import Measure

    results = read_results(swept(tmp_path / "turned", reference=2), "da")
    lines = [line.text for line in answer(results, 1, 2)]
    assert lines[0] == "Kan ikke sammenlignes: en kø bliver ved at vokse, og så er der intet gennemsnit."
    assert "bliver ved at vokse, opgaverne i kø hos »Rådgiverne« med 37 om året" in lines[-1]
    measure = Measure(results, "wait.total")
    assert measure.shown(results.reference).value == "vokser"
    shown = measure.shown(results.others[0])
    assert (shown.difference, shown.word) == ("", "ingen sammenligning: en kø vokser")
