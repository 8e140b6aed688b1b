"""What the points of a study measured, and what the tornado and the attribution make of it.

Everything is calculated per replication first, in the same future for all points, and only then averaged: intervals
are Student's t over replications, as for every comparison.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import factorial
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment.checksums import sound
from sim.experiment.compare import interval
from sim.experiment.sensitivity.study import Pair, Study
from sim.experiment.store import point_folder
from sim.scenario.errors import PlannerError, listed

Floats = npt.NDArray[np.float64]
ROUNDING = 1e-9
"""Of the size of the figures: what is smaller is rounding, not an effect."""


class Measured:
    """One measure of all points, by replication."""

    def __init__(self, folder: Path, measure: tuple[str, str]) -> None:
        self._folder = folder
        self._measure = measure
        self._known: dict[str, pd.Series] = {}
        self.unit = ""

    def values(self, label: str) -> pd.Series:
        """Return a point's values, one for each replication that has one.

        Raises:
            PlannerError: The measure has no such group.
        """
        if label not in self._known:
            path = point_folder(self._folder, label) / "kpis.parquet"
            if not path.exists():
                self._known[label] = pd.Series(dtype=float)
                return self._known[label]
            table = pd.read_parquet(sound(path))
            kpi, group = self._measure
            rows = table[(table["kpi"] == kpi) & (table["group"] == group)]
            if rows.empty and not self.unit:
                groups = sorted(set(table.loc[table["kpi"] == kpi, "group"]))
                there = f"its groups here: {listed(groups)}" if groups else "nothing here is measured by it"
                raise PlannerError(f"--measure {kpi}:{group}: there is no such figure ({there})")
            self.unit = str(rows["unit"].iloc[0]) if len(rows) else self.unit
            self._known[label] = rows.set_index("replication")["value"].dropna()
        return self._known[label]

    def outcome(self, pair: Pair) -> pd.Series:
        """Return scenario minus baseline, or the scenario's level if there is no baseline."""
        own = self.values(pair.scenario)
        return own if pair.baseline is None else (own - self.values(pair.baseline)).dropna()


def statistics(values: pd.Series, confidence: float) -> tuple[float, float, float, int]:
    """Return mean, lower and upper end of the interval, and the number of replications."""
    if values.empty:
        return np.nan, np.nan, np.nan, 0
    mean, low, high, _, n = interval(values.to_numpy(dtype=float)[np.newaxis, :], confidence)
    return float(mean[0]), float(low[0]), float(high[0]), int(n[0])


def conclusion(before: tuple[float, float, float, int], after: tuple[float, float, float, int]) -> str:
    """Say what becomes of the conclusion that a scenario makes a difference.

    Returns:
        ``holds``; ``gone``: its interval holds 0 now; ``reversed``: it is clearly the other way round; or nothing, when
        there was no clear difference to begin with.
    """
    sign = _clear(before)
    if not sign:
        return ""
    now = _clear(after)
    return "holds" if now == sign else "reversed" if now == -sign else "gone"


def _clear(figure: tuple[float, float, float, int]) -> int:
    _, low, high, _ = figure
    return 1 if low > 0 else -1 if high < 0 else 0


def tornado(
    study: Study, measured: Measured, confidence: float
) -> tuple[tuple[float, float, float, int], pd.DataFrame]:
    """Return the outcome as configured, and one row per assumption, the largest effect first."""
    configured = measured.outcome(study.configured)
    before = statistics(configured, confidence)
    size = float(np.abs(measured.values(study.configured.scenario)).max()) if len(configured) else 0.0
    rows = []
    for entry, ends in zip(study.assumptions, study.ends, strict=True):
        row: dict[str, object] = {
            "assumption": entry.name, "figures": entry.figures, "value": entry.value, "low": entry.low,
            "high": entry.high, "multiple": entry.multiple, "unit": entry.unit,
        }  # fmt: skip
        swing = []
        for end, pair in zip(("low", "high"), ends, strict=True):
            outcome = measured.outcome(pair)
            change = (outcome - configured).dropna()
            change = change.where(change.abs() > ROUNDING * size, 0.0)
            effect, after = statistics(change, confidence), statistics(outcome, confidence)
            swing.append(abs(effect[0]))
            row |= {f"effect_{end}": effect[0], f"effect_{end}_ci_low": effect[1], f"effect_{end}_ci_high": effect[2]}
            row |= {f"outcome_{end}": after[0], f"outcome_{end}_ci_low": after[1], f"outcome_{end}_ci_high": after[2]}
            row |= {f"n_pairs_{end}": effect[3]}
            if study.configured.baseline is not None:
                row[f"conclusion_{end}"] = conclusion(before, after)
        row |= {"kind": entry.kind, "source": entry.source, "year": entry.year, "_swing": np.nanmax([*swing, 0.0])}
        rows.append(row)
    table = pd.DataFrame(rows).sort_values("_swing", ascending=False, kind="stable").drop(columns="_swing")
    return before, table.reset_index(drop=True)


def shapley(values: Sequence[Floats]) -> Floats:
    """Return every part's share of the effect of all parts together (Shapley 1953).

    A part's share is what it adds, averaged over all orders in which the parts can be added. It needs no order, gives
    equal parts equal shares, and the shares add up to the whole effect.

    Args:
        values: The outcome of each subset of the parts, one value per replication; bit k of the position says whether
            part k is in it.

    Returns:
        Parts × replications.
    """
    outcomes = np.asarray(values, dtype=float)
    count = (len(outcomes) - 1).bit_length()
    found = np.zeros((count, outcomes.shape[1]))
    for part in range(count):
        for subset in range(len(outcomes)):
            if subset >> part & 1:
                continue
            size = subset.bit_count()
            weight = factorial(size) * factorial(count - size - 1) / factorial(count)
            found[part] += weight * (outcomes[subset | 1 << part] - outcomes[subset])
    return found


def attribution(study: Study, measured: Measured, confidence: float) -> pd.DataFrame:
    """Return the share of each part with its interval, what it does alone and as the last one, and the total.

    Only replications that every combination has are used, so that the shares add up to the total.

    Raises:
        PlannerError: There is no such replication.
    """
    table = pd.concat([measured.values(label) for label in study.subsets], axis=1, join="inner").dropna()
    if table.empty:
        raise PlannerError("there is no replication in which every combination of the parts has been measured")
    outcomes = [table.iloc[:, number].to_numpy(dtype=float) for number in range(table.shape[1])]
    everything = len(outcomes) - 1
    rows = []
    for part, (name, share) in enumerate(zip(study.parts, shapley(outcomes), strict=True)):
        rows.append(
            {"part": name}
            | _named("share", share, confidence)
            | _named("alone", outcomes[1 << part] - outcomes[0], confidence)
            | _named("last", outcomes[everything] - outcomes[everything ^ 1 << part], confidence)
        )
    rows.append({"part": "total"} | _named("share", outcomes[everything] - outcomes[0], confidence))
    result = pd.DataFrame(rows)
    result["n_used"] = len(table)
    return result


def _named(name: str, values: Floats, confidence: float) -> dict[str, object]:
    mean, low, high, _ = statistics(pd.Series(values), confidence)
    return {name: mean, f"{name}_ci_low": low, f"{name}_ci_high": high}
