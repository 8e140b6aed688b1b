"""How often something happens: a share of replications with its exact interval.

It holds whatever the true share is, also when it happened always or never; see
:func:`sim.experiment.shares.exact_interval`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sim.experiment.shares import exact_interval


@dataclass(frozen=True)
class Chance:
    """In how many of so many futures something happened."""

    happened: int
    of: int
    low: float
    high: float

    @property
    def share(self) -> float:
        """The share, between 0 and 1; NaN if there was no future at all."""
        return self.happened / self.of if self.of else float("nan")


def chance(happened: int, of: int, confidence: float) -> Chance:
    """Return a share with its exact binomial interval."""
    if not of:
        return Chance(0, 0, np.nan, np.nan)
    low, high = exact_interval(happened, of, confidence)
    return Chance(happened, of, float(low), float(high))
