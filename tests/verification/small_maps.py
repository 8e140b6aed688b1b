"""The small process maps of this folder, with values changed for a test."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sim.journal import Journal
from sim.scenario import Scenario
from sim.scenario.compose import from_yaml
from sim.scenario.configuration import checked

FOLDER = Path(__file__).parent
YEAR_HOURS = 365.25 * 24

Floats = npt.NDArray[np.float64]
Table = Mapping[str, npt.NDArray[Any]]


def small_map(name: str, changes: Mapping[str, Any] | None = None) -> Scenario:
    """Return the scenario in ``name.yaml``.

    Args:
        name: Name of the file, without its ending.
        changes: Values by dotted path, put in the place of what the file says. None takes a key away.
    """
    composed = copy.deepcopy(from_yaml(FOLDER / f"{name}.yaml").composed)
    for path, value in (changes or {}).items():
        *parents, last = path.split(".")
        inner = composed
        for key in parents:
            inner = inner[key]
        if value is None:
            del inner[last]
        else:
            inner[last] = value
    return checked(composed, {}).scenario


def years(days: float) -> float:
    """Return a number of days as the years of a horizon."""
    return days / 365.25


def rows(journal: Journal, table: str, **wanted: str) -> Table:
    """Return the rows of a table whose coded columns have the wanted names."""
    columns = journal.table(table)
    keep = np.ones(len(next(iter(columns.values()))), dtype=bool)
    for column, name in wanted.items():
        key = {"kind": f"{table}.kind", "outcome": f"{table}.outcome", "administration": "payer"}.get(column, column)
        codes = journal.names[key]
        keep &= columns[column] == (codes.index(name) if name in codes else -2)
    return {column: values[keep] for column, values in columns.items()}


def in_order(table: Table, column: str) -> Table:
    """Return a table sorted by a column, rows with equal values in the order of the cases' numbers."""
    order = np.lexsort((table["case"], table[column]))
    return {name: values[order] for name, values in table.items()}
