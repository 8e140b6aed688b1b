"""The stored ledgers of all points, ready to be added up and compared replication by replication.

Amounts are kept in whole øre, so that sums are exact. Whatever the ledger of a replication does not mention cost
nothing in it: that is a nought, not a gap.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd

from sim.experiment.compare import interval
from sim.report.budget.years import common_years
from sim.report.intervals import Interval
from sim.report.results import Results
from sim.scenario.costs import OUTSIDE_PAYERS
from sim.scenario.errors import PlannerError

KEYS = ("year", "administration", "account", "payer", "part", "item", "supplier", "level")
COLUMNS = ("replication", *KEYS, "quantity", "unit", "amount_dkk")
"""Columns that a stored ledger must have."""
FAMILY, STATE = OUTSIDE_PAYERS
PROPOSAL_YEARS = 4
"""A Danish budget is the budget year and three estimate years (*budgetoverslagsår*)."""

Key = tuple[object, ...]


@dataclass(frozen=True)
class Ledger:
    """What one point cost: one row per replication and entry, with the amount in whole øre."""

    rows: pd.DataFrame
    """Columns replication, :data:`KEYS`, oere."""
    replications: tuple[int, ...]
    """The replications that are stored, those without any entry included."""

    @staticmethod
    def of(table: pd.DataFrame, replications: Sequence[int], file: Path | None = None) -> Ledger:
        """Take over a stored table.

        Raises:
            PlannerError: It lacks a column, so it was written by an earlier version.
        """
        missing = [column for column in COLUMNS if column not in table.columns]
        if missing:
            raise PlannerError(
                f"{file or 'the ledger'} was written by an earlier version of sagsflow: it has no column"
                f"{'s' if len(missing) > 1 else ''} {', '.join(missing)}; simulate it again into a new folder"
            )
        rows = table[["replication", *KEYS]].copy()
        rows["oere"] = np.rint(table["amount_dkk"].to_numpy(dtype=float) * 100).astype(np.int64)
        return Ledger(rows, tuple(replications))


@dataclass(frozen=True)
class Study:
    """Everything that the tables of a budget proposal are calculated from."""

    ledgers: Mapping[str, Ledger]
    """By point label; points without a price list are not here."""
    reference: str
    administrations: tuple[str, ...]
    all_years: tuple[int, ...]
    """The whole calendar years of the measured period."""
    confidence: float

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The budget year and the years that follow, at most four."""
        return self.all_years[:PROPOSAL_YEARS]

    @property
    def others(self) -> tuple[str, ...]:
        """Labels of the points that can be compared with the reference."""
        return tuple(label for label in self.ledgers if label != self.reference) if self.usable else ()

    @property
    def usable(self) -> bool:
        """Whether there is anything to make a proposal of: a reference with prices, and a whole year."""
        return self.reference in self.ledgers and bool(self.all_years)

    def rows(self, label: str, years: Sequence[int], *, municipal: bool = False) -> pd.DataFrame:
        """Return a point's entries in some years.

        Args:
            label: The point.
            years: Calendar years.
            municipal: Whether only what administrations pay is wanted: the municipality's net cost.
        """
        rows = self.ledgers[label].rows
        chosen = rows["year"].isin(years)
        if municipal:
            chosen &= rows["payer"].isin(self.administrations)
        return rows[chosen]

    def paired(
        self, label: str, by: Sequence[str], years: Sequence[int], *, municipal: bool = False
    ) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Return a point's sums and the reference's, in the replications that both have.

        Returns:
            Two tables of øre with the same rows (one per key of ``by``; keys that only one of them has cost nothing
            in the other) and the same columns (replications).
        """
        there = set(self.ledgers[self.reference].replications)
        common = [number for number in self.ledgers[label].replications if number in there]
        here = sums(self.rows(label, years, municipal=municipal), by, common)
        base = sums(self.rows(self.reference, years, municipal=municipal), by, common)
        index = here.index.union(base.index)
        return here.reindex(index, fill_value=0), base.reindex(index, fill_value=0)


def sums(rows: pd.DataFrame, by: Sequence[str], replications: Sequence[int]) -> pd.DataFrame:
    """Return sums in øre: one row per key of ``by``, one column per replication, 0 where there is no entry."""
    chosen = rows[rows["replication"].isin(list(replications))]
    added = chosen.groupby([*by, "replication"], observed=True)["oere"].sum().unstack("replication", fill_value=0)  # noqa: PD010
    return added.reindex(columns=list(replications), fill_value=0).astype(np.int64)


def estimates(oere: pd.DataFrame, confidence: float, divisor: float = 1.0) -> list[Interval]:
    """Return mean and t interval over replications in DKK, one per row.

    Args:
        oere: One row per figure, one column per replication, in øre.
        confidence: Level of the intervals.
        divisor: What to divide by, such as a number of years.
    """
    if oere.empty:
        return [Interval(np.nan, np.nan, np.nan) for _ in range(len(oere))]
    mean, low, high, _, _ = interval(oere.to_numpy(dtype=float) / (100.0 * divisor), confidence)
    return [Interval(float(m), float(a), float(b)) for m, a, b in zip(mean, low, high, strict=True)]


def total(oere: pd.DataFrame) -> pd.DataFrame:
    """Return the sum over all rows as a table of one row."""
    return oere.sum(axis=0).to_frame().T.astype(np.int64)


def study_of(results: Results) -> Study:
    """Read the ledgers of all points.

    Raises:
        PlannerError: A ledger was written by an earlier version.
    """
    ledgers = {}
    for point in results.points:
        table = results.costs(point)
        if not len(table):
            continue
        file = results.folder / "points" / point.label / "costs.parquet"
        ledgers[point.label] = Ledger.of(table, results.stored(point), file)
    horizons = [results.configurations[label].get("horizon") for label in ledgers]
    return Study(
        ledgers=ledgers,
        reference=results.reference.label,
        administrations=results.administrations,
        all_years=common_years([horizon for horizon in horizons if horizon is not None]),
        confidence=results.confidence,
    )
