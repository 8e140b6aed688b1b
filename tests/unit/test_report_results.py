"""A folder of results is read as it was written."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from synthetic_results import CURATED, Case, build_results

from sim.report.results import read_results
from sim.scenario.errors import PlannerError

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_results(tmp_path_factory.mktemp("three"), CURATED[:3], replications=3)


def test_scenarios_have_their_names_in_the_language(three: Path) -> None:
    assert [point.name for point in read_results(three, "da").points][::2] == ["Udgangspunkt", "Fælles budgetramme"]
    assert [point.name for point in read_results(three, "en").points][::2] == ["Baseline", "Pooled budget"]


def test_the_reference_comes_first(tmp_path: Path) -> None:
    results = read_results(build_results(tmp_path, CURATED[:2], replications=2), "da")
    assert results.points[0] == results.reference
    assert results.reference.label == "baseline"
    assert [point.label for point in results.others] == ["joint_transition_team"]


def test_a_figure_is_the_mean_of_the_replications_and_the_difference_is_paired(three: Path) -> None:
    results = read_results(three, "da")
    stored = pd.read_parquet(three / "points" / "pooled_budget" / "kpis.parquet")
    base = pd.read_parquet(three / "points" / "baseline" / "kpis.parquet")
    here, there = (table.query("kpi == 'wait.total'")["value"].to_numpy() for table in (stored, base))
    figure = results.figure(results.points[2], "wait.total")
    assert figure.value.mean == pytest.approx(here.mean())
    assert figure.difference.mean == pytest.approx((here - there).mean())
    assert results.replications == (3, 3)


def test_a_kpi_that_does_not_exist_is_nan(three: Path) -> None:
    results = read_results(three, "da")
    assert np.isnan(results.figure(results.reference, "no.such.kpi").value.mean)


def test_curves_have_one_row_per_replication(three: Path) -> None:
    results = read_results(three, "da")
    grid, replications, values = results.curves(results.reference, "backlog.hours", "buf")
    assert replications.tolist() == [0, 1, 2]
    assert values.shape == (3, len(grid))
    assert (np.diff(grid) > 0).all()


def test_a_series_that_is_nowhere_measured_has_no_band(three: Path) -> None:
    results = read_results(three, "da")
    assert results.band(results.reference, "backlog.hours", "no such administration") is None
    assert results.groups("no.such.series") == ()


def test_time_and_names_come_from_the_configuration(three: Path) -> None:
    results = read_results(three, "da")
    assert results.run_in == 183
    assert str(results.start) == "2024-01-01"
    assert results.administrations == ("buf", "bsf", "aehf")
    assert results.name("aehf") == "Ældre- og Handicapforvaltningen"
    assert results.name("some_team") == "some team"


def test_points_of_the_same_scenario_are_told_apart_by_what_was_varied(tmp_path: Path) -> None:
    cases = tuple(
        Case(
            f"baseline--buf_family-{number}",
            "Udgangspunkt",
            "Baseline",
            scenario="baseline",
            columns={"teams.buf_family.caseworkers": number},
        )
        for number in (50, 60)
    )
    results = read_results(build_results(tmp_path, cases, replications=2), "da")
    assert [point.name for point in results.points] == [
        "Udgangspunkt: buf_family\u00a0=\u00a050",
        "Udgangspunkt: buf_family\u00a0=\u00a060",
    ]


def test_a_name_is_one_line_and_may_hold_what_matplotlib_minds(tmp_path: Path) -> None:
    cases = (Case("odd", "_To  linjer\n$x$", "Two"), CURATED[1])
    assert read_results(build_results(tmp_path, cases, replications=2), "da").reference.name == "To linjer $x$"


def test_a_folder_that_is_something_else_is_refused_in_plain_words(tmp_path: Path) -> None:
    with pytest.raises(PlannerError, match="not a folder of results"):
        read_results(tmp_path, "da")


def test_a_sweep_without_results_yet_is_refused_in_plain_words(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:2], replications=2)
    (folder / "comparison.csv").unlink()
    (folder / "checksums.sha256").unlink()
    with pytest.raises(PlannerError, match="no finished scenario"):
        read_results(folder, "da")


def test_a_point_without_results_is_left_out_and_named(tmp_path: Path) -> None:
    folder = build_results(tmp_path, CURATED[:3], replications=2)
    comparison = pd.read_csv(folder / "comparison.csv")
    comparison[comparison["label"] != "pooled_budget"].to_csv(folder / "comparison.csv", index=False)
    (folder / "checksums.sha256").unlink()
    results = read_results(folder, "da")
    assert [point.label for point in results.points] == ["baseline", "joint_transition_team"]
    assert results.without_results == ("pooled_budget",)
