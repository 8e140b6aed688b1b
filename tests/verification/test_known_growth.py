"""A queue that can keep up settles; one that cannot grows by what is too much: M/M/1 through the real configuration."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from small_maps import YEAR_HOURS, small_map

from sim.experiment.run_in import Check, check
from sim.measures import measure
from sim.model import simulate

pytestmark = pytest.mark.verification

REPLICATIONS = 8


def checked(load: float, years: float) -> Check:
    """Return the check of the only queue: one caseworker, 10 hours of work per customer."""
    rate = load / 10
    changes = {
        "teams.desk.caseworkers": 1,
        "arrivals.customers.per_year": YEAR_HOURS * rate,
        "horizon.run_in_years": 0.5,
        "horizon.years": years,
    }
    scenario = small_map("queue", changes)
    series = [
        measure(simulate(scenario, number), scenario).series.assign(replication=number)
        for number in range(REPLICATIONS)
    ]
    table = pd.concat(series)
    wide = table[table["series"] == "queue.tasks"].pivot(index="replication", columns="x", values="value")  # noqa: PD010
    return check(wide.columns.to_numpy(float), wide.to_numpy(float), scenario.horizon.run_in_days, 0.95)


def test_a_queue_with_too_much_to_do_grows_by_what_is_too_much() -> None:
    """ρ = 1.3: 0.13 come and 0.1 are done in an hour, so 0.03 · 8,766 = 263 more wait every year.

    The number waiting spreads by √((λ + μ) t): over two years 63, which makes the mean of eight slopes uncertain by 13.
    """
    found = checked(1.3, 2.0)
    expected = 0.03 * YEAR_HOURS
    assert found.verdict == "growing"
    assert found.growth.low < expected < found.growth.high
    assert found.growth.per_year == pytest.approx(expected, abs=3 * 13)
    assert np.isnan(found.truncation_days)


def test_a_queue_that_can_keep_up_settles_within_the_run_in() -> None:
    """ρ = 0.6: 0.9 wait on average (ρ² / (1 − ρ))."""
    found = checked(0.6, 2.0)
    assert found.verdict == "settled"
    assert found.truncation_days <= 0.5 * 365.25
    assert found.level_from_run_in == pytest.approx(0.9, abs=0.2)
    assert not found.growth.steady
