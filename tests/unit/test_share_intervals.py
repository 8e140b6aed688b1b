"""Intervals of shares: known values, what they never do, and what they cover near 0 and 1."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import binomtest

from sim.experiment.compare import compare, interval
from sim.experiment.shares import exact_interval, share_interval

pytestmark = pytest.mark.unit


def test_the_exact_interval_is_that_of_clopper_and_pearson_for_all_at_once() -> None:
    counts = [(0, 10), (3, 10), (10, 10), (1, 1), (0, 1), (17, 40)]
    low, high = exact_interval([one[0] for one in counts], [one[1] for one in counts], 0.9)
    known = [binomtest(hits, of).proportion_ci(0.9, "exact") for hits, of in counts]
    assert low == pytest.approx([one.low for one in known])
    assert high == pytest.approx([one.high for one in known])


def test_nobody_of_many_is_not_nobody_ever() -> None:
    """10 × 200 persons, none late: Clopper and Pearson's bound 1 − 0.025^(1/n) with n = 2,000 (1.95996/2.26216)²."""
    low, high = share_interval(np.zeros((1, 10)), 0.95, np.array([2000.0]))
    n = 2000 * (1.959964 / 2.262157) ** 2
    assert low[0] == 0
    assert high[0] == pytest.approx(1 - 0.025 ** (1 / n), rel=1e-5)
    low, high = share_interval(np.ones((1, 10)), 0.95, np.array([2000.0]))
    assert high[0] == 1
    assert low[0] == pytest.approx(0.025 ** (1 / n), rel=1e-9)


def test_in_the_middle_it_is_students_interval() -> None:
    values = np.array([[0.50, 0.52, 0.49, 0.51, 0.48, 0.50, 0.51, 0.49]])
    low, high = share_interval(values, 0.95)
    _, student_low, student_high, _, _ = interval(values, 0.95)
    assert (low[0], high[0]) == pytest.approx((student_low[0], student_high[0]), abs=2e-4)


def test_persons_are_never_more_than_there_are() -> None:
    """Replications that happen to agree do not make forty persons a thousand."""
    values = np.array([[0.5, 0.5, 0.5, 0.5]])
    low, high = share_interval(values, 0.95, np.array([40.0]))
    assert high[0] - low[0] > 0.3
    low, high = share_interval(values, 0.95)
    assert (low[0], high[0]) == (0.5, 0.5)


def test_one_replication_has_no_interval() -> None:
    low, high = share_interval(np.array([[0.5, np.nan], [np.nan, np.nan]]), 0.95, np.array([10.0, np.nan]))
    assert np.isnan([*low, *high]).all()


@settings(max_examples=150, deadline=None)
@given(
    values=arrays(np.float64, (1, 6), elements=st.floats(0, 1) | st.sampled_from([0.0, 1.0])),
    persons=st.integers(6, 10_000),
)
def test_it_stays_between_0_and_1_and_holds_the_mean(values: np.ndarray, persons: int) -> None:
    low, high = share_interval(values, 0.95, np.array([float(persons)]))
    mean = values.mean()
    assert 0 <= low[0] <= mean + 1e-12
    assert mean - 1e-12 <= high[0] <= 1
    assert high[0] - low[0] > 0
    wider = share_interval(values, 0.99, np.array([float(persons)]))
    assert wider[0][0] <= low[0] + 1e-12
    assert wider[1][0] >= high[0] - 1e-12


@pytest.mark.parametrize("share", [0.02, 0.98])
@pytest.mark.parametrize(("persons", "alike", "replications"), [(20, 0.0, 10), (200, 0.02, 10), (20, 0.1, 50)])
def test_it_covers_near_0_and_1_where_students_does_not(
    share: float, persons: int, alike: float, replications: int
) -> None:
    """2,000 sweeps; ``alike`` is the correlation between persons of one replication, who share its queues."""
    generator = np.random.default_rng(11)
    shape = (2000, replications)
    size = 1 / alike - 1 if alike else 0.0
    chance = generator.beta(share * size, (1 - share) * size, shape) if alike else np.full(shape, share)
    values = generator.binomial(persons, chance) / persons
    low, high = share_interval(values, 0.95, np.full(2000, float(persons * replications)))
    _, student_low, student_high, _, _ = interval(values, 0.95)
    covered = np.mean((low <= share) & (share <= high))
    student = np.mean((student_low <= share) & (share <= student_high))
    assert covered >= 0.925
    assert covered > student


def test_the_comparison_takes_the_number_of_persons_from_the_measure_beside_it() -> None:
    def figures(value: float) -> pd.DataFrame:
        rows = [
            (number, kpi, "all", figure, unit)
            for number in range(5)
            for kpi, figure, unit in (
                ("deadline.x", value, "share"),
                ("deadline.x.n", 100.0, "count"),
                ("staff.utilisation", 1.0, "share"),
                ("cost.share", 1.5, "share"),
                ("wait.total", 3.0 + number, "days"),
            )
        ]
        return pd.DataFrame(rows, columns=["replication", "kpi", "group", "value", "unit"])

    table = compare({"here": figures(0.0)}, None, 0.95).set_index("kpi")
    _, high = share_interval(np.zeros((1, 5)), 0.95, np.array([500.0]))
    assert table.loc["deadline.x", ["ci_low", "ci_high"]].tolist() == pytest.approx([0.0, high[0]])
    assert table.loc["deadline.x", "ci_high"] > 0.005
    assert table.loc["staff.utilisation", ["ci_low", "ci_high"]].tolist() == [1.0, 1.0]
    assert table.loc["cost.share", ["ci_low", "ci_high"]].tolist() == [1.5, 1.5]
    assert table.loc["wait.total", "ci_high"] == pytest.approx(5 + 2.776445 * np.sqrt(2.5 / 5), rel=1e-5)
