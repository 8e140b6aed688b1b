"""How often something happens: a share of replications with its exact interval.

Clopper and Pearson (1934): the interval holds whatever the true share is, also when it happened always or never.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


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
    from scipy.special import betaincinv

    if not of:
        return Chance(0, 0, np.nan, np.nan)
    tail = (1 - confidence) / 2
    low = 0.0 if happened == 0 else float(betaincinv(happened, of - happened + 1, tail))
    high = 1.0 if happened == of else float(betaincinv(happened + 1, of - happened, 1 - tail))
    return Chance(happened, of, low, high)
