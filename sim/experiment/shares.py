"""Intervals of shares, which behave near 0 and 1.

Student's t interval of a share can reach below 0 or above 1, and has no width at all when every replication gave 0
(or 1): twenty futures in which nobody out of two hundred waited too long do not prove that nobody ever will.

Persons are what is counted, but they are not independent: those of one replication share its queues. The method is
that of surveys of clusters, with replications as clusters: Clopper and Pearson's interval with an *effective* number
of persons, the number of independent ones that would give the spread that is seen between replications (E. L. Korn and
B. I. Graubard, *Confidence intervals for proportions with small expected number of positive counts estimated from
survey data*, Survey Methodology 24, 1998; the standard of the National Center for Health Statistics, Vital and Health
Statistics 2-175, 2017). It never has more persons than there are. In the middle, and with many persons, it is the t
interval.

Some shares are of time or money and not of persons. Nobody can say how many independent ones they stand for; where
there is no spread at all between their replications the interval has no width, as that of any other figure.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

NUMBER = ".n"
"""What the id of the measure ends with that says how many persons or cases a share was taken of."""


def exact_interval(hits: npt.ArrayLike, of: npt.ArrayLike, confidence: float) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of Clopper and Pearson's intervals of probabilities (Biometrika 26, 1934).

    They hold for few trials and for shares near 0 and 1. ``scipy.stats.binomtest`` has them for one share, of whole
    numbers; here are many, and numbers need not be whole: futures can be shared, and persons be counted in part.

    Args:
        hits: How often it happened, for each share.
        of: Of how many.
        confidence: Level of the intervals.
    """
    from scipy.special import betaincinv

    happened, number = np.asarray(hits, dtype=np.float64), np.asarray(of, dtype=np.float64)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        low = np.where(happened > 0, betaincinv(happened, number - happened + 1, tail), 0.0)
        high = np.where(happened < number, betaincinv(happened + 1, number - happened, 1 - tail), 1.0)
    return low, high


def share_interval(values: Floats, confidence: float, numbers: Floats | None = None) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of the intervals of mean shares.

    Args:
        values: One row per share, one column per replication, between 0 and 1; NaN: nothing to measure.
        confidence: Level of the intervals.
        numbers: Persons or cases behind each row, of all replications together; NaN or none given: not known.

    Returns:
        Two arrays with one entry per row, between 0 and 1; NaN where fewer than two replications have a value.
    """
    from scipy.special import ndtri, stdtrit

    known = ~np.isnan(values)
    n = known.sum(axis=1)
    filled = np.where(known, values, 0.0)
    tail = (1 - confidence) / 2
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.clip(np.where(n > 0, filled.sum(axis=1) / n, np.nan), 0.0, 1.0)
        deviations = np.where(known, values - share[:, np.newaxis], 0.0)
        error = (deviations**2).sum(axis=1) / (n - 1) / n
        # The spread is estimated from few replications: a t quantile in the place of the normal one.
        freedom = (ndtri(tail) / stdtrit(np.where(n > 1, n - 1, np.nan), tail)) ** 2
        effective = freedom * np.where(error > 0, share * (1 - share) / error, np.inf)
        most = np.full(len(n), np.inf) if numbers is None else np.where(np.isnan(numbers), np.inf, freedom * numbers)
        effective = np.minimum(effective, most)
        hits = share * effective
        low, high = exact_interval(hits, effective, confidence)
    # The numbers of a computer end before a share does that is all but 0.
    low = np.where(share <= 0, 0.0, np.where(np.isinf(effective), share, np.minimum(low, share)))
    high = np.where(share >= 1, 1.0, np.where(np.isinf(effective), share, np.maximum(high, share)))
    enough = n > 1
    return np.where(enough, low, np.nan), np.where(enough, high, np.nan)
