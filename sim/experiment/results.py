"""The tables over all points, built from the points' own files.

They are built anew at the end of every run, in the order of the points, replications and names, so that their bytes
do not depend on how many processes there were, who finished first, or whether the work was interrupted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sim.experiment import best, run_in
from sim.experiment.checksums import Account, sound
from sim.experiment.compare import compare
from sim.experiment.files import being_written, csv_text
from sim.experiment.manifest import Manifest, PointEntry
from sim.experiment.store import point_folder
from sim.experiment.tables import FIGURES, REPLICATION

CSV_ENCODING = "utf-8"


def build(folder: Path, manifest: Manifest) -> None:
    """Write ``kpis``, ``costs``, ``best`` and ``run_in`` (CSV and Parquet) and ``comparison.csv``.

    Raises:
        PlannerError: What is stored of a point has been damaged.
    """
    account = Account(folder)
    for name in ("kpis", "costs"):
        _build_table(folder, manifest, name, account)
    figures = _Figures(folder, manifest)
    _write_csv(folder / "comparison.csv", compared(folder, manifest), account)
    for name, table in (
        (best.FILE, best.best_table(figures, manifest.experiment.confidence)),
        (run_in.FILE, run_in.run_in_table(folder, manifest)),
    ):
        _write_csv(folder / f"{name}.csv", table, account)
        with being_written(folder / f"{name}.parquet") as path:
            table.to_parquet(path, index=False, compression="zstd")
            account.expect(f"{name}.parquet", path)
    account.settle()


def _write_csv(target: Path, table: pd.DataFrame, account: Account) -> None:
    with being_written(target) as path:
        path.write_text(csv_text(table, header=True), encoding=CSV_ENCODING, newline="\n")
        account.expect(target.name, path)


class _Figures(Mapping[str, pd.DataFrame]):
    """The figures of each point, read when they are asked for and not kept: memory must not grow with the points."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        paths = {entry.label: point_folder(folder, entry.label) / "kpis.parquet" for entry in manifest.points}
        self._paths = {label: sound(path) for label, path in paths.items() if path.exists()}

    def __getitem__(self, label: str) -> pd.DataFrame:
        return pd.read_parquet(self._paths[label])

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


def compared(folder: Path, manifest: Manifest) -> pd.DataFrame:
    """Return the comparison of all points with the reference: scenario, label, swept columns, then the statistics."""
    result = compare(_Figures(folder, manifest), manifest.reference, manifest.experiment.confidence)
    entries = {entry.label: entry for entry in manifest.points}
    result.insert(0, "scenario", [entries[label].scenario for label in result["label"]])
    for position, swept in enumerate(manifest.swept, start=2):
        result.insert(position, swept, [entries[label].columns.get(swept) for label in result["label"]])
    return result


def _build_table(folder: Path, manifest: Manifest, name: str, account: Account) -> None:
    schema = _schema(manifest, name)
    csv_target, parquet_target = folder / f"{name}.csv", folder / f"{name}.parquet"
    with being_written(csv_target) as csv_path, being_written(parquet_target) as parquet_path:
        with (
            csv_path.open("w", encoding=CSV_ENCODING, newline="") as csv,
            pq.ParquetWriter(parquet_path, schema, compression="zstd") as writer,
        ):
            csv.write(csv_text(schema.empty_table().to_pandas(), header=True))
            for entry in manifest.points:
                for table in _replications(folder, entry, name):
                    whole = _identified(table, entry, schema)
                    writer.write_table(whole)
                    csv.write(csv_text(whole.to_pandas(), header=False))
        account.expect(csv_target.name, csv_path)
        account.expect(parquet_target.name, parquet_path)


def _replications(folder: Path, entry: PointEntry, name: str) -> Iterator[Any]:
    path = point_folder(folder, entry.label) / f"{name}.parquet"
    if path.exists():
        with pq.ParquetFile(sound(path)) as file:
            for number in range(file.num_row_groups):
                yield file.read_row_group(number)


def _schema(manifest: Manifest, name: str) -> Any:
    swept = [pa.field(path, _type(manifest, path)) for path in manifest.swept]
    return pa.schema([pa.field("scenario", pa.string()), *swept, REPLICATION, *FIGURES[name]])


def _type(manifest: Manifest, path: str) -> Any:
    values = [entry.columns.get(path) for entry in manifest.points]
    given = [value for value in values if value is not None]
    if all(isinstance(value, int) for value in given):
        return pa.int64()
    return pa.float64() if all(isinstance(value, int | float) for value in given) else pa.string()


def _identified(table: Any, entry: PointEntry, schema: Any) -> Any:
    arrays = []
    for field in schema:
        if field.name in table.schema.names:
            arrays.append(table[field.name])
        else:
            value: Any = entry.scenario if field.name == "scenario" else entry.columns.get(field.name)
            value = str(value) if value is not None and field.type == pa.string() else value
            arrays.append(pa.repeat(pa.scalar(value, field.type), table.num_rows))
    return pa.table(arrays, schema=schema)
