"""What measures hand over: figures by measure and group, and curves by series and group."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from sim.measures.definitions import definition
from sim.measures.frames import Floats
from sim.measures.survival import Survival

ALL = "all"
"""The group that takes everybody together."""

STATISTICS = {"median": 0.5, "p90": 0.9}
"""Besides the mean, whose id has no suffix: quantiles by the suffix of their id."""


class Kpis:
    """Collects figures. Each measure and group comes once."""

    def __init__(self) -> None:
        self._values: dict[tuple[str, str], float] = {}

    def add(self, kpi: str, group: str, value: float, of: str = "group") -> None:
        """Add a figure.

        Args:
            kpi: Id of the measure, which must be defined in :mod:`sim.measures.definitions`.
            group: Whom it is about: ``all``, or the name of a team, a track, ...
            value: NaN when there is nothing to measure.
            of: What the group is (``administration``, ``track``). A planner may give a team and an administration
                the same name; the one that comes second is then written ``administration:name``.
        """
        key = (kpi, group) if (kpi, group) not in self._values else (kpi, f"{of}:{group}")
        if key in self._values:
            raise ValueError(f"{key[0]} for {key[1]} has been measured twice")
        self._values[key] = float(value)

    def add_share(self, kpi: str, group: str, counted: npt.NDArray[np.bool_], of: str = "group") -> None:
        """Add the share of those counted that are true, and how many were counted (``<kpi>.n``).

        The number is what tells how sure the share is when it is the same in all replications.
        """
        self.add(kpi, group, float(np.mean(counted)) if len(counted) else float("nan"), of)
        self.add(f"{kpi}.n", group, len(counted), of)

    def add_waits(self, kpi: str, group: str, waits: Survival, limit: float, of: str = "group") -> None:
        """Add the restricted mean of some waits, and their quantiles."""
        self.add(kpi, group, waits.mean(limit), of)
        for suffix, share in STATISTICS.items():
            self.add(f"{kpi}.{suffix}", group, waits.quantile(share), of)

    def value(self, kpi: str, group: str = ALL) -> float:
        """Return a figure that was added."""
        return self._values[kpi, group]

    def frame(self) -> pd.DataFrame:
        """Return the figures with their units: columns kpi, group, value, unit."""
        return pd.DataFrame(
            {
                "kpi": [kpi for kpi, _ in self._values],
                "group": [group for _, group in self._values],
                "value": np.array(list(self._values.values()), dtype=np.float64),
                "unit": [definition(kpi).unit for kpi, _ in self._values],
            }
        )


class Curves:
    """Collects curves and time series."""

    def __init__(self) -> None:
        self._parts: list[tuple[str, str, Floats, Floats]] = []

    def add(self, series: str, group: str, x: npt.ArrayLike, values: npt.ArrayLike) -> None:
        """Add a curve. The series must be defined, as a measure must."""
        definition(series)
        self._parts.append((series, group, np.asarray(x, dtype=np.float64), np.asarray(values, dtype=np.float64)))

    def frame(self) -> pd.DataFrame:
        """Return the curves below each other: columns series, group, x, value."""
        lengths = [len(x) for _, _, x, _ in self._parts]
        return pd.DataFrame(
            {
                "series": np.repeat(np.array([part[0] for part in self._parts], dtype=object), lengths),
                "group": np.repeat(np.array([part[1] for part in self._parts], dtype=object), lengths),
                "x": _joined([part[2] for part in self._parts]),
                "value": _joined([part[3] for part in self._parts]),
            }
        )


def _joined(parts: Sequence[Floats]) -> Floats:
    return np.concatenate(parts) if parts else np.empty(0)
