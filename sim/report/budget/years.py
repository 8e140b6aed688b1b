"""Which calendar years a proposal is about.

A municipality budgets by calendar year, while a simulation may begin and end on any date. A year that is measured only
in part would look like a saving, so only whole ones count.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from sim.scenario.time import Horizon


def whole_years(first: dt.date, end: dt.date) -> tuple[int, ...]:
    """Return the calendar years that lie entirely within a period.

    Args:
        first: First day of the period.
        end: The day after its last one.
    """
    return tuple(
        year
        for year in range(first.year, end.year + 1)
        if first <= dt.date(year, 1, 1) and dt.date(year + 1, 1, 1) <= end
    )


def measured_years(horizon: Horizon) -> tuple[int, ...]:
    """Return the whole calendar years of the measured period, which comes after the run-in."""
    first = horizon.start + dt.timedelta(days=horizon.run_in_days)
    return whole_years(first, horizon.start + dt.timedelta(days=horizon.days))


def common_years(horizons: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """Return the whole measured years that all points have, from the sections ``horizon`` of their configurations."""
    each = [set(measured_years(Horizon.model_validate(horizon))) for horizon in horizons]
    return tuple(sorted(set.intersection(*each))) if each else ()
