"""Little's law (J. D. C. Little, 1961): the mean number in a step = the arrival rate × the mean time in the step.

The number is a time average over the measured period. The rate and the times are those of the persons who come to the
step in that period: they are other persons than those who were there, but for stationary reasons as many. The rate
itself is also worked out from the map by hand.
"""

from __future__ import annotations

import numpy as np
import pytest
from queueing_theory import estimate
from small_maps import Floats, rows, small_map

from sim.journal import Journal
from sim.model import simulate

pytestmark = pytest.mark.verification

MEASURED_DAYS = 14 * 320
"""Whole cycles of the panel: the map looks the same at the end of the period as at its beginning."""
PER_YEAR = 120
RATES = {
    # Each person comes to the assessment 1/(1 − 0.2) times; three in four are granted support.
    "assessment": PER_YEAR / 0.8,
    "statements": PER_YEAR / 0.8,
    "meeting": PER_YEAR,
    "place": PER_YEAR * 0.75,
    "support": PER_YEAR * 0.75,
    "matter": PER_YEAR,
}


def stays(journal: Journal, where: str) -> tuple[Floats, Floats]:
    """Return when persons came somewhere and when they left (NaN: they are still there)."""
    spells = journal.spells
    match where:
        case "place":
            return spells["decided"], spells["start"]
        case "support":
            begun = ~np.isnan(spells["start"])
            return spells["start"][begun], spells["end"][begun]
        case "matter":
            return journal.cases["entered"], journal.cases["left"]
        case _:
            activity = rows(journal, "activities", step=f"matters.{where}")
            return activity["requested"], activity["finished"]


def test_number_is_rate_times_time() -> None:
    """Assessment (queue and work), statements (delay), panel, wait for a place, service, and the whole matter."""
    journals = [simulate(small_map("little"), replication) for replication in range(14)]
    for where, by_hand in RATES.items():
        differences, numbers, rates = [], [], []
        for journal in journals:
            came, left = stays(journal, where)
            begin, end = journal.run_in, journal.run_in + MEASURED_DAYS
            until = np.nan_to_num(left, nan=journal.horizon)
            number = np.maximum(np.minimum(until, end) - np.maximum(came, begin), 0).sum() / (end - begin)
            counted = (came >= begin) & (came < end)
            assert not np.isnan(left[counted]).any()
            rate = counted.sum() / (end - begin)
            numbers.append(number)
            rates.append(rate * 365.25)
            differences.append(number - rate * (left - came)[counted].mean())
        assert estimate(rates).agrees_with(by_hand), where
        found = estimate(differences)
        assert abs(found.mean) <= found.half_width <= 0.03 * np.mean(numbers), where
