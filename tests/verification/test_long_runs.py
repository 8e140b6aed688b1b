"""Thirty years of a municipality that never keeps up: it finishes, grows by what is too much, and loses nobody."""

from __future__ import annotations

import numpy as np
import pytest
from journal_invariants import check_all
from municipalities import configured
from small_maps import YEAR_HOURS, rows, small_map

from sim.model import simulate

pytestmark = pytest.mark.verification


def test_thirty_years_with_one_adviser_too_few() -> None:
    """All that must hold in every journal holds after thirty years too."""
    overrides = ["teams.advisers.caseworkers=1", "horizon.run_in_years=0", "horizon.years=30"]
    scenario = configured("municipality=one_team", *overrides).scenario
    journal = simulate(scenario)
    check_all(journal, scenario)
    cases = journal.cases
    still = np.isnan(cases["left"])
    for year in range(1, 31):
        day = year * 365.25
        came, gone = int((cases["entered"] <= day).sum()), int((cases["left"] <= day).sum())
        there = int(((cases["entered"] <= day) & ~(cases["left"] <= day)).sum())
        assert came == gone + there
    middle = ((cases["entered"] <= 15 * 365.25) & ~(cases["left"] <= 15 * 365.25)).sum()
    assert still.sum() > 1.5 * middle, "what cannot be done piles up as fast in later years"


def test_a_queue_at_twice_its_capacity_for_thirty_years() -> None:
    """One server, 0.02 an hour of 100 hours each: one in two is served, and the server is never free.

    Of N that came, those begun are as many as 30 years hold of 100 hours: exactly the work that fits, up to the task
    under way.
    """
    changes = {
        "horizon.run_in_years": 0,
        "horizon.years": 30,
        "teams.desk.caseworkers": 1,
        "arrivals.customers.per_year": 0.02 * YEAR_HOURS,
        "tracks.counter.steps.serve.hours": 100,
    }
    journal = simulate(small_map("queue", changes))
    served = rows(journal, "activities", step="counter.serve")
    first = float(served["requested"].min())
    begun = int((~np.isnan(served["started"])).sum())
    assert begun == int((journal.horizon - first) * 24 / 100) + 1
    waiting = int(np.isnan(served["started"]).sum())
    assert begun + waiting == len(journal.cases["case"])
    assert waiting == pytest.approx(begun, rel=0.1)
    assert int(np.isnan(journal.cases["left"]).sum()) == waiting + 1
