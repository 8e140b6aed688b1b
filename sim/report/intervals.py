"""Confidence intervals, and what a clear difference is.

Curves, and sums that no single KPI holds, get their intervals here; those of the KPIs are read from the comparison
of the sweep. Both use the same statistics: Student's t over replications, differences taken replication by
replication, and Holm's adjustment over the scenarios that are compared with the same reference.

A difference is *clear* when its interval does not contain 0 **and** that still holds when the number of comparisons
is taken into account. The second condition matters more than it seems: the reference is the same in all comparisons,
so if its replications happen to lie high, every scenario looks better at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sim.experiment.compare import holm, interval

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """A mean and the bounds of its confidence interval (NaN where there are fewer than two replications)."""

    mean: float
    low: float
    high: float

    @property
    def known(self) -> bool:
        """Whether there is an interval at all, not only a mean."""
        return bool(np.isfinite(self.low) and np.isfinite(self.high))

    def times(self, factor: float) -> Interval:
        """Return the interval in another unit."""
        return Interval(self.mean * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Difference(Interval):
    """A paired difference to the reference: scenario minus reference."""

    clear: bool = False

    @classmethod
    def judged(cls, mean: float, low: float, high: float, p_adjusted: float, confidence: float) -> Difference:
        """Return a difference, judged clear or not by its interval and its adjusted p value."""
        return cls(mean, low, high, clear=(low > 0 or high < 0) and not p_adjusted >= 1 - confidence)


@dataclass(frozen=True)
class Band:
    """A curve and its confidence band."""

    x: Floats
    mean: Floats
    low: Floats
    high: Floats


def band_of(x: Floats, values: Floats, confidence: float) -> Band:
    """Return the mean curve over replications (the first axis of the values) with its band."""
    mean, low, high, _, _ = interval(values.T, confidence)
    return Band(x, mean, low, high)


def differences_of(paired: Mapping[str, Floats], confidence: float) -> dict[str, Difference]:
    """Return the difference per scenario, from one paired difference per replication of each."""
    raw = {label: interval(values[np.newaxis, :], confidence) for label, values in paired.items() if values.size}
    adjusted = holm(np.array([p[0] for _, _, _, p, _ in raw.values()]))
    return {
        label: Difference.judged(float(mean[0]), float(low[0]), float(high[0]), float(p), confidence)
        for (label, (mean, low, high, _, _)), p in zip(raw.items(), adjusted, strict=True)
    }
