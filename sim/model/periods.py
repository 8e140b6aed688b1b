"""Named periods: what holds from one date on, until the next begins.

A reorganisation that takes effect on a date is a period of its own: teams, panels, splits and durations may differ
by the period that the day falls in. What is under way when a period begins goes on; what is looked up later is looked
up in the new period.
"""

from __future__ import annotations

import datetime as dt
import math
from bisect import bisect_right
from collections.abc import Iterator, Mapping

PERIOD = "period"
"""The attribute."""


class Periods:
    """The named periods as stretches of simulated time."""

    def __init__(self, periods: Mapping[str, dt.date], start: dt.date) -> None:
        self._names = list(periods)
        self._begins = [float((date - start).days) for date in periods.values()]

    def at(self, time: float) -> str:
        """Return the period that a time falls in; before the first begins, the first."""
        return self._names[max(0, bisect_right(self._begins, time) - 1)]

    def stretches(self) -> Iterator[tuple[str, float, float]]:
        """Yield each period with the day on which it begins and the day on which the next one does."""
        begins = [-math.inf, *self._begins[1:]]
        yield from zip(self._names, begins, [*begins[1:], math.inf], strict=True)
