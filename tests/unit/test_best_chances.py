"""The chance of being best: against the paired t test, and futures counted by hand."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from scipy.special import stdtr

from sim.experiment.best import COLUMNS, best_table

pytestmark = pytest.mark.unit


def figures(*values: float, kpi: str = "wait.total", group: str = "all") -> pd.DataFrame:
    rows = [(number, kpi, group, value) for number, value in enumerate(values)]
    return pd.DataFrame(rows, columns=["replication", "kpi", "group", "value"])


def test_with_two_points_it_is_one_minus_the_one_sided_p_value_of_the_paired_t_test() -> None:
    """Differences 1, 3, −2, 4, 2 of mean 1.6 and standard error 1.0296: t 1.554 with 4 degrees of freedom."""
    base = np.array([10.0, 20.0, 15.0, 12.0, 18.0])
    table = best_table({"a": figures(*base), "b": figures(*(base + np.array([1, 3, -2, 4, 2])))}, 0.95)
    error = np.std([1, 3, -2, 4, 2], ddof=1) / np.sqrt(5)
    chance = table.set_index("label")["chance"]
    assert chance["a"] == pytest.approx(stdtr(4, 1.6 / error), abs=0.01)
    assert chance.sum() == pytest.approx(1.0)


def test_wins_are_futures_and_equals_share_them() -> None:
    """Lowest: a, both, b, a: 2.5 of 4 futures. Clopper and Pearson for b's 1.5 of 4."""
    table = best_table({"a": figures(1, 5, 9, 1), "b": figures(2, 5, 3, 4)}, 0.95).set_index("label")
    assert table["wins"].tolist() == [2.5 / 4, 1.5 / 4]
    assert table.loc["b", "wins_low"] < 1.5 / 4 < table.loc["b", "wins_high"]
    assert table["n_used"].tolist() == [4, 4]


def test_a_point_that_is_always_best_has_an_interval_all_the_same() -> None:
    """Five of five futures: 0.025^(1/5)."""
    table = best_table({"a": figures(1, 2, 3, 4, 5), "b": figures(2, 3, 4, 5, 6)}, 0.95).set_index("label")
    assert table.loc["a", ["chance", "wins", "wins_high"]].tolist() == [1.0, 1.0, 1.0]
    assert table.loc["a", "wins_low"] == pytest.approx(0.025 ** (1 / 5))
    assert table.loc["b", ["chance", "wins", "wins_low"]].tolist() == [0.0, 0.0, 0.0]


def test_more_is_better_where_the_definition_says_so() -> None:
    kpi = "deadline.assessment_4m"
    table = best_table({"a": figures(0.9, 0.8, kpi=kpi), "b": figures(0.7, 0.6, kpi=kpi)}, 0.95)
    assert table.set_index("label")["wins"].to_dict() == {"a": 1.0, "b": 0.0}
    assert set(table["better"]) == {"higher"}


def test_only_futures_that_all_have_count() -> None:
    table = best_table({"a": figures(1, np.nan, 2, 3), "b": figures(9, 0, 9), "c": figures(8, 8, 8, 8)}, 0.95)
    assert set(table["n_used"]) == {2}


@pytest.mark.parametrize("kpi", ["volume.placed", "unheard.of"])
def test_what_has_no_direction_has_no_best(kpi: str) -> None:
    assert best_table({"a": figures(1, 2, kpi=kpi), "b": figures(3, 4, kpi=kpi)}, 0.95).empty


def test_one_point_or_one_future_has_no_best() -> None:
    assert list(best_table({"a": figures(1, 2)}, 0.95).columns) == list(COLUMNS)
    assert best_table({"a": figures(1), "b": figures(2)}, 0.95).empty


def test_the_same_results_give_the_same_table() -> None:
    points = {"a": figures(1, 2, 4), "b": figures(2, 2, 3), "c": figures(3, 1, 3)}
    pd.testing.assert_frame_equal(best_table(points, 0.95), best_table(points, 0.95))
