"""Is the run-in long enough? And does the system settle at all?

A replication begins with queues that somebody assumed. Until they are what the flow makes them, averages are about the
assumption. The run-in leaves that time out, and whether it is long enough can be seen from the series of what waits
(``queue.*``, see :mod:`sim.measures.queues`), for every point and every place of the map.

From when on a series looks like itself is said by :func:`mser5`: it drops as many of the first observations as make the
standard error of the mean of the rest smallest (K. P. White, *An effective truncation heuristic for bias reduction in
simulation output*, Simulation 69, 1997), on averages of five (K. P. White, M. J. Cobb and S. C. Spratt, *A comparison
of five steady-state truncation heuristics for simulation*, Winter Simulation Conference 2000), on the mean of all
replications (K. Hoad, S. Robinson and R. Davies, *Automating warm-up length estimation*, Journal of the Operational
Research Society 61, 2010). If it wants to drop more than half, the series has not settled within the simulation.

A truncation that lies after the run-in matters only if it changes the figure: the run-in is called too short if the
mean from its end differs from the mean from the truncation by more than :data:`MATTERS`. What grows steadily is told
apart in :mod:`sim.experiment.growth`; then no run-in is long enough.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.growth import WAITING, Growth, growth_of
from sim.experiment.manifest import Manifest
from sim.experiment.store import point_folder
from sim.scenario.time import Horizon
from sim.scenario.yamlfile import read_yaml

Floats = npt.NDArray[np.float64]
Verdict = Literal["settled", "too_short", "unsettled", "unclear", "growing", "too_few"]
"""``settled``: the run-in is long enough; ``too_short``: it is not; ``unsettled``: the series has not settled within
the simulation, without growing steadily; ``unclear``: nor can it be seen to change after the run-in, there is too much
chance in it; ``growing``: it never will settle; ``too_few``: too few observations to tell."""

FILE = "run_in"
BATCH = 5
"""Observations that are averaged before the rule is applied: the 5 of MSER-5."""
FEWEST_BATCHES = 10
LAST = 5
"""Batches at the end that are never what remains: a mean of so few can have a small error by luck."""
MATTERS = 0.05
"""Share of the settled level by which the mean from the run-in must differ for the run-in to be too short."""

COLUMNS = (
    "label",
    "series",
    "group",
    "verdict",
    "run_in_days",
    "truncation_days",
    "level_from_run_in",
    "level_from_truncation",
    "growth_per_year",
    "growth_low",
    "growth_high",
    "n_used",
)


@dataclass(frozen=True)
class Truncation:
    """How many of the first observations are unlike the rest."""

    observations: int
    settled: bool
    """Whether no more than half would have to be dropped."""


def mser5(values: Floats) -> Truncation | None:
    """Return the truncation of White's rule on averages of five; None: there are too few observations.

    Args:
        values: Observations at equal distances; NaN: the one before it holds.
    """
    known = filled(values)
    batches = len(known) // BATCH
    if batches < FEWEST_BATCHES:
        return None
    means = known[: batches * BATCH].reshape(batches, BATCH).mean(axis=1)
    candidates = np.arange(batches - LAST + 1)
    left = batches - candidates
    # Sums over what is left after each candidate, from the end. Centred: squares of large numbers lose digits.
    centred = means - means.mean()
    sums = np.cumsum(centred[::-1])[::-1][candidates]
    squares = np.cumsum(centred[::-1] ** 2)[::-1][candidates]
    error = np.maximum(squares - sums**2 / left, 0.0) / left**2
    # Rounding must not find a better truncation in what never changes.
    best = int(np.flatnonzero(error <= error.min() + 1e-12 * max(float(squares[0]), 1e-300))[0])
    return Truncation(best * BATCH, best <= batches / 2)


def filled(values: Floats) -> Floats:
    """Return a series in which each gap has the value before it, and a gap at the beginning the first value."""
    known = pd.Series(values).ffill().bfill().dropna()
    return np.asarray(known, dtype=np.float64)


@dataclass(frozen=True)
class Check:
    """What one series of one point says about the run-in."""

    verdict: Verdict
    truncation_days: float
    """NaN: it has not settled, or there are too few observations."""
    level_from_run_in: float
    level_from_truncation: float
    growth: Growth


def check(grid: Floats, values: Floats, run_in: float, confidence: float, *, can_grow: bool = True) -> Check:
    """Hold one series against the run-in.

    Args:
        grid: Times in days since day 0, at equal distances, shape (times,).
        values: Shape (replications, times); NaN: nothing to measure.
        run_in: Days that are left out.
        confidence: Level of the growth's interval.
        can_grow: Whether steady growth is to be told apart. A wait of those who are served rises with the queue; the
            queue says so.
    """
    mean = filled(_over_replications(values))
    growth = growth_of(grid, values, run_in, confidence)
    found = mser5(mean) if len(mean) == len(grid) else None
    from_run_in = _level(mean[grid >= run_in]) if len(mean) == len(grid) else float("nan")
    if can_grow and growth.steady:
        return Check("growing", float("nan"), from_run_in, float("nan"), growth)
    if found is None:
        return Check("too_few", float("nan"), from_run_in, float("nan"), growth)
    if not found.settled:
        return Check("unsettled" if growth.drifts else "unclear", float("nan"), from_run_in, float("nan"), growth)
    truncation = float(grid[found.observations])
    settled = _level(mean[found.observations :])
    late = truncation > run_in and abs(from_run_in - settled) > MATTERS * abs(settled)
    return Check("too_short" if late else "settled", truncation, from_run_in, settled, growth)


def run_in_table(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """Return the check of every ``queue`` series of every point: one row each, columns :data:`COLUMNS`.

    Times are in days, levels in the unit of the series, growth in that unit per year.
    """
    rows: list[Mapping[str, Any]] = []
    for entry in manifest.points:
        point = point_folder(folder, entry.label)
        path = point / "series.parquet"
        if not path.exists():
            continue
        run_in = Horizon.model_validate(read_yaml(point / "config.yaml").data["horizon"]).run_in_days
        table = pd.read_parquet(path, filters=[("series", "in", [*WAITING, "queue.wait"])])
        for (series, group), part in table.groupby(["series", "group"], sort=True):
            # Sparse rows are stored as null and not left out: the grid is the same in every replication.
            wide = part.pivot(index="replication", columns="x", values="value")  # noqa: PD010
            values = wide.to_numpy(dtype=np.float64)
            if not np.nan_to_num(values).any():
                continue  # Nothing ever waits there.
            grid = wide.columns.to_numpy(dtype=np.float64)
            found = check(grid, values, run_in, manifest.experiment.confidence, can_grow=series in WAITING)
            rows.append(
                {
                    "label": entry.label,
                    "series": series,
                    "group": group,
                    "verdict": found.verdict,
                    "run_in_days": run_in,
                    "truncation_days": found.truncation_days,
                    "level_from_run_in": found.level_from_run_in,
                    "level_from_truncation": found.level_from_truncation,
                    "growth_per_year": found.growth.per_year,
                    "growth_low": found.growth.low,
                    "growth_high": found.growth.high,
                    "n_used": found.growth.replications,
                }
            )
    return pd.DataFrame(rows, columns=list(COLUMNS))


def _over_replications(values: Floats) -> Floats:
    """Return the mean over replications at each time; NaN where none has a value."""
    known = ~np.isnan(values)
    count = known.sum(axis=0)
    total = np.where(known, values, 0.0).sum(axis=0)
    result: Floats = np.divide(total, count, out=np.full(total.shape, np.nan), where=count > 0)
    return result


def _level(values: Floats) -> float:
    return float(np.mean(values)) if values.size else float("nan")
