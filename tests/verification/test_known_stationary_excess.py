"""Spells found in progress on day 0: how much of them is left.

Renewal theory (D. R. Cox, 1962): a spell found in progress at a moment that has nothing to do with it is
length-biased, and what is left of it has density (1 − F(x))/m, with mean m (1 + cv²)/2: the stationary excess.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from queueing_theory import estimate
from scipy import stats
from small_maps import Floats, small_map

from sim.model import simulate
from sim.model.draws import Draws
from sim.scenario.durations import Duration, mean_of

pytestmark = pytest.mark.verification

SPELLS: dict[str, dict[str, Any]] = {
    "exponential": {"distribution": "exponential", "mean": 0.8},
    "gamma": {"distribution": "gamma", "mean": 0.8, "cv": 0.5},
    "irregular": {"distribution": "gamma", "mean": 0.8, "cv": 1.5},
    "lognormal": {"distribution": "lognormal", "mean": 0.8, "cv": 0.7},
    "uniform": {"distribution": "uniform", "low": 0.2, "high": 1.4},
    "triangular": {"distribution": "triangular", "low": 0.2, "mode": 0.5, "high": 1.7},
}
CV_SQUARED = {
    "exponential": 1.0,
    "gamma": 0.25,
    "irregular": 2.25,
    "lognormal": 0.49,
    "uniform": (1.2**2 / 12) / 0.8**2,
    "triangular": (0.2**2 + 0.5**2 + 1.7**2 - 0.2 * 0.5 - 0.2 * 1.7 - 0.5 * 1.7) / 18 / 0.8**2,
}


def left_over(name: str, x: Floats) -> Floats:
    """Return the stationary excess's distribution function, integrated from the survival function."""
    frozen = {
        "exponential": stats.expon(scale=0.8),
        "gamma": stats.gamma(4, scale=0.2),
        "irregular": stats.gamma(1 / 2.25, scale=0.8 * 2.25),
        "lognormal": stats.lognorm(math.sqrt(math.log(1.49)), scale=0.8 / math.sqrt(1.49)),
        "uniform": stats.uniform(0.2, 1.2),
        "triangular": stats.triang(0.2, loc=0.2, scale=1.5),
    }[name]
    grid = np.linspace(0, 60, 600_001)
    survival = frozen.sf(grid)
    area = np.concatenate(([0.0], np.cumsum((survival[1:] + survival[:-1]) / 2 * np.diff(grid))))
    result: Floats = np.interp(x, grid, area / 0.8)
    return result


def remaining(name: str, replication: int, number: int) -> Floats:
    """Return draws of what is left of a spell found in progress."""
    duration = TypeAdapter(Duration).validate_python(SPELLS[name])
    assert mean_of(duration) == pytest.approx(0.8)
    whole, share = Draws(20240601, replication).spell_in_progress("spell", duration)
    return np.array([whole(case, 0) * share(case, 0) for case in range(number)])


@pytest.mark.parametrize("name", list(SPELLS))
def test_what_is_left_is_the_stationary_excess(name: str) -> None:
    """Mean m (1 + cv²)/2 within the interval; and the whole distribution (Kolmogorov and Smirnov's test)."""
    means = [remaining(name, replication, 4096).mean() for replication in range(10)]
    assert estimate(means).agrees_with(0.8 * (1 + CV_SQUARED[name]) / 2)
    drawn = remaining(name, 99, 8192)
    assert stats.kstest(drawn, lambda x: left_over(name, x)).pvalue > 0.01


def test_of_an_exponential_spell_as_much_is_left_as_of_a_fresh_one() -> None:
    """The exponential distribution is memoryless."""
    drawn = remaining("exponential", 0, 20_000)
    assert stats.kstest(drawn, "expon", args=(0, 0.8)).pvalue > 0.01


def test_of_a_spell_of_fixed_length_anything_from_nothing_to_all_is_left() -> None:
    """A spell of one year: what is left is spread evenly over the year, half a year in the mean."""
    journal = simulate(small_map("stock", {"horizon.years": 2}))
    left = journal.spells["end"] / 365.25
    assert stats.kstest(left, "uniform").pvalue > 0.01
    np.testing.assert_allclose(journal.spells["end"] - journal.spells["start"], 365.25)


@pytest.mark.parametrize("name", list(SPELLS))
def test_the_caseload_of_day_0_runs_out_as_renewal_theory_says(name: str) -> None:
    """The same through the map: 20,000 persons who have the service on day 0, and the days on which they leave it."""
    scenario = small_map("stock", {"services.support.years": SPELLS[name]})
    means = []
    for replication in range(3):
        spells = simulate(scenario, replication).spells
        assert len(spells["case"]) == 20_000
        assert not np.isnan(spells["end"]).any()
        assert (spells["start"] <= 0).all()
        left = spells["end"] / 365.25
        means.extend(left.reshape(20, 1000).mean(axis=1))
        assert stats.kstest(left, lambda x: left_over(name, x)).pvalue > 0.003
    assert estimate(means).agrees_with(0.8 * (1 + CV_SQUARED[name]) / 2)
