"""Statistics over replications: paired differences, Student's t intervals, Holm's adjustment, NaN left out."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from sim.experiment.compare import COLUMNS, compare, holm, interval

pytestmark = pytest.mark.unit


def figures(values: list[float], kpi: str = "wait", group: str = "all") -> pd.DataFrame:
    count = len(values)
    return pd.DataFrame(
        {
            "replication": range(count),
            "kpi": [kpi] * count,
            "group": [group] * count,
            "value": values,
            "unit": ["days"] * count,
        }
    )


def test_means_have_the_t_interval_of_the_textbook() -> None:
    values = [3.0, 5.0, 4.0, 8.0]
    row = compare({"a": figures(values)}, None, 0.9).iloc[0]
    low, high = stats.t.interval(0.9, 3, loc=5.0, scale=stats.sem(values))
    assert (row["mean"], row["n_used"]) == (5.0, 4)
    assert (row["ci_low"], row["ci_high"]) == pytest.approx((low, high))


def test_differences_are_paired_by_replication() -> None:
    noise = np.random.default_rng(1).normal(0, 50, 20)
    effect = np.linspace(-3, -1, 20)
    result = compare({"base": figures(list(noise)), "new": figures(list(noise + effect))}, "base", 0.95)
    row = result[result["label"] == "new"].iloc[0]
    expected = stats.ttest_1samp(effect, 0.0)
    low, high = expected.confidence_interval(0.95)
    assert row["difference"] == pytest.approx(-2.0)
    assert (row["diff_low"], row["diff_high"]) == pytest.approx((low, high))
    assert row["p_adjusted"] == pytest.approx(expected.pvalue)
    assert row["ci_high"] - row["ci_low"] > 10 * (row["diff_high"] - row["diff_low"])


def test_pairs_are_matched_by_number_and_not_by_position() -> None:
    base = figures([1.0, 2.0, 3.0, 4.0])
    new = figures([11.0, 12.0, 13.0, 14.0]).iloc[[3, 1]]
    row = compare({"base": base, "new": new}, "base", 0.95).iloc[1]
    assert (row["difference"], row["n_pairs"], row["n_used"]) == (10.0, 2, 2)


def test_nothing_to_measure_is_left_out_and_counted() -> None:
    nan = float("nan")
    base, new = figures([1.0, nan, 3.0, 4.0]), figures([2.0, 5.0, nan, 6.0])
    row = compare({"base": base, "new": new}, "base", 0.95).iloc[1]
    assert (row["mean"], row["n_used"]) == (pytest.approx(13 / 3), 3)
    assert (row["difference"], row["n_pairs"]) == (1.5, 2)


def test_a_figure_that_is_nan_throughout_stays_nan() -> None:
    row = compare({"a": figures([float("nan")] * 3)}, None, 0.95).iloc[0]
    assert math.isnan(row["mean"])
    assert math.isnan(row["ci_low"])
    assert row["n_used"] == 0


def test_one_replication_has_a_mean_and_no_interval() -> None:
    result = compare({"base": figures([1.0]), "new": figures([3.0])}, "base", 0.95)
    row = result.iloc[1]
    assert (row["mean"], row["difference"]) == (3.0, 2.0)
    assert math.isnan(row["diff_low"])
    assert math.isnan(row["p_adjusted"])


def test_the_reference_is_not_compared_with_itself() -> None:
    row = compare({"base": figures([1.0, 2.0])}, "base", 0.95).iloc[0]
    assert math.isnan(row["difference"])
    assert row["n_pairs"] == 0


def test_a_reference_without_results_leaves_the_means() -> None:
    row = compare({"new": figures([1.0, 2.0])}, "base", 0.95).iloc[0]
    assert row["mean"] == 1.5
    assert math.isnan(row["difference"])


def test_a_figure_that_only_one_point_has_is_compared_with_nothing() -> None:
    new = pd.concat([figures([1.0, 2.0]), figures([3.0, 4.0], group="new_team")])
    result = compare({"base": figures([1.0, 2.0]), "new": new}, "base", 0.95)
    row = result[result["group"] == "new_team"].iloc[0]
    assert row["mean"] == 3.5
    assert math.isnan(row["difference"])


@pytest.mark.parametrize(("shift", "p"), [(0.0, 1.0), (2.0, 0.0)])
def test_a_difference_that_is_always_the_same_has_an_interval_of_no_width(shift: float, p: float) -> None:
    base = [1.0, 5.0, 9.0]
    row = compare({"base": figures(base), "new": figures([x + shift for x in base])}, "base", 0.95).iloc[1]
    assert (row["difference"], row["diff_low"], row["diff_high"], row["p_adjusted"]) == (shift, shift, shift, p)


def test_rounding_is_not_a_difference() -> None:
    row = compare({"base": figures([0.1 + 0.2, 0.3]), "new": figures([0.3, 0.3])}, "base", 0.95).iloc[1]
    assert (row["difference"], row["p_adjusted"]) == (0.0, 1.0)


def test_a_constant_whose_mean_cannot_be_written_exactly_has_no_spread() -> None:
    mean, low, high, _, _ = interval(np.full((1, 7), 0.1), 0.95)
    assert (mean[0], low[0], high[0]) == (0.1, 0.1, 0.1)


def test_holm_is_the_method_of_the_textbook() -> None:
    # Sorted 0.01, 0.02, 0.03, 0.5 times 4, 3, 2, 1; each at least as large as the one before.
    assert holm(np.array([0.03, 0.01, 0.5, 0.02])) == pytest.approx([0.06, 0.04, 0.5, 0.06])


def test_holm_does_not_count_what_was_not_tested() -> None:
    adjusted = holm(np.array([0.01, np.nan, 0.04]))
    assert adjusted[[0, 2]] == pytest.approx([0.02, 0.04])
    assert math.isnan(adjusted[1])


def test_p_values_are_adjusted_over_the_scenarios_of_one_figure_only() -> None:
    rng = np.random.default_rng(2)

    def point(shift: float) -> pd.DataFrame:
        return pd.concat(
            [figures(list(rng.normal(shift, 1, 8)), kpi="a"), figures(list(rng.normal(shift, 1, 8)), kpi="b")]
        )

    points = {"base": point(0), "one": point(1), "two": point(2)}
    both = compare(points, "base", 0.95)
    for kpi in ("a", "b"):
        alone = compare({k: v[v["kpi"] == kpi] for k, v in points.items()}, "base", 0.95)
        part = both[both["kpi"] == kpi]
        assert list(part["p_adjusted"].dropna()) == list(alone["p_adjusted"].dropna())
        raw = [
            stats.ttest_rel(*(points[point].set_index("kpi").loc[kpi, "value"] for point in (label, "base")))
            for label in ("one", "two")
        ]
        assert list(part["p_adjusted"].dropna()) == pytest.approx(list(holm(np.array([r.pvalue for r in raw]))))


def test_points_keep_their_order_and_figures_are_sorted() -> None:
    later = pd.concat([figures([1.0], kpi="z"), figures([1.0], kpi="b")])
    result = compare({"z_point": later, "a_point": later}, "z_point", 0.95)
    assert list(result.columns) == list(COLUMNS)
    assert list(zip(result["label"], result["kpi"], strict=True)) == [
        ("z_point", "b"),
        ("z_point", "z"),
        ("a_point", "b"),
        ("a_point", "z"),
    ]


def test_no_points_no_rows() -> None:
    assert list(compare({}, None, 0.95).columns) == list(COLUMNS)
