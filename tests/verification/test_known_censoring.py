"""Waits that are not over when the simulation ends: leaving them out would be wrong, and by how much is known."""

from __future__ import annotations

import numpy as np
import pytest
from small_maps import small_map, years

from sim.measures.survival import kaplan_meier
from sim.model import simulate

pytestmark = pytest.mark.verification


def test_kaplan_meier_covers_the_truth_where_the_served_alone_do_not() -> None:
    """A hundred persons come at 0 to one caseworker who needs a day for each; the simulation ends after 60 days.

    Person k waits k − 1 days, so the median wait is 49.5 days: half of them wait 49 days or less. Those served within
    60 days waited 0 to 59, median 29.5. The other forty are known to have waited 60 days at least, and with them the
    estimate is 49 to 50.
    """
    changes = {
        "horizon.years": years(60),
        "arrivals.ordinary.at_days": [0.0] * 100,
        "arrivals.urgent.at_days": [],
    }
    journal = simulate(small_map("counter", changes))
    waits = journal.activities["started"] - journal.activities["requested"]
    begun = ~np.isnan(waits)
    assert begun.sum() == 60
    assert np.median(waits[begun]) == 29.5
    followed = np.where(begun, waits, journal.horizon - journal.activities["requested"])
    estimate = kaplan_meier(followed, begun)
    assert 49 <= estimate.quantile(0.5) <= 50
    assert np.isnan(estimate.quantile(0.9)), "nobody was followed so long"


def test_the_estimate_is_the_same_as_the_whole_truth_would_have_given() -> None:
    """Up to the horizon, the share still waiting is what the same system shows when it is followed to its end."""
    changes = {"arrivals.ordinary.at_days": [0.0] * 100, "arrivals.urgent.at_days": []}
    shares = {}
    for days in (60, 200):
        activities = simulate(small_map("counter", {**changes, "horizon.years": years(days)})).activities
        waits = activities["started"] - activities["requested"]
        begun = ~np.isnan(waits)
        estimate = kaplan_meier(np.where(begun, waits, float(days)), begun)
        shares[days] = estimate.at(np.arange(0.5, 59.5))
    np.testing.assert_allclose(shares[60], shares[200], atol=1e-12)
    np.testing.assert_allclose(shares[60], 1 - np.arange(1, 60) / 100, atol=1e-12)
