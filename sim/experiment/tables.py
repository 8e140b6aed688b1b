"""The tables that are stored, with their columns and types, and how a journal becomes readable tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

from sim.journal import TABLES, Journal, Names, names_key
from sim.scenario import Scenario
from sim.scenario.costs import OUTSIDE_PAYERS

TEXT, NUMBER, WHOLE = pa.string(), pa.float64(), pa.int64()

REPLICATION = pa.field("replication", WHOLE)

FIGURES: Mapping[str, tuple[pa.Field, ...]] = {
    "kpis": (pa.field("kpi", TEXT), pa.field("group", TEXT), pa.field("value", NUMBER), pa.field("unit", TEXT)),
    "costs": (
        pa.field("year", WHOLE),
        pa.field("administration", TEXT),
        pa.field("account", TEXT),
        pa.field("payer", TEXT),
        pa.field("part", TEXT),
        pa.field("item", TEXT),
        pa.field("supplier", TEXT),
        pa.field("level", WHOLE),
        pa.field("quantity", NUMBER),
        pa.field("unit", TEXT),
        pa.field("amount_dkk", NUMBER),
    ),
    "series": (pa.field("series", TEXT), pa.field("group", TEXT), pa.field("x", NUMBER), pa.field("value", NUMBER)),
}
"""The tables of :class:`~sim.measures.Figures`, without the column ``replication`` that stands first in the store."""

SORTED_BY: Mapping[str, tuple[str, ...]] = {
    "kpis": ("kpi", "group"),
    "costs": ("year", "administration", "account", "payer", "part", "item", "supplier", "level"),
    "series": ("series", "group", "x"),
}

BILLING: Mapping[str, str] = {
    "spells": "spells",
    "billing_cases": "cases",
    "billing_activities": "activities",
    "billing_events": "events",
    "billing_staff": "staff",
}
"""The part of the journal that costs hang on (see :mod:`sim.measures.billing`): stored table to the journal's."""

STORED = (*FIGURES, *BILLING)
"""What is kept of every replication of a point."""


def figures_table(name: str, frame: pd.DataFrame, replication: int) -> pa.Table:
    """Return a table of figures as it is stored: fixed columns and types, sorted, with the replication first.

    A value that is NaN (nothing to measure) is stored as null.

    Raises:
        KeyError: A column is missing.
        pyarrow.ArrowInvalid: A column holds something else than it should.
    """
    fields = FIGURES[name]
    ordered = frame[[field.name for field in fields]].sort_values(list(SORTED_BY[name]), kind="stable")
    table = pa.Table.from_pandas(ordered, schema=pa.schema(fields), preserve_index=False)
    return _numbered(table.replace_schema_metadata(None), replication)


def journal_table(journal: Journal, name: str) -> pa.Table:
    """Return a table of the journal with names instead of codes (null: none)."""
    columns = journal.table(name)
    arrays: dict[str, Any] = {}
    for column in TABLES[name]:
        values = np.asarray(columns[column])
        key = names_key(name, column)
        arrays[column] = pa.array(values) if key is None else _decoded(values, journal.names.get(key, ()))
    return pa.table(arrays)


def billing_table(journal: Journal, name: str) -> pa.Table:
    """Return one of the tables :data:`BILLING` of a replication as it is stored."""
    return _numbered(journal_table(journal, BILLING[name]), journal.replication)


def billing_journal(tables: Mapping[str, pa.Table], scenario: Scenario, replication: int) -> Journal:
    """Return the journal that the tables :data:`BILLING` of a replication were made from.

    Names that the scenario knows get the codes that they had, so that sums are formed in the same order; others get
    codes in the order in which they first come.
    """
    names = {key: Names(known) for key, known in _known(scenario).items()}
    columns: dict[str, Any] = {BILLING[name]: _coded(tables[name], BILLING[name], names) for name in BILLING}
    return Journal(
        scenario=scenario.about.name,
        replication=replication,
        seed=scenario.seed,
        start=scenario.horizon.start,
        run_in=scenario.horizon.run_in_days,
        horizon=scenario.horizon.days,
        names={key: known.all() for key, known in names.items()},
        **columns,
    )


def _known(scenario: Scenario) -> dict[str, list[str]]:
    return {
        "profile": [*scenario.profiles],
        "track": [*scenario.tracks],
        "resource": [*scenario.teams, *scenario.panels],
        "service": [*scenario.services],
        "supplier": [name for service in scenario.services.values() for name in service.suppliers],
        "payer": [*scenario.administrations, *OUTSIDE_PAYERS],
    }


def _coded(table: pa.Table, name: str, names: dict[str, Names]) -> dict[str, npt.NDArray[Any]]:
    columns: dict[str, npt.NDArray[Any]] = {}
    for column in TABLES[name]:
        key = names_key(name, column)
        if key is None:
            columns[column] = table[column].to_numpy()
            continue
        known = names.setdefault(key, Names())
        encoded = table[column].combine_chunks().dictionary_encode()
        # Code -1 ("none") finds the last entry.
        codes = np.array([*(known.code(given) for given in encoded.dictionary.to_pylist()), -1], dtype=np.int32)
        columns[column] = codes[encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return columns


def _decoded(codes: Any, names: tuple[str, ...]) -> pa.Array:
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, TEXT)).cast(TEXT)


def _numbered(table: pa.Table, replication: int) -> pa.Table:
    return table.add_column(0, REPLICATION, pa.array(np.full(table.num_rows, replication, dtype=np.int64)))
