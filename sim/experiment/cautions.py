"""What a reader of a folder of results should be warned of: sentences for its manifest, in English."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from sim.counted import counted
from sim.experiment import run_in
from sim.experiment.manifest import Manifest
from sim.experiment.precision import FEW


def with_cautions(folder: Path, manifest: Manifest) -> Manifest:
    """Return a manifest that says what its results, which have just been built, do not carry."""
    found = []
    fewest = min((entry.stored for entry in manifest.points if entry.stored), default=0)
    if 0 < fewest < FEW:
        found.append(
            f"only {counted(fewest, 'replication carries', 'replications carry')} the intervals and comparisons; "
            f"{FEW} are the least advisable"
        )
    if manifest.precision is not None:
        missed = [f"{one.label} {one.measure}:{one.group}" for one in manifest.precision.reached if not one.met]
        if missed:
            found.append(f"targets of precision that were not reached: {', '.join(missed)}")
    table = pd.read_parquet(folder / f"{run_in.FILE}.parquet")
    for row in table[table["verdict"].isin(["growing", "too_short", "unsettled"])].itertuples():
        where = f"{row.label}: {row.series} {row.group}"
        if row.verdict == "growing":
            found.append(
                f"{where} grows without end, by {row.growth_per_year:.4g} a year "
                f"({row.growth_low:.4g} to {row.growth_high:.4g})"
            )
        elif row.verdict == "too_short":
            found.append(
                f"{where} settles after {row.truncation_days:.0f} days, the run-in is {row.run_in_days:.0f} days"
            )
        else:
            found.append(f"{where} does not settle within the simulation")
    return manifest.model_copy(update={"warnings": tuple(found)})
