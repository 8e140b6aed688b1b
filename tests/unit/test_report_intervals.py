"""What counts as a clear difference."""

import math

import numpy as np
import pytest

from sim.report.intervals import Difference, band_of, differences_of

pytestmark = pytest.mark.unit


def judged(low: float, high: float, p_adjusted: float) -> bool:
    return Difference.judged((low + high) / 2, low, high, p_adjusted, 0.95).clear


def test_a_difference_whose_interval_excludes_nought_is_clear() -> None:
    assert judged(1.0, 3.0, 0.01)
    assert judged(-3.0, -1.0, 0.01)


def test_a_difference_whose_interval_contains_nought_is_not_clear() -> None:
    assert not judged(-1.0, 3.0, 0.2)
    assert not judged(0.0, 0.0, 1.0)


def test_a_difference_that_many_comparisons_explain_is_not_clear() -> None:
    assert not judged(0.1, 3.0, 0.12)


def test_a_difference_without_an_interval_is_not_clear() -> None:
    assert not judged(math.nan, math.nan, math.nan)


def test_the_number_of_comparisons_counts() -> None:
    """A difference that is just clear alone is not clear among twenty."""
    values = np.array([1.0, 2.0, 3.0, 4.0, 0.1])
    alone = differences_of({"a": values}, 0.95)["a"]
    assert alone.low > 0
    assert alone.clear
    noise = {f"noise {number}": np.array([1.0, -1.0, 0.5, -0.6, 0.2]) for number in range(19)}
    among = differences_of({"a": values, **noise}, 0.95)["a"]
    assert (among.low, among.high) == (alone.low, alone.high)
    assert not among.clear


def test_a_band_is_the_mean_with_students_interval_at_every_day() -> None:
    """Two replications 1 and 3: mean 2, standard error 1, t(0.975; 1) = 12.706."""
    band = band_of(np.array([0.0, 1.0]), np.array([[1.0, 5.0], [3.0, 5.0]]), 0.95)
    np.testing.assert_allclose(band.mean, [2.0, 5.0])
    np.testing.assert_allclose(band.high - band.mean, [12.7062, 0.0], atol=1e-3)


def test_one_replication_has_a_mean_and_no_band() -> None:
    band = band_of(np.array([0.0]), np.array([[1.0]]), 0.95)
    assert band.mean[0] == 1.0
    assert math.isnan(band.low[0])
    assert math.isnan(band.high[0])


def test_scenarios_without_any_effect_are_hardly_ever_called_clear() -> None:
    """Five scenarios that change nothing, tried in 400 worlds with ten replications each.

    At 95 % at most one world in twenty may claim something. Because all five are compared with the same reference,
    judging each by its interval alone claims something in far more.
    """
    random = np.random.default_rng(20)
    claims = careless = 0
    for _ in range(400):
        reference = random.normal(size=10)
        paired = {str(scenario): random.normal(size=10) - reference for scenario in range(5)}
        found = differences_of(paired, 0.95).values()
        claims += any(one.clear for one in found)
        careless += any(one.low > 0 or one.high < 0 for one in found)
    assert claims <= 30
    assert careless > 50
