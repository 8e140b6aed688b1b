"""The tables that are stored, with their columns and types, and how a journal becomes readable tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from sim.journal import TABLES, Journal, names_key

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

STORED = ("kpis", "costs", "series", "spells")
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


def spells_table(journal: Journal) -> pa.Table:
    """Return the service spells of a replication as they are stored."""
    return _numbered(journal_table(journal, "spells"), journal.replication)


def _decoded(codes: Any, names: tuple[str, ...]) -> pa.Array:
    indices = pa.array(codes.astype(np.int32), mask=codes < 0)
    return pa.DictionaryArray.from_arrays(indices, pa.array(names, TEXT)).cast(TEXT)


def _numbered(table: pa.Table, replication: int) -> pa.Table:
    return table.add_column(0, REPLICATION, pa.array(np.full(table.num_rows, replication, dtype=np.int64)))
