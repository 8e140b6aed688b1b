"""What never settles: a queue to which more comes than can be done.

Its mean wait is no property of the municipality: it is longer the longer one simulates. So it is not reported. What is
reported is how fast the queue grows.

A queue grows *steadily* if

- the slopes of straight lines through the measured period, one per replication, lie above 0 with an interval of 99 %,
- so do those through its second half, which are at least half as steep: what fills up and then levels off is not meant,
- and it grows by at least :data:`SHARE` of its mean level, and by at least :data:`LEAST`, in the measured period.

A single replication has no interval; there, its fifths must rise without exception and by as much as the mean level.
The rate is the mean slope over the whole measured period, with Student's t interval over replications.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

WAITING = ("queue.tasks", "queue.cases", "queue.services", "queue.decisions")
"""Series that count what waits."""

DAYS_PER_YEAR = 365.25
CERTAIN = 0.99
"""Level of the intervals that decide, whatever level the planner reports at: hundreds of queues are looked at."""
SHARE = 0.25
LEAST = 10.0
"""Matters. A queue that gains fewer drifts with its inflow or the calendar: a weekly panel's few cases, which all leave
at the next meeting, must not cost a scenario its mean waits."""
FEWEST = 10
"""Observations below which nothing is said."""


@dataclass(frozen=True)
class Growth:
    """How fast a queue grows in the measured period, per year, with its interval (NaN: one replication)."""

    per_year: float
    low: float
    high: float
    replications: int
    steady: bool
    """Whether it never settles."""
    drifts: bool = False
    """Whether it certainly changes in the measured period, up or down."""


UNKNOWN = Growth(float("nan"), float("nan"), float("nan"), 0, steady=False)


def growth_of(grid: Floats, values: Floats, run_in: float, confidence: float) -> Growth:
    """Return how a series grows after the run-in.

    Args:
        grid: Times in days, shape (times,).
        values: Shape (replications, times); NaN: nothing to measure.
        run_in: Days that are left out.
        confidence: Level of the interval of the rate.
    """
    from sim.experiment.compare import interval

    measured = (grid >= run_in) & ~np.isnan(values).any(axis=0)
    if np.count_nonzero(measured) < FEWEST:
        return UNKNOWN
    x, y = grid[measured], values[:, measured]
    half = x >= (x[0] + x[-1]) / 2
    slopes, later = slopes_of(x, y), slopes_of(x[half], y[:, half])
    rate, low, high, _, _ = interval(slopes[np.newaxis, :] * DAYS_PER_YEAR, confidence)
    mean, gained = float(y.mean()), float(slopes.mean()) * float(x[-1] - x[0])
    steady = (
        gained >= max(SHARE * mean, LEAST)
        and float(later.mean()) >= float(slopes.mean()) / 2
        and (_certainly_positive(slopes) and _certainly_positive(later) if len(y) > 1 else _rises(y[0], gained))
    )
    drifts = _certainly_positive(slopes) or _certainly_positive(-slopes)
    return Growth(float(rate[0]), float(low[0]), float(high[0]), len(y), steady, drifts)


def slopes_of(x: Floats, y: Floats) -> Floats:
    """Return the slope of the line of least squares through each row of ``y``, per unit of ``x``."""
    centred = x - x.mean()
    result: Floats = (y - y.mean(axis=1, keepdims=True)) @ centred / float(centred @ centred)
    return result


def _certainly_positive(slopes: Floats) -> bool:
    from sim.experiment.compare import interval

    _, low, _, _, _ = interval(slopes[np.newaxis, :], CERTAIN)
    return bool(low[0] > 0)


def _rises(values: Floats, gained: float) -> bool:
    fifths = np.array([part.mean() for part in np.array_split(values, 5)])
    return bool((np.diff(fifths) > 0).all()) and gained >= float(values.mean())
