"""How many replications are enough: ``experiment.replications: auto``.

All points get the same number of replications, because they are compared future by future. After the minimum, and
after every further batch, one looks: is the half-width of every named interval small enough?

Looking again and again, and stopping at the first interval that is narrow enough, stops too often where the spread
happened to look small, and covers the truth less often than it says. As Hoad, Robinson and Davies propose (*Automated
selection of the number of replications for a discrete-event simulation*, Journal of the Operational Research Society
61, 2010), a target therefore counts as reached only if it was reached five replications ago (above 100: five in a
hundred) and at every replication since; and there is a minimum. What the intervals then cover is measured by
``tests/unit/test_precision_rule.py``.

A look uses the first n replications and nothing else, so that an interrupted sweep that is continued comes to the same
number as one that was not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from sim.experiment.manifest import PrecisionEntry, ReachedEntry
from sim.experiment.points import Point
from sim.experiment.run import replication_folder
from sim.experiment.store import point_folder, stored_replications, stored_table
from sim.scenario.errors import PlannerError, Problem, listed, unknown
from sim.scenario.settings import Experiment, Target

if TYPE_CHECKING:
    import pandas as pd

Floats = npt.NDArray[np.float64]

FEW = 10
"""Replications below which intervals and comparisons carry no decision: Student's t leans on the figures being
normally distributed, and shows it."""

LOOK_AHEAD = 5
"""Replications during which a target must stay reached (k_limit of Hoad, Robinson and Davies)."""


def look_ahead(replications: int) -> int:
    """Return for how many replications a target must have been reached: 5, above 100 five in a hundred."""
    return LOOK_AHEAD if replications <= 100 else LOOK_AHEAD * replications // 100


@dataclass(frozen=True)
class Width:
    """The half-width of one interval, and the one that is wanted."""

    reached: float
    """NaN: there is no interval."""
    wanted: float
    used: int
    """Replications that have the figure."""

    @property
    def met(self) -> bool:
        """Whether it is small enough."""
        return self.reached <= self.wanted


def width(values: Floats, others: Floats | None, target: Target, unit: str, confidence: float) -> Width:
    """Return how precisely a figure is known.

    Args:
        values: One per replication; NaN: nothing to measure.
        others: Those of the reference in the same replications, for a difference.
        target: What is wanted.
        unit: Unit of the measure: the interval of a share has its own method.
        confidence: Level of the interval.
    """
    from sim.experiment.compare import interval, paired_differences
    from sim.experiment.shares import share_interval

    own = values if others is None else paired_differences(values, others)
    mean, low, high, _, used = interval(own[np.newaxis, :], confidence)
    if unit == "share" and others is None:
        low, high = share_interval(own[np.newaxis, :], confidence)
    level = mean[0] if others is None else _mean(others[~np.isnan(own)])
    wanted = target.absolute if target.absolute is not None else (target.relative or 0.0) * abs(level)
    return Width(float(high[0] - low[0]) / 2, float(wanted), int(used[0]))


def enough(values: Floats, others: Floats | None, target: Target, unit: str, confidence: float) -> bool:
    """Return whether a target is reached and has been for the last replications (see :func:`look_ahead`)."""
    n = len(values)
    return all(
        width(values[:first], None if others is None else others[:first], target, unit, confidence).met
        for first in range(n, max(n - look_ahead(n), 2) - 1, -1)
    )


@dataclass
class Following:
    """Follows the named figures of all points while the replications come."""

    points: Sequence[Point]
    reference: str
    folder: Path
    met: int = 0
    """Of the targets of all points together: those reached at the last look."""
    targets: int = 0

    def __post_init__(self) -> None:
        self._experiment: Experiment = self.points[0].configuration.experiment
        self._known: dict[str, dict[int, Mapping[tuple[str, str], float]]] = {point.label: {} for point in self.points}
        self._units: dict[tuple[str, str], str] = {}
        self._groups: dict[str, set[str]] = {}
        self._reached: tuple[ReachedEntry, ...] = ()

    def next_goal(self, replications: int) -> int | None:
        """Return how many replications every point is to have next; None: these are enough, or the maximum.

        Raises:
            PlannerError: No point has a figure that was named.
        """
        precision = self._experiment.precision
        self._read(replications)
        reached, waiting = [], False
        for point in self.points:
            for target in precision.targets:
                if target.of == "difference" and point.label == self.reference:
                    continue
                entry, done = self._look(point.label, target, replications)
                reached.append(entry)
                waiting |= not done
        self._reached = tuple(reached)
        self.met, self.targets = sum(entry.met for entry in reached), len(reached)
        if not waiting or replications >= precision.maximum:
            return None
        return min(replications + precision.batch, precision.maximum)

    def entry(self) -> PrecisionEntry:
        """Return what was reached at the last look."""
        asked = self._experiment.precision
        return PrecisionEntry(minimum=asked.minimum, maximum=asked.maximum, batch=asked.batch, reached=self._reached)

    def _look(self, label: str, target: Target, replications: int) -> tuple[ReachedEntry, bool]:
        """Return what was reached, and whether that is enough, or there is nothing to measure in any replication."""
        name = parts_of(target)
        confidence, unit = self._experiment.confidence, self._units.get(name, "")
        values = self._values(label, name, replications)
        others = self._values(self.reference, name, replications) if target.of == "difference" else None
        now = width(values, others, target, unit, confidence)
        entry = ReachedEntry(
            label=label,
            measure=name[0],
            group=name[1],
            of=target.of,
            unit=unit,
            relative=target.relative,
            target=_known(now.wanted),
            half_width=_known(now.reached),
            replications=now.used,
            met=now.met,
        )
        return entry, now.used == 0 or enough(values, others, target, unit, confidence)

    def _values(self, label: str, name: tuple[str, str], replications: int) -> Floats:
        there = self._known[label]
        return np.array([there.get(number, {}).get(name, np.nan) for number in range(replications)])

    def _read(self, replications: int) -> None:
        """Read the named figures of what has been stored since the last look."""
        import pyarrow.parquet as pq

        wanted = {parts_of(target) for target in self._experiment.precision.targets}
        for point in self.points:
            folder = point_folder(self.folder, point.label)
            known = self._known[point.label]
            for number in sorted(stored_replications(folder) - known.keys()):
                if number >= replications:
                    continue
                path = replication_folder(folder, number) / "kpis.parquet"
                table = pq.ParquetFile(path).read() if path.exists() else stored_table(folder, "kpis", number)
                known[number] = self._chosen(table.to_pandas(), wanted)
        for kpi, group in sorted(wanted - self._units.keys()):
            if any(self._known.values()):
                there = self._groups.get(kpi, set())
                what = f"its groups here: {listed(sorted(there))}" if there else "nothing here is measured by it"
                raise PlannerError(
                    f"experiment.precision.targets: there is no figure {kpi}:{group} ({what}). "
                    "What has been simulated is stored; name another figure and run into the same folder again"
                )

    def _chosen(self, table: pd.DataFrame, wanted: set[tuple[str, str]]) -> Mapping[tuple[str, str], float]:
        kept = table[table["kpi"].isin({kpi for kpi, _ in wanted})]
        found = {}
        for kpi, group, value, unit in kept[["kpi", "group", "value", "unit"]].itertuples(index=False):
            self._groups.setdefault(kpi, set()).add(group)
            if (kpi, group) in wanted:
                found[kpi, group] = float(value)
                self._units[kpi, group] = unit
        return found


def followed(points: Sequence[Point], reference: str, folder: Path) -> Following | None:
    """Return what follows the precision of a sweep; None if a number of replications was asked for.

    Raises:
        PlannerError: A measure that was named does not exist, or only differences were named and there is one point.
    """
    experiment = points[0].configuration.experiment
    if experiment.replications != "auto":
        return None
    refuse_unknown_targets(experiment)
    if len(points) == 1 and all(target.of == "difference" for target in experiment.precision.targets):
        raise PlannerError(
            "experiment.precision.targets: only differences to a reference are named, and there is only one point. "
            "Name a figure of its own (of: value), or compare several"
        )
    return Following(points, reference, folder)


def refuse_unknown_targets(experiment: Experiment) -> None:
    """Refuse targets for measures that do not exist.

    Raises:
        PlannerError: There is one; all are named, with the nearest name that does exist.
    """
    from sim.measures.definitions import DEFINITIONS, definition

    figures = [name for name, entry in DEFINITIONS.items() if not entry.curve]
    problems = []
    for number, target in enumerate(experiment.precision.targets):
        kpi, _ = parts_of(target)
        try:
            exists = not definition(kpi).curve
        except KeyError:
            exists = False
        if not exists:
            problems.append(Problem(f"experiment.precision.targets.{number}.measure", unknown("measure", kpi, figures)))
    if problems:
        raise PlannerError("the precision that is asked for names figures that do not exist:", problems)


def parts_of(target: Target) -> tuple[str, str]:
    """Return measure and group of a target."""
    kpi, _, group = target.measure.partition(":")
    return kpi, group or "all"


def _mean(values: Floats) -> float:
    known = values[~np.isnan(values)]
    return float(known.mean()) if known.size else float("nan")


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None
