"""Writes the generated parts of docs/scenarios.md from a folder of results in which every scenario was compared.

    uv run sagsflow sweep 'scenario=glob(*,exclude=copenhagen_*)' experiment.replications=20 output=results/all
    uv run python docs/scenarios_page.py results/all

What a scenario changes is read from the compared configurations, what came out from the comparison. Why it came out
so is written by people in docs/scenarios_notes.yaml: a scenario without a note is refused.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pages
import pandas as pd
import yaml
from scipy.stats import binomtest

from sim.experiment.compare import interval
from sim.experiment.differences import differences
from sim.experiment.manifest import Manifest
from sim.measures import definition

PAGE = pages.ROOT / "docs" / "scenarios.md"
NOTES = pages.ROOT / "docs" / "scenarios_notes.yaml"
TARGET_DKK = 17_500_000
"""The savings target of 2019-20, DKK a year."""
MAIN = (
    ("wait.total", "child", "Request to service, children (days)"),
    ("transition.gap_days", "all", "Gap at 18 (days)"),
    ("appeals.reversal_share", "all", "Appeals reversed"),
    ("cost.municipality", "all", "Municipality's net cost (m DKK a year)"),
)
PRICE_OF_SAVING = (
    *MAIN[:2],
    ("deadline.assessment_4m", "all", "Assessed within 4 months"),
    ("need.escalations", "all", "Needs that grew while waiting (a year)"),
    ("cost.services", "all", "Services (m DKK a year)"),
)
"""What is shown beside savings: who waits for them."""
SIGNIFICANT = 0.05

Row = Mapping[str, Any]


def parts(folder: Path) -> pages.Parts:
    """Return the page's tables by the names of their markers."""
    results = Results(folder)
    notes = yaml.safe_load(NOTES.read_text(encoding="utf-8"))
    missing = [name for name in results.labels if name not in notes]
    if missing:
        raise ValueError(f"docs/scenarios_notes.yaml says nothing about {', '.join(missing)}")
    return {
        "overview": overview(results),
        "each": "\n\n".join(section(results, name, notes[name]) for name in results.labels),
        "savings": savings(results, ("early_intervention", "staff_cut_only")),
        "who-pays": who_pays(results, "pooled_budget"),
    }


class Results:
    """A sweep's comparison, costs and configurations."""

    def __init__(self, folder: Path) -> None:
        manifest = Manifest.read(folder)
        if manifest.reference is None:
            raise ValueError(f"{folder} has no reference to compare with")
        self.reference = manifest.reference
        comparison = pd.read_csv(folder / "comparison.csv")
        self._figures = comparison.set_index(["label", "kpi", "group"])
        self.costs = pd.read_csv(folder / "costs.csv")
        self.labels = list(dict.fromkeys(comparison["label"]))
        self.replications = int(self.costs["replication"].nunique())
        self.configs = {
            label: yaml.safe_load((folder / "points" / label / "config.yaml").read_text(encoding="utf-8"))
            for label in self.labels
        }

    def figure(self, label: str, kpi: str, group: str) -> pd.Series[Any]:
        """Return one row of the comparison."""
        row: pd.Series[Any] = self._figures.loc[(label, kpi, group)]
        return row

    def yearly(self, label: str, **where: str) -> pd.DataFrame:
        """Return the municipality's cost, DKK: one row per replication, one column per whole calendar year."""
        costs = self.costs[(self.costs["scenario"] == label) & (self.costs["payer"] != "family")]
        costs = costs[costs["payer"] != "state"]
        for column, value in where.items():
            costs = costs[costs[column] == value]
        return costs.pivot_table(index="replication", columns="year", values="amount_dkk", aggfunc="sum")


def shown(value: float, kpi: str, *, sign: bool = False) -> str:
    """Return a figure as people read it; costs in m DKK."""
    if kpi.startswith("cost."):
        return f"{value / 1e6:{'+' if sign else ''},.1f}"
    return pages.shown(value, share=definition(kpi).unit == "share", sign=sign)


def difference(row: Row, kpi: str) -> str:
    """Return a difference to the baseline with its interval; bold if it stands after correction by Holm."""
    if not np.isfinite(row["diff_low"]):
        return "–"
    text = f"{shown(row['difference'], kpi, sign=True)}"
    text = f"**{text}**" if row["p_adjusted"] < SIGNIFICANT else text
    return f"{text} ({shown(row['diff_low'], kpi, sign=True)} to {shown(row['diff_high'], kpi, sign=True)})"


def overview(results: Results) -> str:
    """Return the table of all scenarios on the main measures."""
    lines = [
        f"{results.replications} replications of each, the same futures. Baseline: mean and its 95 % interval. The "
        "others: difference to the baseline and its 95 % interval; bold where it stands after correction for the "
        f"{len(results.labels) - 1} comparisons (Holm, 5 %).",
        "",
        f"| Scenario | {' | '.join(title for _, _, title in MAIN)} |",
        f"|---|{'---:|' * len(MAIN)}",
    ]
    for label in results.labels:
        cells = []
        for kpi, group, _ in MAIN:
            row = results.figure(label, kpi, group)
            if label == results.reference:
                cells.append(f"{shown(row['mean'], kpi)} ({shown(row['ci_low'], kpi)} to {shown(row['ci_high'], kpi)})")
            else:
                cells.append(difference(row, kpi))
        lines.append(f"| `{label}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def section(results: Results, label: str, note: Mapping[str, Any]) -> str:
    """Return what one scenario changes, what came out, and why."""
    about = results.configs[label]["about"]
    lines = [f"### {about['label']['en']} (`{label}`)", "", f"*{about['summary']['en']}* {about['why']}", ""]
    if label != results.reference:
        changed = list(changes(results, label))
        lines += [
            "<details>",
            f"<summary>What it changes ({len(changed)} values)</summary>",
            "",
            *(f"- `{line}`" for line in changed),
            "",
            "</details>",
            "",
        ]
        rows = [*MAIN, *((kpi, group, f"{definition(kpi).label.en} ({group})") for kpi, group in note.get("also", ()))]
        lines += ["| Measure | Baseline | Here | Difference (95 %) |", "|---|---:|---:|---:|"]
        for kpi, group, title in rows:
            base, row = results.figure(results.reference, kpi, group), results.figure(label, kpi, group)
            lines.append(
                f"| {title} | {shown(base['mean'], kpi)} | {shown(row['mean'], kpi)} | {difference(row, kpi)} |"
            )
        lines.append("")
    lines.append(f"**Why.** {note['why'].strip()}")
    return "\n".join(lines)


def changes(results: Results, label: str) -> Iterator[str]:
    """Yield the values that a scenario changes."""
    for line in differences(
        results.configs[results.reference], results.configs[label], ("about", "choices", "evidence")
    ):
        if ".label." in line:
            continue
        yield line.replace(" there, ", " → ").removesuffix(" here")


def savings(results: Results, labels: Sequence[str]) -> str:
    """Return per calendar year what scenarios save, and how often it reaches the target."""
    base = results.yearly(results.reference)
    lines = [
        f"Saved against the baseline, m DKK in each calendar year (all administrations; {results.replications} "
        "replications). *Reaches the target*: replications in which at least 17.5 m DKK is saved in that year, with "
        "the exact 95 % interval of the share.",
        "",
        f"| Scenario | {' | '.join(str(year) for year in base.columns)} | all years together |",
        f"|---|{'---:|' * (len(base.columns) + 1)}",
    ]
    for label in labels:
        saved = base - results.yearly(label)
        together = saved.sum(axis=1)
        table = np.vstack([saved.to_numpy().T, together.to_numpy()[None, :]])
        mean, low, high, _, _ = interval(table, 0.95)
        cells = [f"{m / 1e6:+.1f} ({a / 1e6:+.1f} to {b / 1e6:+.1f})" for m, a, b in zip(mean, low, high, strict=True)]
        lines.append(f"| `{label}` | {' | '.join(cells)} |")
        reached = (saved >= TARGET_DKK).sum()
        cells = [f"{count} of {len(saved)} ({share(int(count), len(saved))})" for count in reached]
        lines.append(f"| – reaches the target | {' | '.join(cells)} | |")
    titles = [title for _, _, title in PRICE_OF_SAVING]
    lines += [
        "",
        "At what waits: difference to the baseline over the measured years.",
        "",
        f"| Scenario | {' | '.join(titles)} |",
        f"|---|{'---:|' * len(titles)}",
    ]
    for label in labels:
        cells = [difference(results.figure(label, kpi, group), kpi) for kpi, group, _ in PRICE_OF_SAVING]
        lines.append(f"| `{label}` | {' | '.join(cells)} |")
    return "\n".join(lines)


def share(count: int, of: int) -> str:
    """Return the exact interval of a share."""
    found = binomtest(count, of).proportion_ci(0.95, "exact")
    return f"{100 * found.low:.0f}–{100 * found.high:.0f} %"


def who_pays(results: Results, label: str) -> str:
    """Return what each payer pays a year, before and after."""
    years = results.costs["year"].nunique()
    lines = ["| Payer | Baseline | Here | Difference (95 %) |", "|---|---:|---:|---:|"]
    both = results.costs[results.costs["scenario"].isin([results.reference, label])]
    for payer in dict.fromkeys(both["payer"]):
        of = both[both["payer"] == payer]
        yearly = of.pivot_table(index="replication", columns="scenario", values="amount_dkk", aggfunc="sum")
        yearly = yearly.reindex(columns=[results.reference, label]).fillna(0.0) / years / 1e6
        before, after = yearly[results.reference], yearly[label]
        mean, low, high, _, _ = interval((after - before).to_numpy()[None, :], 0.95)
        change = f"{mean[0]:+.1f} ({low[0]:+.1f} to {high[0]:+.1f})"
        lines.append(f"| {payer} | {before.mean():,.1f} | {after.mean():,.1f} | {change} |")
    return "m DKK a year.\n\n" + "\n".join(lines)


if __name__ == "__main__":
    sys.exit(pages.write(sys.argv, PAGE, parts))
