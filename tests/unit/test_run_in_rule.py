"""When a series has settled: White's rule on series whose beginning is known, growth on lines, and the verdicts."""

from __future__ import annotations

import numpy as np
import pytest

from sim.experiment.growth import DAYS_PER_YEAR, growth_of
from sim.experiment.run_in import check, mser5

pytestmark = pytest.mark.unit

GRID = np.arange(0.0, 10 * DAYS_PER_YEAR, 14.0)
YEARS = GRID / DAYS_PER_YEAR


def autoregressive(replications: int, start: float, rho: float = 0.9, seed: int = 5) -> np.ndarray:
    """Return AR(1) series around 100 with unit shocks, the first value of each ``start`` away from 100."""
    shocks = np.random.default_rng(seed).standard_normal((replications, len(GRID)))
    values = np.empty_like(shocks)
    values[:, 0] = start
    for time in range(1, len(GRID)):
        values[:, time] = rho * values[:, time - 1] + shocks[:, time]
    return values + 100


def test_mser5_drops_the_biased_beginning_of_an_autoregressive_series() -> None:
    """AR(1) with ρ 0.9 that starts 50 off: 50 · 0.9^t is below its own standard deviation of 2.3 after 29 steps."""
    biased = mser5(autoregressive(20, 50.0).mean(axis=0))
    assert biased is not None
    assert biased.settled
    assert 25 <= biased.observations <= 60
    unbiased = mser5(autoregressive(20, 0.0).mean(axis=0))
    assert unbiased is not None
    assert unbiased.settled
    assert unbiased.observations < biased.observations


def test_mser5_by_hand() -> None:
    """Twelve batches, the first two off by 9: every later truncation has the same mean and a larger divisor gone."""
    values = np.repeat([9.0, 9.0] + [0.0, 1.0] * 5, 5)
    found = mser5(values)
    assert found is not None
    assert (found.observations, found.settled) == (10, True)


def test_mser5_gives_up_on_a_series_that_never_settles() -> None:
    found = mser5(np.linspace(0, 100, 200))
    assert found is not None
    assert not found.settled


def test_mser5_drops_nothing_of_what_never_changes_and_needs_ten_batches() -> None:
    constant = mser5(np.full(60, 0.1))
    assert constant is not None
    assert (constant.observations, constant.settled) == (0, True)
    assert mser5(np.zeros(49)) is None


def test_gaps_take_the_value_before_them() -> None:
    values = np.where(np.arange(100) % 2 == 0, 5.0, np.nan)
    found = mser5(values)
    assert found is not None
    assert found.observations == 0


def test_the_rate_is_the_mean_slope_with_students_interval() -> None:
    """Slopes of 30, 40 and 50 a year: 40 ± 4.30265 · 10 / √3."""
    lines = np.outer([30.0, 40.0, 50.0], YEARS)
    found = growth_of(GRID, lines, DAYS_PER_YEAR, 0.95)
    assert found.per_year == pytest.approx(40)
    assert (found.low, found.high) == pytest.approx((40 - 24.8414, 40 + 24.8414), abs=1e-3)
    assert found.replications == 3


@pytest.mark.parametrize(
    ("shape", "steady"),
    [
        (30 * YEARS, True),
        (100 + 30 * YEARS, True),
        (1000 + 10 * YEARS, False),  # a hundred on top of a thousand
        (0.05 * YEARS, False),  # half a task in ten years
        (100 * (1 - np.exp(-YEARS)), False),  # fills up and levels off
        (100 - 9 * YEARS, False),
        (np.full_like(YEARS, 50.0), False),
    ],
)
def test_steady_growth_is_told_from_what_levels_off(shape: np.ndarray, steady: bool) -> None:
    noise = np.random.default_rng(3).normal(0, 0.5, (10, len(GRID)))
    noise[:, :] *= 0.01 if shape.max() < 1 else 1.0
    assert growth_of(GRID, shape + noise, DAYS_PER_YEAR, 0.95).steady is steady


def test_one_replication_must_rise_throughout() -> None:
    rising = growth_of(GRID, (30 * YEARS)[np.newaxis, :], DAYS_PER_YEAR, 0.95)
    assert rising.steady
    assert np.isnan(rising.low)
    wave = 30 * YEARS + 60 * np.sin(2 * np.pi * YEARS / 4)
    assert not growth_of(GRID, wave[np.newaxis, :], DAYS_PER_YEAR, 0.95).steady


def test_verdicts() -> None:
    def verdict(values: np.ndarray, run_in_years: float = 1.0) -> str:
        return check(GRID, values, run_in_years * DAYS_PER_YEAR, 0.95).verdict

    slow = autoregressive(10, 0.0) + np.where(YEARS < 1.6, 300.0, 0.0)
    assert verdict(autoregressive(10, 0.0)) == "settled"
    assert verdict(slow) == "too_short"
    assert verdict(slow, run_in_years=2.0) == "settled"
    assert verdict(30 * YEARS + autoregressive(10, 0.0)) == "growing"
    assert verdict(1000 - 50 * YEARS + autoregressive(10, 0.0)) == "unsettled"
    assert check(GRID[:40], autoregressive(10, 0.0)[:, :40], 100.0, 0.95).verdict == "too_few"


def test_a_late_truncation_that_changes_nothing_does_not_matter() -> None:
    """A beginning that is 2 % too high for three years: the figure is the same to within 5 %."""
    values = autoregressive(10, 0.0) + np.where(YEARS < 3, 4.0, 0.0)
    found = check(GRID, values, 0.5 * DAYS_PER_YEAR, 0.95)
    assert found.truncation_days > 2 * DAYS_PER_YEAR
    assert found.verdict == "settled"


def test_a_wait_is_not_said_to_grow() -> None:
    values = 30 * YEARS + autoregressive(10, 0.0)
    assert check(GRID, values, DAYS_PER_YEAR, 0.95, can_grow=False).verdict == "unsettled"


def test_a_few_matters_that_drift_with_their_inflow_are_no_growing_queue() -> None:
    """What a weekly panel of whole Odense showed: 0.4 cases a year more, of 5, in every future."""
    grid = np.arange(365.0, 2191.0, 14.0)
    futures = np.array([[4.0], [4.1], [4.2]]) + 0.4 * (grid - 365.0) / 365.25
    found = growth_of(grid, futures, 365.0, 0.95)
    assert found.per_year == pytest.approx(0.4)
    assert found.drifts
    assert not found.steady
    assert growth_of(grid, 6 * futures, 365.0, 0.95).steady
