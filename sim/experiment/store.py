"""The folder of results: opened, continued, or refused.

Layout::

    manifest.json
    points/<label>/config.yaml
    points/<label>/{kpis,costs,series,spells}.parquet      all replications, put together
    points/<label>/billing_*.parquet                        what else it takes to price them again
    points/<label>/ledger.parquet                           every entry of replication 0
    points/<label>/journal/{cases,activities,…}.parquet    of replication 0
    points/<label>/replications/00007/…                    those not yet put together
    kpis.csv costs.csv comparison.csv (+ .parquet)          all points; see :mod:`sim.experiment.results`

A replication's results appear as a folder that is complete or not there at all. Whatever is there is never computed
again: the same command into the same folder does what is missing, and more replications than before only what is new.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from sim.experiment.differences import differences, listing
from sim.experiment.files import TEMPORARY, being_written, sweep_leftovers, write_text
from sim.experiment.manifest import MANIFEST, Manifest, engine
from sim.experiment.points import Point
from sim.experiment.run import replication_folder
from sim.experiment.tables import STORED
from sim.scenario.compose import to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.scenario.yamlfile import parse_yaml, read_yaml

NOT_OURS_TO_MIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "error.log"})
"""Files that may lie in a folder that counts as empty."""


def point_folder(folder: Path, label: str) -> Path:
    """Return the folder of a point."""
    return folder / "points" / label


def open_folder(folder: Path, points: Sequence[Point]) -> Manifest | None:
    """Make a folder ready for the results of these points, and return the manifest of earlier work in it.

    Raises:
        PlannerError: The folder cannot be written to, holds something else, or holds results of another
            configuration, seed or version; the message says what differs.
    """
    manifest = None
    try:
        if folder.is_dir():
            manifest = _earlier(folder, points)
        folder.mkdir(parents=True, exist_ok=True)
        sweep_leftovers(folder)
        probe = folder / f"{TEMPORARY}{os.getpid()}-probe"
        probe.write_bytes(b"")
        probe.unlink()
        for point in points:
            point_folder(folder, point.label).mkdir(parents=True, exist_ok=True)
            config = point_folder(folder, point.label) / "config.yaml"
            if not config.exists():
                write_text(config, to_yaml(point.configuration))
    except OSError as error:
        raise PlannerError(f"the results cannot be written to {folder}: {error.strerror or error}") from None
    return manifest


def _earlier(folder: Path, points: Sequence[Point]) -> Manifest | None:
    present = sorted(path.name for path in folder.iterdir() if path.name not in NOT_OURS_TO_MIND)
    present = [name for name in present if not name.startswith(TEMPORARY)]
    if not present:
        return None
    if MANIFEST not in present:
        # A crash between making the points' folders and writing the manifest leaves nothing but the former.
        if present == ["points"] and not list(folder.glob("points/*/replications")):
            return None
        raise PlannerError(
            f"{folder} is not empty and not a folder of results (it holds {listed(present)}). "
            "Name another folder with output=..."
        )
    manifest = Manifest.read(folder)
    found = _what_differs(folder, manifest, points)
    if found:
        raise PlannerError(
            f"{folder} holds results of something else, and results are never overwritten or mixed:\n"
            f"{listing(found)}\nName another folder with output=..."
        )
    return manifest


def _what_differs(folder: Path, manifest: Manifest, points: Sequence[Point]) -> list[str]:
    if manifest.sources:
        return [f"it brings together stored results of {', '.join(manifest.sources)}"]
    now = engine()
    found = [
        f"{name}: {manifest.engine.get(name, 'absent')} there, {now.get(name, 'absent')} here"
        for name in dict.fromkeys([*manifest.engine, *now])
        if manifest.engine.get(name) != now.get(name)
    ]
    there, here = [entry.label for entry in manifest.points], [point.label for point in points]
    if set(there) != set(here):
        found.append(f"points: {listed(there)} there, {listed(here)} here")
        return found
    asked = points[0].configuration.experiment.replications
    if asked < manifest.experiment.replications:
        found.append(
            f"experiment.replications: {manifest.experiment.replications} there, {asked} here (only more can be added)"
        )
    for point in points:
        config = point_folder(folder, point.label) / "config.yaml"
        if config.exists():
            stored, current = read_yaml(config).data, parse_yaml(to_yaml(point.configuration), config).data
            lines = differences(stored, current, ignored=("experiment.replications",))
            found.extend(f"{point.label}: {line}" for line in lines)
    return found


def stored_replications(point: Path) -> set[int]:
    """Return the replications of a point whose results are stored, put together or not."""
    together = _row_groups(point / "kpis.parquet")
    return together.keys() | _apart(point)


def _apart(point: Path) -> set[int]:
    folder = point / "replications"
    return {int(path.name) for path in folder.iterdir() if path.name.isdigit()} if folder.is_dir() else set()


def _row_groups(path: Path) -> dict[int, list[int]]:
    """Return, per replication, the row groups of a put-together table."""
    import pyarrow.parquet as pq

    if not path.exists():
        return {}
    metadata = pq.read_metadata(path)
    found: dict[int, list[int]] = {}
    for number in range(metadata.num_row_groups):
        found.setdefault(int(metadata.row_group(number).column(0).statistics.min), []).append(number)
    return found


def put_together(point: Path) -> int:
    """Put a point's replications together into one file per table, in order, and return how many there are.

    One replication at a time is held in memory. A crash in between is harmless: what is in ``replications/`` counts
    before what has been put together, and is deleted last.
    """
    apart = _apart(point)
    if not apart:
        return len(stored_replications(point))
    replications = sorted(stored_replications(point))
    for name in STORED:
        # What is missing was not known yet to the version that simulated them, or has been copied as a whole.
        if all((replication_folder(point, replication) / f"{name}.parquet").exists() for replication in apart):
            _put_table_together(point, name, replications, apart)
    for replication in apart:
        shutil.rmtree(replication_folder(point, replication))
    if not any((point / "replications").iterdir()):
        (point / "replications").rmdir()
    return len(replications)


def stored_table(point: Path, name: str, replication: int) -> Any:
    """Return what is stored of a replication in one of the tables of a point that have been put together."""
    import pyarrow.parquet as pq

    path = point / f"{name}.parquet"
    groups = _row_groups(path).get(replication, [])
    with pq.ParquetFile(path) as file:
        return file.read_row_groups(groups)


def _put_table_together(point: Path, name: str, replications: Sequence[int], apart: set[int]) -> None:
    import pyarrow.parquet as pq

    target = point / f"{name}.parquet"
    groups = _row_groups(target)
    earlier = pq.ParquetFile(target) if target.exists() else None
    with being_written(target) as temporary:
        writer = None
        try:
            for replication in replications:
                table = _one(point, name, replication, apart, groups, earlier)
                if writer is None:
                    writer = pq.ParquetWriter(temporary, table.schema, compression="zstd")
                if table.num_rows:
                    writer.write_table(table)
        finally:
            if writer is not None:
                writer.close()
            if earlier is not None:
                earlier.close()


def _one(point: Path, name: str, replication: int, apart: set[int], groups: dict[int, list[int]], earlier: Any) -> Any:
    import pyarrow.parquet as pq

    if replication in apart:
        return pq.ParquetFile(replication_folder(point, replication) / f"{name}.parquet").read()
    assert earlier is not None
    return earlier.read_row_groups(groups.get(replication, []))
