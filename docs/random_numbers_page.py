"""Writes the table of docs/experiments.md that says what common random numbers are worth.

    uv run sagsflow sweep 'scenario=glob(*,exclude=copenhagen_*)' experiment.replications=20 output=results/all
    uv run python docs/random_numbers_page.py results/all

If baseline and scenario met different futures, the variance of their difference would be the sum of their variances.
They meet the same ones; what is shown is the variance of the paired difference as a share of that sum (Law 2015,
*Simulation Modeling and Analysis*, section 11.2). A share of 0.1 means that a tenth of the replications gives the same
interval. The interval of the median is from bootstrap samples of replications, the same for all scenarios.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pages
import pandas as pd

from sim.experiment.compare import ROUNDING
from sim.experiment.manifest import Manifest

PAGE = pages.ROOT / "docs" / "experiments.md"
SAMPLES = 2000
SEED = 20240601
MAIN = (
    ("wait.total", "child", "Request to service, children"),
    ("wait.in_queue", "all", "Waiting in the queues of teams and panels"),
    ("wait.decision", "all", "Wait for a decision"),
    ("deadline.assessment_4m", "all", "Assessed within 4 months"),
    ("transition.gap_days", "all", "Gap at 18"),
    ("appeals.reversal_share", "all", "Appeals reversed"),
    ("need.escalations", "all", "Needs that grew while waiting"),
    ("staff.backlog", "all", "Tasks that wait in the teams"),
    ("cost.services", "all", "Services, net cost"),
    ("cost.municipality", "all", "Municipality's net cost"),
)

Floats = npt.NDArray[np.float64]


def parts(folder: Path) -> pages.Parts:
    """Return the table by the name of its marker."""
    manifest = Manifest.read(folder)
    figures = pd.read_parquet(folder / "kpis.parquet", columns=["scenario", "replication", "kpi", "group", "value"])
    others = [entry.scenario for entry in manifest.points if entry.label != manifest.reference]
    reference = manifest.point(manifest.reference).scenario
    lines = [
        "| Measure | median share | 95 % interval | best | worst | scenarios |",
        "|---|---:|---|---:|---:|---:|",
    ]
    pairs = set()
    for kpi, group, label in MAIN:
        chosen = figures[(figures["kpi"] == kpi) & (figures["group"] == group)]
        wide = chosen.pivot(index="scenario", columns="replication", values="value")  # noqa: PD010
        if reference not in wide.index:
            raise ValueError(f"{folder} has no {kpi}:{group}")
        wide = wide.dropna(axis="columns")
        pairs.add(wide.shape[1])
        base, values = wide.loc[reference].to_numpy(), wide.loc[[o for o in others if o in wide.index]].to_numpy()
        # Where a scenario leaves a measure as it is, there is nothing to be precise about.
        moved = values[np.abs(values - base).max(axis=1) > ROUNDING * np.abs(base).max()]
        each = shares(base, moved)
        low, high = np.nanquantile(_resampled(base, moved), (0.025, 0.975))
        lines.append(
            f"| {label} | {np.median(each):.2f} | {low:.2f} to {high:.2f} | {each.min():.2f} | {each.max():.2f} "
            f"| {len(moved)} |"
        )
    number = f"{min(pairs)}" if len(pairs) == 1 else f"{min(pairs)} to {max(pairs)}"
    said = f"{manifest.name}: {len(others)} scenarios against {reference}, {number} pairs of replications each."
    return {"common-random-numbers": f"{said[0].upper()}{said[1:]}\n\n" + "\n".join(lines)}


def shares(base: Floats, values: Floats) -> Floats:
    """Return the variance of the paired difference as a share of that of independent runs, for each row."""
    paired = np.var(values - base, axis=-1, ddof=1)
    return np.asarray(paired / (np.var(values, axis=-1, ddof=1) + np.var(base, axis=-1, ddof=1)))


def _resampled(base: Floats, values: Floats) -> Floats:
    chance = np.random.default_rng(SEED)
    samples = (chance.integers(0, len(base), len(base)) for _ in range(SAMPLES))
    return np.array([np.median(shares(base[sample], values[:, sample])) for sample in samples])


if __name__ == "__main__":
    sys.exit(pages.write(sys.argv, PAGE, parts))
