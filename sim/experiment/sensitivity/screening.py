"""All assumptions at once: Morris's screening and Sobol's indices, by SALib (Herman and Usher 2017).

Morris's method (1991) walks through the ranges one assumption at a time, from several starting points. ``mu_star`` is
the mean size of the effect of crossing the whole range; ``sigma`` how much the effect depends on the others.
Sobol's indices (2001) divide the variance that uncertain assumptions cause: ``S1`` is what an assumption causes alone,
``ST`` what it causes together with others.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.assumptions import Found, valid_alone
from sim.experiment.designs import Each, reasons
from sim.experiment.points import Point
from sim.experiment.sensitivity.measured import Measured
from sim.experiment.sensitivity.study import Study
from sim.scenario.errors import PlannerError

Floats = npt.NDArray[np.float64]

TRAJECTORIES = 10
"""Of Morris's method (Campolongo, Cariboni and Saltelli 2007 find 10 enough for screening)."""
BASE_POINTS = 64
LEVELS = 4
RESAMPLES = 1000
"""Of the bootstrap that gives the intervals."""


def problem(names: Sequence[str]) -> dict[str, Any]:
    """Return the assumptions as SALib describes them: places between 0 and 1."""
    return {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}


def sample(method: str, names: Sequence[str], number: int, seed: int) -> Floats:
    """Return the places to try, one row per point."""
    if method == "morris":
        from SALib.sample import morris

        return np.asarray(morris.sample(problem(names), number, num_levels=LEVELS, seed=seed), dtype=float)
    from SALib.sample import sobol

    return np.asarray(sobol.sample(problem(names), number, calc_second_order=False, seed=seed), dtype=float)


def analysed(
    method: str, names: Sequence[str], number: int, outcomes: Floats, seed: int, confidence: float
) -> pd.DataFrame:
    """Return the indices with their intervals, one row per assumption, the most important first.

    Args:
        method: ``morris`` or ``sobol``.
        names: The assumptions.
        number: Trajectories or base points, as for :func:`sample`.
        outcomes: What each row of the sample gave.
        seed: As for :func:`sample`.
        confidence: Level of the intervals.
    """
    if np.ptp(outcomes) == 0:
        raise PlannerError("the outcome is the same at every point: none of the assumptions has any influence on it")
    if method == "morris":
        places = sample(method, names, number, seed)
        return _morris(names, number, places, outcomes, seed, confidence)
    from SALib.analyze import sobol

    found = sobol.analyze(
        problem(names), outcomes, calc_second_order=False, num_resamples=RESAMPLES, conf_level=confidence, seed=seed
    )
    table = pd.DataFrame({"assumption": list(names)})
    for index in ("S1", "ST"):
        table[index] = found[index]
        table[f"{index}_ci_low"] = found[index] - found[f"{index}_conf"]
        table[f"{index}_ci_high"] = found[index] + found[f"{index}_conf"]
    return table.sort_values("ST", ascending=False, kind="stable").reset_index(drop=True)


def _morris(
    names: Sequence[str], number: int, places: Floats, outcomes: Floats, seed: int, confidence: float
) -> pd.DataFrame:
    from SALib.analyze import morris

    found = morris.analyze(
        problem(names), places, outcomes, num_resamples=RESAMPLES, conf_level=confidence, num_levels=LEVELS, seed=seed
    )
    table = pd.DataFrame({"assumption": list(names), "mu": found["mu"], "mu_star": found["mu_star"]})
    half = np.asarray(found["mu_star_conf"], dtype=float)
    table["mu_star_ci_low"], table["mu_star_ci_high"] = (table["mu_star"] - half).clip(lower=0), table["mu_star"] + half
    table["sigma"] = found["sigma"]
    effects = elementary_effects(places, outcomes, number)
    # SALib gives no interval for sigma: the same bootstrap over trajectories.
    picked = np.random.default_rng(seed).integers(0, number, size=(RESAMPLES, number))
    spread = effects[picked].std(axis=1, ddof=1)
    tail = (1 - confidence) / 2
    table["sigma_ci_low"], table["sigma_ci_high"] = np.quantile(spread, [tail, 1 - tail], axis=0)
    return table.sort_values("mu_star", ascending=False, kind="stable").reset_index(drop=True)


def elementary_effects(places: Floats, outcomes: Floats, number: int) -> Floats:
    """Return the effects of crossing each range once, trajectories × assumptions."""
    steps = np.diff(places.reshape(number, -1, places.shape[1]), axis=1)
    changes = np.diff(outcomes.reshape(number, -1), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    effects = np.zeros((number, places.shape[1]))
    rows = np.arange(number)[:, None]
    effects[rows, moved] = changes / np.take_along_axis(steps, moved[:, :, None], axis=2)[:, :, 0]
    return effects


def screening_points(
    study: Study, bases: Sequence[Point], found: Found, number: int | None, each: Each
) -> tuple[Study, list[Point], Found]:
    """Return the study with its rows, its points, and what is varied and left out.

    Raises:
        PlannerError: Nothing can be varied, or the number does not suit.
    """
    from sim.experiment.sensitivity.planning import AS_CONFIGURED, Collected

    good, bad = valid_alone(found, [base.configuration for base in bases], each)
    found = dataclasses.replace(found, assumptions=tuple(good), left_out=(*found.left_out, *bad))
    if len(good) < 2:
        raise PlannerError(
            f"{study.method} needs at least two assumptions that can be varied:\n{reasons(found.left_out)}"
        )
    count = number or (TRAJECTORIES if study.method == "morris" else BASE_POINTS)
    if count < 2 or (study.method == "sobol" and count & (count - 1)):
        raise PlannerError(f"--n {count}: morris needs at least 2 trajectories, sobol a power of two of base points")
    places = sample(study.method, [a.name for a in good], count, study.seed)
    collected = Collected(bases, {"point": AS_CONFIGURED})
    rows = []
    width = len(str(len(places)))
    for position, row in enumerate(each(list(places))):
        name = f"{study.method}-{position + 1:0{width}d}"
        rows.append(collected.pair(name, list(zip(good, map(float, row), strict=True)), {"point": name}))
    shown = tuple(tuple(a.shown(float(place)) for a, place in zip(good, row, strict=True)) for row in places)
    study = study.model_copy(update={"rows": tuple(rows), "shown": shown, "number": count})
    return study, collected.points, found


def screening(study: Study, measured: Measured, confidence: float) -> pd.DataFrame:
    """Return the indices of a study whose points have been simulated.

    Raises:
        PlannerError: A point has no outcome.
    """
    outcomes = [measured.outcome(pair) for pair in study.rows]
    table = pd.concat(outcomes, axis=1, join="inner").dropna()
    if table.empty:
        raise PlannerError("there is no replication in which every point has been measured: run the study to its end")
    names = [entry.name for entry in study.assumptions]
    result = analysed(
        study.method, names, study.number, table.mean(axis=0).to_numpy(dtype=float), study.seed, confidence
    )
    entries = {entry.name: entry for entry in study.assumptions}
    for field in ("value", "low", "high", "multiple", "unit", "kind", "source", "year"):
        result[field] = [getattr(entries[name], field) for name in result["assumption"]]
    result["n_used"] = len(table)
    return result
