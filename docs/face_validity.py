"""Writes the generated tables of docs/model.md from a folder of results of the Odense baseline.

    uv run sagsflow sweep scenario=baseline experiment=precise output=results/baseline
    uv run python docs/face_validity.py results/baseline

Two tables: what is published against what the model gives (the targets stand in
tests/functional/face_validity.yaml), and the baseline year by year from day 0, which shows how long a run-in is
needed. It refuses to write a table in which the model misses a published value without a comment that says why.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pages
import pandas as pd
import yaml

from sim.experiment.manifest import Manifest
from sim.measures import definition
from sim.scenario.compose import from_yaml

PAGE = pages.ROOT / "docs" / "model.md"
TARGETS = pages.ROOT / "tests" / "functional" / "face_validity.yaml"
YEAR_DAYS = 365.25

Target = Mapping[str, Any]


def parts(folder: Path) -> pages.Parts:
    """Return both tables by the names of their markers."""
    manifest = Manifest.read(folder)
    targets = yaml.safe_load(TARGETS.read_text(encoding="utf-8"))["targets"]
    comparison = pd.read_csv(folder / "comparison.csv")
    comparison = comparison[comparison["label"] == manifest.reference]
    return {
        "face-validity": validity_table(comparison, targets, manifest.experiment.replications),
        "run-in": run_in_table(folder / "points" / manifest.reference),
    }


def validity_table(comparison: pd.DataFrame, targets: Sequence[Target], replications: int) -> str:
    """Return the table of published and simulated values, and the reasons where they differ.

    Args:
        comparison: Rows of ``comparison.csv`` for the baseline alone.
        targets: What is published.
        replications: Number of futures behind the comparison.

    Raises:
        ValueError: A figure is missing, or differs without a comment.
    """
    found = comparison.set_index(["kpi", "group"])
    lines = [
        f"{replications} replications. Interval: 95 % of the mean over replications.",
        "",
        "| Figure | Published | Source | Model | 95 % interval | Deviation | |",
        "|---|---:|---|---:|---:|---:|---|",
    ]
    notes: list[str] = []
    for target in targets:
        key = (target["kpi"], target["group"])
        if key not in found.index:
            raise ValueError(f"the results hold no figure {key}")
        row = found.loc[key]
        mean, low, high = float(row["mean"]), float(row["ci_low"]), float(row["ci_high"])
        share = definition(target["kpi"]).unit == "share"
        least, most = bounds(target["published"])
        agrees = low <= most and high >= least
        mark = "agrees"
        if not agrees:
            if not target["comment"].strip():
                raise ValueError(f"{key} differs from what is published, and no comment says why")
            notes.append(f"{len(notes) + 1}. **{target['name']}.** {target['comment'].strip()}")
            mark = f"note {len(notes)}"
        published = shown(least, share) if least == most else f"{shown(least, share)}–{shown(most, share)}"
        lines.append(
            f"| {target['name']} (`{target['kpi']}`, {target['group']}) | {published} | {', '.join(target['source'])} "
            f"| {shown(mean, share)} | {shown(low, share)} to {shown(high, share)} "
            f"| {deviation(mean, least, most, share)} | {mark} |"
        )
    if notes:
        lines += ["", "Where the interval misses the published value:", "", *notes]
    return "\n".join(lines)


def bounds(published: float | Sequence[float]) -> tuple[float, float]:
    """Return the lowest and highest published value."""
    if isinstance(published, Sequence):
        low, high = published
        return float(low), float(high)
    return float(published), float(published)


def shown(value: float, share: bool) -> str:
    """Return a figure as people read it."""
    return pages.shown(value, share=share, tenths_below=100)


def deviation(mean: float, least: float, most: float, share: bool) -> str:
    """Return how far a value is from a published value or range."""
    nearest = min(max(mean, least), most)
    if share:
        return f"{100 * (mean - nearest):+.1f} points" if mean != nearest else "inside"
    return f"{100 * (mean / nearest - 1):+.1f} %" if mean != nearest else "inside"


def run_in_table(point: Path) -> str:
    """Return stocks and queues of the baseline in each simulated year, mean over replications."""
    scenario = from_yaml(point / "config.yaml").scenario
    horizon = scenario.horizon.days
    category = {name: service.category for name, service in scenario.services.items()}
    spells = pd.read_parquet(point / "spells.parquet")
    spells = spells[spells["kind"].isin(["ordinary", "initial"]) & spells["start"].notna()]
    series = pd.read_parquet(point / "series.parquet")
    replications = series["replication"].nunique()
    kinds = {"placement": "Placed", "supportive": "Support at home", "aftercare": "Aftercare", "adult": "Adult support"}
    lines = [
        f"| Year | {' | '.join(kinds.values())} | Tasks waiting | Open child cases | |",
        f"|---:|{'---:|' * (len(kinds) + 2)}---|",
    ]
    for number in range(int(np.ceil(horizon / YEAR_DAYS - 0.01))):
        first, last = number * YEAR_DAYS, min((number + 1) * YEAR_DAYS, horizon)
        days = (spells["end"].fillna(horizon).clip(upper=last) - spells["start"].clip(lower=first)).clip(lower=0)
        stocks = days.groupby(spells["service"].map(category)).sum() / (last - first) / replications
        months = series[(series["x"] >= first) & (series["x"] < last)]
        monthly = months.groupby(["series", "group", "replication"])["value"].mean().groupby(["series", "group"]).mean()
        waiting, children = monthly["backlog.tasks"].sum(), monthly["open_cases", "child"]
        cells = [f"{stocks.get(kind, 0.0):,.0f}" for kind in kinds] + [f"{waiting:,.0f}", f"{children:,.0f}"]
        part = "run-in" if last <= scenario.horizon.run_in_days + 1 else "measured"
        lines.append(f"| {number + 1} | {' | '.join(cells)} | {part} |")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(pages.write(sys.argv, PAGE, parts))
