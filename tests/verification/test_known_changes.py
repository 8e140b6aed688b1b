"""Arrivals that change: a thinned Poisson process is a Poisson process with the thinned intensity."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from small_maps import Floats, small_map

from sim.model import simulate

pytestmark = pytest.mark.verification

START = dt.date(2024, 1, 1)
YEARS = 6
PER_YEAR = 4000
EDGES = np.arange(0, YEARS * 365, 73.0)
"""The times are looked at in stretches of a fifth of a year."""


def arrivals(changes: dict[str, Any], **others: Any) -> Floats:
    """Return when persons come to a source that changes."""
    settings = {"per_year": PER_YEAR, "changes": changes, **others}
    scenario = small_map(
        "stock",
        {
            "horizon.years": YEARS,
            "initial_caseload.supported.count": 0,
            **{f"arrivals.customers.{key}": value for key, value in settings.items()},
        },
    )
    return np.asarray(simulate(scenario).cases["entered"])


def share(days: Floats, begins: str, ends: str | None) -> Floats:
    """Return how much of a change counts on each day, by a formula of its own."""
    first = (dt.date.fromisoformat(begins) - START).days
    if ends is None:
        return (days >= first).astype(float)
    last = (dt.date.fromisoformat(ends) - START).days
    return np.clip((days - first) / (last - first), 0, 1)


@pytest.mark.parametrize(
    ("relative", "changes"),
    [
        pytest.param(1.0, {"less": (0.3, "2026-03-01", None)}, id="fewer at once"),
        pytest.param(0.8, {"less": (0.0, "2025-01-01", "2028-01-01")}, id="fewer and fewer"),
        pytest.param(1.0, {"more": (2.6, "2025-06-01", "2029-01-01")}, id="more and more"),
        pytest.param(
            1.2,
            {"more": (1.8, "2024-09-01", "2027-01-01"), "less": (0.25, "2026-01-01", "2028-07-01")},
            id="more, then fewer",
        ),
    ],
)
def test_as_many_come_as_the_integral_of_the_intensity(relative: float, changes: dict[str, Any]) -> None:
    """In each fifth of a year within four standard deviations; over all of them chi-square with as many degrees.

    The intensity is constant within a day, so its integral is a sum over days.
    """
    days = np.arange(YEARS * 365 + 1, dtype=float)
    factor = np.full(len(days), relative)
    for size, begins, ends in changes.values():
        factor *= 1 + share(days, begins, ends) * (size - 1)
    per_day = PER_YEAR / 365.25 * factor
    expected = np.add.reduceat(per_day[: int(EDGES[-1])], EDGES[:-1].astype(int))
    given = {
        name: {"relative": size, "begins": begins, **({} if ends is None else {"ends": ends})}
        for name, (size, begins, ends) in changes.items()
    }
    times = arrivals(given, relative=relative)
    counted, _ = np.histogram(times, EDGES)
    spread = np.sqrt(np.maximum(expected, 1))
    assert (np.abs(counted - expected) < 4 * spread + 1e-9).all()
    degrees = int((expected > 0).sum())
    distance = float((((counted - expected) / spread) ** 2).sum())
    assert abs(distance - degrees) < 4 * np.sqrt(2 * degrees)
    daily = np.bincount(times.astype(int), minlength=len(days))[: len(days)]
    likely = per_day > 1
    dispersion = ((daily - per_day)[likely] ** 2 / per_day[likely]).mean()
    assert abs(dispersion - 1) < 5 * np.sqrt(2 / likely.sum()) + 0.05
