"""How certain is a difference? Statistics over replications, as pure functions on tables.

Replication 7 of every point is the same future (common random numbers), so points are compared *pairwise by
replication*: the interval of a difference is much narrower than the intervals of the two means suggest. Comparing
many scenarios with one reference finds a "significant" one by luck alone sooner or later; the p values of a figure
are therefore adjusted over the scenarios by Holm's method (Holm 1979), which holds whatever their dependence.

A replication in which a figure has nothing to measure is NaN there. It is left out, not counted as zero, and
``n_used`` and ``n_pairs`` say how many replications remain.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.shares import NUMBER, share_interval

Floats = npt.NDArray[np.float64]

COLUMNS = (
    "label",
    "kpi",
    "group",
    "mean",
    "ci_low",
    "ci_high",
    "difference",
    "diff_low",
    "diff_high",
    "p_adjusted",
    "n_used",
    "n_pairs",
    "unit",
)

ROUNDING = 1e-12
"""Two values that differ by less than this share of their size are the same number written twice by a computer."""


def compare(points: Mapping[str, pd.DataFrame], reference: str | None, confidence: float) -> pd.DataFrame:
    """Return every point's means, and its paired differences to the reference point.

    Args:
        points: Per label the figures of a point: columns replication, kpi, group, value, unit.
        reference: Label of the point that the others are compared with; None, or a point without figures: there is
            nothing to compare with, and the differences are NaN.
        confidence: Level of all intervals, between 0 and 1.

    Returns:
        One row per point and figure, columns :data:`COLUMNS`. An interval from fewer than two replications is NaN.
        The difference is point minus reference; the reference's own rows have none.
    """
    base = _by_replication(points[reference]) if reference is not None and reference in points else None
    parts = []
    for label, figures in points.items():
        own = _by_replication(figures)
        part = own.index.to_frame(index=False)
        part.insert(0, "label", label)
        values = own.to_numpy(dtype=float)
        part["mean"], low, high, _, part["n_used"] = interval(values, confidence)
        part["ci_low"], part["ci_high"] = _of_shares(own, low, high, confidence)
        paired = np.full_like(values, np.nan)
        if base is not None and label != reference:
            others = base.reindex(index=own.index, columns=own.columns).to_numpy(dtype=float)
            paired = paired_differences(values, others)
        (part["difference"], part["diff_low"], part["diff_high"], part["p_value"], part["n_pairs"]) = interval(
            paired, confidence
        )
        parts.append(part)
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    result = pd.concat(parts, ignore_index=True)
    result["p_adjusted"] = result.groupby(["kpi", "group"], sort=False)["p_value"].transform(
        lambda p: holm(p.to_numpy(dtype=float))
    )
    return result[list(COLUMNS)]


def _of_shares(own: pd.DataFrame, low: Floats, high: Floats, confidence: float) -> tuple[Floats, Floats]:
    """Return the ends of the intervals, those of shares by :mod:`sim.experiment.shares`."""
    keys = own.index.to_frame(index=False)
    values = own.to_numpy(dtype=float)
    # Of a budget one can spend more than all of it.
    inside = ~((values < 0) | (values > 1)).any(axis=1)
    shares = np.flatnonzero((keys["unit"] == "share").to_numpy() & inside)
    if not len(shares):
        return low, high
    behind = pd.MultiIndex.from_arrays([keys["kpi"][shares] + NUMBER, keys["group"][shares]])
    numbers = own.droplevel("unit").reindex(behind).sum(axis=1, min_count=1).to_numpy(dtype=float)
    low, high = low.copy(), high.copy()
    low[shares], high[shares] = share_interval(values[shares], confidence, numbers)
    return low, high


def _by_replication(figures: pd.DataFrame) -> pd.DataFrame:
    """Return one row per figure, sorted by name, and one column per replication."""
    wide = figures.pivot(index=["kpi", "group", "unit"], columns="replication", values="value")  # noqa: PD010
    return wide.sort_index()


def paired_differences(values: Floats, others: Floats) -> Floats:
    """Return values minus others, 0 where they are the same number written twice by a computer."""
    difference = values - others
    size = np.maximum(np.abs(values), np.abs(others))
    return np.where(np.abs(difference) <= ROUNDING * size, 0.0, difference)


def interval(values: Floats, confidence: float) -> tuple[Floats, Floats, Floats, Floats, npt.NDArray[np.int64]]:
    """Return mean, lower and upper end of Student's t interval, p value for mean 0, and n, per row.

    Args:
        values: Rows of independent values; NaN are left out.
        confidence: Level of the interval.

    Returns:
        Five arrays with one entry per row. n = 0: everything is NaN; n = 1: the mean alone. Values that are all the
        same have an interval of no width, with p = 1 if they are all zero and p = 0 if not.
    """
    from scipy.special import stdtr, stdtrit

    n = np.sum(~np.isnan(values), axis=1).astype(np.int64)
    filled = np.where(np.isnan(values), 0.0, values)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.where(n > 0, filled.sum(axis=1) / n, np.nan)
        # A constant row has no spread; the rounding of its mean must not invent one.
        smallest = np.where(np.isnan(values), np.inf, values).min(axis=1, initial=np.inf)
        largest = np.where(np.isnan(values), -np.inf, values).max(axis=1, initial=-np.inf)
        mean = np.where(smallest == largest, smallest, mean)
        deviations = np.where(np.isnan(values), 0.0, values - mean[:, None])
        variance = (deviations**2).sum(axis=1) / (n - 1)
        error = np.where(n > 1, np.sqrt(variance / n), np.nan)
        t = np.abs(mean) / error
        freedom = np.where(n > 1, n - 1, np.nan)
        half = np.asarray(stdtrit(freedom, 0.5 + confidence / 2)) * error
        p = 2.0 * np.asarray(stdtr(freedom, -t))
    p = np.where((error == 0) & (mean == 0), 1.0, p)
    p = np.where((error == 0) & (mean != 0), 0.0, p)
    return mean, mean - half, mean + half, p, n


def holm(p_values: npt.NDArray[Any]) -> Floats:
    """Return Holm's adjusted p values; NaN stay NaN and do not count as tests."""
    p = np.asarray(p_values, dtype=float)
    adjusted = np.full_like(p, np.nan)
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(p[order] * factors))
    return adjusted
