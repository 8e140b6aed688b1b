"""How likely is it that a point is the best of all?

Two answers, for every figure of which more or less is better:

- ``chance``: the probability that its *mean* is the best of all points' means, given the replications. It is the share
  of draws in which it is, from the posterior of the means under the usual vague prior: a multivariate t with n - 1
  degrees of freedom around the means that were found, with the covariance between points that the common futures give
  (A. Gelman and others, *Bayesian Data Analysis*, 3rd edition 2013, section 3.6). With two points it is one minus the
  one-sided p value of the paired t test.
- ``wins``: the share of futures in which it is best, with Clopper and Pearson's interval over futures. A scenario can
  be best on average and in few futures, or the other way round. A future in which k points are equally good counts as
  1/k for each.

Only futures count in which every point has the figure. Draws are from a fixed stream of random numbers, so that the
same results give the same table; with :data:`DRAWS` of them a chance is right to within a hundredth or so.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.compare import ROUNDING
from sim.experiment.shares import exact_interval

Floats = npt.NDArray[np.float64]

FILE = "best"
DRAWS = 10_000
SEED = 20_240_601
COLUMNS = ("label", "kpi", "group", "better", "chance", "wins", "wins_low", "wins_high", "n_used")


def best_table(points: Mapping[str, pd.DataFrame], confidence: float, group: str = "all") -> pd.DataFrame:
    """Return how likely each point is to be best in each figure of a group that has a direction.

    Args:
        points: Per label the figures of a point: columns replication, kpi, group, value.
        confidence: Level of the interval of ``wins``.
        group: Whom the figures are about.

    Returns:
        One row per figure and point, columns :data:`COLUMNS`; empty with fewer than two points.
    """
    from sim.measures.definitions import definition

    rows: list[tuple[object, ...]] = []
    if len(points) > 1:
        labels = list(points)
        wide = {label: _by_replication(figures, group) for label, figures in points.items()}
        replications = sorted(set().union(*(one.columns for one in wide.values())))
        draws: dict[int, tuple[Floats, Floats]] = {}
        for kpi in dict.fromkeys(kpi for one in wide.values() for kpi in one.index):
            try:
                better = definition(kpi).better
            except KeyError:
                continue  # measured by something that is not one of ours
            if better == "neutral":
                continue
            values = np.full((len(labels), len(replications)), np.nan)
            for number, label in enumerate(labels):
                if kpi in wide[label].index:
                    values[number] = wide[label].loc[kpi].reindex(replications).to_numpy(dtype=np.float64)
            values = values[:, ~np.isnan(values).any(axis=0)]
            n = values.shape[1]
            if n < 2:
                continue
            if better == "higher":
                values = -values
            if n not in draws:
                draws[n] = _stream(n)
            chance, wins = chance_of_best(values, *draws[n]), _wins(values)
            low, high = exact_interval(wins, n, confidence)
            rows.extend(
                (label, kpi, group, better, chance[number], wins[number] / n, low[number], high[number], n)
                for number, label in enumerate(labels)
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def chance_of_best(values: Floats, normal: Floats, spread: Floats) -> Floats:
    """Return the posterior probability of each point that its mean is the lowest.

    Args:
        values: Shape (points, replications), at least two replications, paired by column.
        normal: Standard normal draws, shape (draws, replications).
        spread: For each draw the root of n - 1 over a chi-squared number with n - 1 degrees of freedom.
    """
    n = values.shape[1]
    mean = values.mean(axis=1)
    # Deviations weighted by independent normal numbers have the sample's covariance, however many points there are.
    deviations = (normal @ (values - mean[:, np.newaxis]).T) / np.sqrt(n * (n - 1))
    return _lowest(mean + deviations * spread[:, np.newaxis], _size(values)) / len(normal)


def _stream(n: int) -> tuple[Floats, Floats]:
    generator = np.random.default_rng([SEED, n])
    normal = generator.standard_normal((DRAWS, n))
    return normal, np.sqrt((n - 1) / generator.chisquare(n - 1, DRAWS))


def _wins(values: Floats) -> Floats:
    """Return in how many replications each point is lowest."""
    return _lowest(values.T, _size(values))


def _lowest(rows: Floats, size: float) -> Floats:
    """Return how often each column is the lowest of a row; those that are equally low share."""
    lowest = rows <= rows.min(axis=1, keepdims=True) + ROUNDING * size
    result: Floats = (lowest / lowest.sum(axis=1, keepdims=True)).sum(axis=0)
    return result


def _size(values: Floats) -> float:
    return float(np.abs(values).max())


def _by_replication(figures: pd.DataFrame, group: str) -> pd.DataFrame:
    chosen = figures[figures["group"] == group]
    return chosen.pivot(index="kpi", columns="replication", values="value")  # noqa: PD010
