"""Confidence intervals over replications, for curves and sums that no single KPI holds.

Replications are independent of each other, so the mean over them has Student's t interval. Differences between
scenarios are taken replication by replication, because both saw the same random futures.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import t

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

    @property
    def excludes_zero(self) -> bool:
        """Whether the interval lies wholly on one side of 0."""
        return self.known and (self.low > 0 or self.high < 0)


@dataclass(frozen=True)
class Band:
    """A curve and its confidence band."""

    x: Floats
    mean: Floats
    low: Floats
    high: Floats


def mean_with_bounds(values: Floats, confidence: float) -> tuple[Floats, Floats, Floats]:
    """Return mean, lower and upper bound over the first axis (replications); NaN values are left out."""
    present = np.isfinite(values)
    count = present.sum(axis=0)
    filled = np.where(present, values, 0.0)
    mean = np.where(count > 0, filled.sum(axis=0) / np.maximum(count, 1), np.nan)
    deviation = np.where(present, values - mean, 0.0)
    variance = (deviation**2).sum(axis=0) / np.maximum(count - 1, 1)
    half = t.ppf(0.5 + confidence / 2, np.maximum(count - 1, 1)) * np.sqrt(variance / np.maximum(count, 1))
    half = np.where(count > 1, half, np.nan)
    return mean, mean - half, mean + half


def interval_of(values: Floats, confidence: float) -> Interval:
    """Return the interval of the mean of one number per replication."""
    mean, low, high = mean_with_bounds(np.asarray(values, dtype=np.float64), confidence)
    return Interval(float(mean), float(low), float(high))
