"""A sweep's folder, read once for all pictures and tables.

The pictures see results only through this module: if the layout of the folder changes, this is the file to change.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.experiment import best, run_in
from sim.experiment.affected import affected
from sim.experiment.checksums import sound
from sim.experiment.labels import short_keys
from sim.experiment.manifest import Manifest
from sim.report.house_style import Style, styles_for
from sim.report.intervals import Band, Difference, Floats, Interval, band_of
from sim.report.numbers import Language, Numbers
from sim.report.texts import Texts
from sim.scenario.errors import PlannerError
from sim.scenario.time import Horizon
from sim.scenario.yamlfile import read_yaml


@dataclass(frozen=True)
class Point:
    """One point of the sweep: a scenario, perhaps with values that the sweep varied."""

    label: str
    scenario: str
    name: str
    """What people read, in the language of the report."""
    style: Style


@dataclass(frozen=True)
class Growing:
    """A queue of a point to which more comes than can be done."""

    series: str
    """What waits: ``queue.tasks``, ``queue.cases``, ``queue.services`` or ``queue.decisions``."""
    group: str
    """The team, the panel, the track or the kind of service that it waits for."""
    per_year: Interval
    """How many more wait from year to year."""


@dataclass(frozen=True)
class Figure:
    """One KPI of one point: its mean, and its paired difference to the reference."""

    value: Interval
    difference: Difference
    replications: int
    growing: Growing | None = None
    """The queue that grows without end and makes a mean of this meaningless; value and difference are NaN then."""


NOTHING = Figure(Interval(np.nan, np.nan, np.nan), Difference(np.nan, np.nan, np.nan), 0)
SERIES = ["replication", "series", "group", "x", "value"]


@dataclass(frozen=True)
class Results:
    """What a sweep's folder holds. Times are days since day 0."""

    folder: Path
    language: Language
    points: tuple[Point, ...]
    reference: Point
    confidence: float
    start: dt.date | None
    run_in: float
    names: Mapping[str, str]
    """What people read instead of an administration's or a track's identifier."""
    administrations: tuple[str, ...]
    """Administrations in the order in which the configuration gives them."""
    without_results: tuple[str, ...]
    """Labels of the points that were asked for and have no results."""
    failed_replications: int
    figures: Mapping[tuple[str, str, str], Figure]
    """By point label, KPI and group."""
    manifest: Manifest
    """What ran."""
    configurations: Mapping[str, Mapping[str, Any]]
    """The complete configuration of each point as plain data, by label; empty if it is not stored."""
    run_in_check: pd.DataFrame = field(repr=False, compare=False, default_factory=pd.DataFrame)
    """What each queue of each point says about the run-in; see :mod:`sim.experiment.run_in`. Empty: not stored."""
    _tables: dict[tuple[str, str], pd.DataFrame] = field(default_factory=dict, repr=False, compare=False)
    _positions: dict[str, Mapping[tuple[str, str], npt.NDArray[np.int64]]] = field(
        default_factory=dict, repr=False, compare=False
    )

    @cached_property
    def texts(self) -> Texts:
        """The texts in the language of the report."""
        return Texts(self.language)

    @cached_property
    def numbers(self) -> Numbers:
        """The number formats in the language of the report."""
        return Numbers(self.language)

    @cached_property
    def others(self) -> tuple[Point, ...]:
        """All points but the reference."""
        return tuple(point for point in self.points if point != self.reference)

    @cached_property
    def teams(self) -> tuple[str, ...]:
        """Teams in the order in which the configurations give them."""
        return self._configured("teams")

    @cached_property
    def tracks(self) -> tuple[str, ...]:
        """Tracks in the order in which the configurations give them."""
        return self._configured("tracks")

    def _configured(self, part: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.configurations.values() for name in one.get(part) or {}))

    @cached_property
    def replications(self) -> tuple[int, int]:
        """The smallest and the largest number of replications of a point."""
        most: dict[str, int] = {}
        for (label, _, _), figure in self.figures.items():
            most[label] = max(most.get(label, 0), figure.replications)
        return (min(most.values()), max(most.values())) if most else (0, 0)

    @property
    def has_intervals(self) -> bool:
        """Whether there are enough replications to say how sure the figures are."""
        return self.replications[1] > 1

    def name(self, identifier: str) -> str:
        """Return what people read instead of an identifier."""
        return self.names.get(identifier, identifier.replace("_", " "))

    def figure(self, point: Point, kpi: str, group: str = "all") -> Figure:
        """Return a KPI of a point.

        NaN throughout if there was nothing to measure, and where a queue that grows without end makes the mean
        meaningless: :attr:`Figure.growing` says so. Where the reference's mean is, the difference to it is NaN.
        """
        figure = self.figures.get((point.label, kpi, group), NOTHING)
        growing = self.growth_behind(point, kpi, group)
        if growing is not None:
            return replace(NOTHING, replications=figure.replications, growing=growing)
        if point != self.reference and self.growth_behind(self.reference, kpi, group) is not None:
            return replace(figure, difference=NOTHING.difference)
        return figure

    def growing(self, point: Point) -> tuple[Growing, ...]:
        """Return the queues of a point that grow without end."""
        return self._growing.get(point.label, ())

    def growth_behind(self, point: Point, kpi: str, group: str = "all") -> Growing | None:
        """Return the growing queue that makes a mean of a figure meaningless, if there is one."""
        queues = {(one.series, one.group): one for one in self.growing(point)}
        if not queues:
            return None
        found = affected(self.configurations.get(point.label, {}), queues.keys(), kpi, group)
        return queues[found] if found is not None else None

    @cached_property
    def _growing(self) -> Mapping[str, tuple[Growing, ...]]:
        found: dict[str, tuple[Growing, ...]] = {}
        for row in self.run_in_check.to_dict("records"):
            if row["verdict"] == "growing":
                rate = Interval(float(row["growth_per_year"]), float(row["growth_low"]), float(row["growth_high"]))
                one = Growing(str(row["series"]), str(row["group"]), rate)
                found[str(row["label"])] = (*found.get(str(row["label"]), ()), one)
        return found

    @cached_property
    def best(self) -> pd.DataFrame:
        """How likely each point is to be best, by figure; see :mod:`sim.experiment.best`. Empty: not stored."""
        return _stored_table(self.folder, best.FILE)

    def costs(self, point: Point) -> pd.DataFrame:
        """Return the ledger of a point; empty, with few columns, if nothing is stored."""
        return self._table(point, "costs", ["replication", "administration", "payer", "amount_dkk"])

    def stored(self, point: Point) -> tuple[int, ...]:
        """Return the numbers of the replications of a point that are stored, whether or not they cost anything."""
        return tuple(sorted({int(number) for number in self._table(point, "kpis", ["replication"])["replication"]}))

    def groups(self, series: str) -> tuple[str, ...]:
        """Return the groups that a series has in any point, in the order in which they first come."""
        every = (key for point in self.points for key in self._rows(point))
        return tuple(dict.fromkeys(group for name, group in every if name == series))

    def curves(self, point: Point, series: str, group: str) -> tuple[Floats, Floats, Floats]:
        """Return grid, replication numbers and values (replications × grid) of a series; empty if it has none."""
        rows = self._rows(point).get((series, group), np.empty(0, dtype=np.int64))
        chosen = self._table(point, "series", SERIES).iloc[rows]
        grid, column = np.unique(chosen["x"].to_numpy(dtype=np.float64), return_inverse=True)
        replications, row = np.unique(chosen["replication"].to_numpy(dtype=np.float64), return_inverse=True)
        values = np.full((len(replications), len(grid)), np.nan)
        values[row, column] = chosen["value"].to_numpy(dtype=np.float64)
        return grid, replications, values

    def band(self, point: Point, series: str, group: str) -> Band | None:
        """Return the mean curve over replications with its band, or None if there is nothing to show."""
        grid, _, values = self.curves(point, series, group)
        if not values.size or not np.isfinite(values).any():
            return None
        return band_of(grid, values, self.confidence)

    def _rows(self, point: Point) -> Mapping[tuple[str, str], npt.NDArray[np.int64]]:
        """Return the positions of the rows of every series and group in a point's table of curves."""
        if point.label not in self._positions:
            table = self._table(point, "series", SERIES)
            numbers = table.groupby(["series", "group"], sort=False).ngroup().to_numpy(dtype=np.int64)
            order = np.argsort(numbers, kind="stable")
            parts = np.split(order, np.flatnonzero(np.diff(numbers[order])) + 1) if len(table) else []
            keys = table[["series", "group"]].to_numpy(dtype=str)
            self._positions[point.label] = {(str(keys[rows[0]][0]), str(keys[rows[0]][1])): rows for rows in parts}
        return self._positions[point.label]

    def _table(self, point: Point, name: str, columns: list[str]) -> pd.DataFrame:
        key = (point.label, name)
        if key not in self._tables:
            path = self.folder / "points" / point.label / f"{name}.parquet"
            self._tables[key] = pd.read_parquet(sound(path)) if path.is_file() else pd.DataFrame(columns=columns)
        return self._tables[key]


def read_results(folder: Path, language: Language) -> Results:
    """Read a sweep's folder.

    Args:
        folder: what ``sagsflow sweep`` wrote.
        language: ``da`` or ``en``.

    Raises:
        PlannerError: it is not a folder of results, or not one of its points has any yet.
    """
    manifest = Manifest.read(folder)
    comparison = _comparison(folder)
    measured = set(comparison["label"].astype(str))
    done = [entry for entry in manifest.points if entry.label in measured]
    if not done:
        raise PlannerError(f"{folder} holds no finished scenario yet")
    scenarios = {entry.label: entry.scenario for entry in done}
    reference = manifest.reference if manifest.reference in scenarios else done[0].label
    styles = styles_for(scenarios.items(), reference)
    names = _names(manifest, list(scenarios), language)
    points = {label: Point(label, scenarios[label], names[label], styles[label]) for label in scenarios}
    by_label = {label: _configuration(folder, label) for label in scenarios}
    configurations = list(by_label.values())
    horizon = next((Horizon.model_validate(one["horizon"]) for one in configurations if "horizon" in one), None)
    return Results(
        folder=folder,
        language=language,
        points=(points[reference], *(point for label, point in points.items() if label != reference)),
        reference=points[reference],
        confidence=manifest.experiment.confidence,
        start=horizon.start if horizon else None,
        run_in=horizon.run_in_days if horizon else 0.0,
        names=_identifiers(configurations, language),
        administrations=tuple(dict.fromkeys(name for one in configurations for name in one.get("administrations", {}))),
        without_results=tuple(entry.label for entry in manifest.points if entry.label not in measured),
        failed_replications=len(manifest.failures),
        figures=_figures(comparison, manifest.experiment.confidence),
        manifest=manifest,
        configurations=by_label,
        run_in_check=_stored_table(folder, run_in.FILE),
    )


def _stored_table(folder: Path, name: str) -> pd.DataFrame:
    path = folder / f"{name}.parquet"
    return pd.read_parquet(path) if path.is_file() else pd.DataFrame()


def _comparison(folder: Path) -> pd.DataFrame:
    path = folder / "comparison.csv"
    try:
        return pd.read_csv(sound(path), encoding="utf-8")
    except FileNotFoundError:
        raise PlannerError(f"{folder} holds no finished scenario yet: it has no {path.name}") from None


def _names(manifest: Manifest, labels: list[str], language: Language) -> Mapping[str, str]:
    """Return what people read for each point. Points of the same scenario are told apart by what the sweep varied."""
    keys = short_keys(manifest.swept)
    entries = [manifest.point(label) for label in labels]
    plain = {entry.label: _printable(getattr(entry, f"label_{language}")) or entry.name for entry in entries}
    untitled = Counter(plain[entry.label] for entry in entries if not entry.titled)
    shared = {name for name, count in untitled.items() if count > 1}
    names: dict[str, str] = {}
    for entry in entries:
        name = plain[entry.label]
        if entry.titled:
            names[entry.label] = _printable(entry.name)
            continue
        varied = ", ".join(f"{keys.get(path, path)}\u00a0=\u00a0{value}" for path, value in entry.columns.items())
        if name in shared:
            name = f"{name}: {varied}" if varied else entry.name
        names[entry.label] = name
    return names


def _printable(name: str) -> str:
    """Return a name on one line. Matplotlib leaves names that begin with an underscore out of legends."""
    return " ".join(name.split()).lstrip("_")


def _configuration(folder: Path, label: str) -> Mapping[str, Any]:
    path = folder / "points" / label / "config.yaml"
    data = read_yaml(path).data if path.is_file() else {}
    return data if isinstance(data, Mapping) else {}


def _identifiers(configurations: list[Mapping[str, Any]], language: Language) -> Mapping[str, str]:
    names: dict[str, str] = {}
    for configuration in configurations:
        for part in ("tracks", "teams", "panels", "administrations"):
            for identifier, one in (configuration.get(part) or {}).items():
                label = one.get("label") if isinstance(one, Mapping) else None
                if isinstance(label, Mapping) and language in label:
                    names[str(identifier)] = _printable(str(label[language]))
    return names


def _figures(comparison: pd.DataFrame, confidence: float) -> Mapping[tuple[str, str, str], Figure]:
    found: dict[tuple[str, str, str], Figure] = {}
    for row in comparison.to_dict("records"):
        found[(str(row["label"]), str(row["kpi"]), str(row["group"]))] = Figure(
            Interval(float(row["mean"]), float(row["ci_low"]), float(row["ci_high"])),
            Difference.judged(
                float(row["difference"]),
                float(row["diff_low"]),
                float(row["diff_high"]),
                float(row["p_adjusted"]),
                confidence,
            ),
            int(row["n_used"]),
        )
    return found
