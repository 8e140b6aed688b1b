"""The folder of results: opened, continued, or refused.

Layout::

    manifest.json
    points/<label>/config.yaml
    points/<label>/{kpis,costs,series,spells}.parquet      all replications, put together
    points/<label>/billing_*.parquet                        what else it takes to price them again
    points/<label>/ledger.parquet                           every entry of replication 0
    points/<label>/journal/{cases,activities,…}.parquet    of replication 0
    points/<label>/replications/00007/…                    those not yet put together
    points/<label>/checksums.sha256                         of all of these, and so in replications/00007/
    kpis.csv costs.csv comparison.csv (+ .parquet)          all points; see :mod:`sim.experiment.results`
    best.csv run_in.csv (+ .parquet)                        who is likely best; has every queue settled?
    checksums.sha256                                        of the tables over all points

A replication's results appear as a folder that is complete or not there at all. Whatever is there is never computed
again: the same command into the same folder does what is missing, and more replications than before only what is new.
What has been damaged since is noticed (:mod:`sim.experiment.checksums`): a replication that lies by itself is computed
again, and a point's tables are refused, because deleting many replications is for people to decide.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from sim.experiment.checksums import CHECKSUMS, Account, damage, damaged, seal
from sim.experiment.differences import differences, listing
from sim.experiment.files import TEMPORARY, being_written, discard, sweep_leftovers, write_text
from sim.experiment.lock import LOCK
from sim.experiment.manifest import MANIFEST, Manifest, engine
from sim.experiment.points import Point
from sim.experiment.run import replication_folder
from sim.experiment.tables import STORED
from sim.scenario.compose import to_yaml
from sim.scenario.errors import PlannerError, listed
from sim.scenario.yamlfile import parse_yaml, read_yaml

NOT_OURS_TO_MIND = frozenset({".DS_Store", "Thumbs.db", "desktop.ini", "error.log", LOCK})
"""Files that may lie in a folder that counts as empty."""

OF_REPLICATION_0 = ("ledger.parquet", "journal")
"""What is kept of the first replication alone."""


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
            # Without a manifest nothing was computed: a configuration that lies here may be that of another command.
            if manifest is None or not config.exists():
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
        if present == ["points"] and _merely_begun(folder / "points"):
            discard(folder / "points")
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


def _merely_begun(points: Path) -> bool:
    """Return whether there is nothing but what a crash before the first manifest leaves: configurations."""
    found = [path.relative_to(points) for path in points.rglob("*")]
    return all(
        len(path.parts) == 1 or path.parts[1:] == ("config.yaml",) or path.name.startswith(TEMPORARY) for path in found
    ) and all((points / path).is_dir() for path in found if len(path.parts) == 1)


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
    if asked != "auto" and asked < manifest.experiment.replications:
        found.append(
            f"experiment.replications: {manifest.experiment.replications} there, {asked} here (only more can be added)"
        )
    for point in points:
        config = point_folder(folder, point.label) / "config.yaml"
        text = to_yaml(point.configuration)
        # Reading YAML takes seconds where there are many points, and is worth it only if something differs.
        if config.exists() and config.read_bytes() != text.encode():
            stored, current = read_yaml(config).data, parse_yaml(text, config).data
            lines = differences(stored, current, ignored=("experiment.replications",))
            found.extend(f"{point.label}: {line}" for line in lines)
    return found


def discard_damaged(folder: Path, labels: Iterable[str]) -> list[Path]:
    """Compare all that is stored with its checksums; delete replications that are damaged, and return which.

    Raises:
        PlannerError: What has been put together is damaged; the message says what to do.
    """
    points = [point_folder(folder, label) for label in labels]
    wrong = [(point, damage(point) or _without_list(point)) for point in points]
    wrong = [(point, lines) for point, lines in wrong if lines]
    if wrong:
        raise PlannerError(damaged(wrong))
    apart = [replication_folder(point, replication) for point in points for replication in sorted(_apart(point))]
    bad = [one for one in apart if damage(one) or _without_list(one)]
    for one in bad:
        discard(one)
    return bad


def _without_list(folder: Path) -> list[str]:
    there = (folder / "kpis.parquet").exists() and not (folder / CHECKSUMS).exists()
    return [f"{CHECKSUMS} is missing"] if there else []


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
    if apart:
        refuse_damaged(point)
        account = Account(point)
        replications = sorted(stored_replications(point))
        for name in STORED:
            # What is missing was not known yet to the version that simulated them, or has been copied as a whole.
            if all((replication_folder(point, replication) / f"{name}.parquet").exists() for replication in apart):
                _put_table_together(point, name, replications, apart, account)
        if 0 in apart:
            _take_over(replication_folder(point, 0), point, account)
        account.settle(also=("config.yaml",))
        for replication in apart:
            discard(replication_folder(point, replication))
    if (point / "replications").is_dir() and not any((point / "replications").iterdir()):
        (point / "replications").rmdir()
    return len(stored_replications(point))


def refuse_damaged(point: Path) -> None:
    """Compare all that is stored of a point with its checksums.

    Raises:
        PlannerError: Something is damaged; the message says what to do.
    """
    folders = (point, *(replication_folder(point, replication) for replication in sorted(_apart(point))))
    wrong = [(folder, damage(folder)) for folder in folders]
    if any(lines for _, lines in wrong):
        raise PlannerError(damaged([(folder, lines) for folder, lines in wrong if lines]))


def _take_over(replication: Path, point: Path, account: Account) -> None:
    """Copy what is kept of the first replication alone."""
    for name in OF_REPLICATION_0:
        source, target = replication / name, point / name
        if not source.exists() or target.exists():
            continue  # What is there was copied before a crash, or stands in another list.
        with being_written(target) as temporary:
            if source.is_dir():
                shutil.copytree(source, temporary)
                for file in sorted(temporary.iterdir()):
                    account.expect(f"{name}/{file.name}", file)
            else:
                shutil.copy2(source, temporary)
                account.expect(name, temporary)


def seal_point(point: Path) -> None:
    """List everything in a point's folder as it is now, which has been copied from sound files."""
    seal(point, without=("replications",))


def stored_table(point: Path, name: str, replication: int) -> Any:
    """Return what is stored of a replication in one of the tables of a point that have been put together."""
    import pyarrow.parquet as pq

    path = point / f"{name}.parquet"
    groups = _row_groups(path).get(replication, [])
    with pq.ParquetFile(path) as file:
        return file.read_row_groups(groups)


def _put_table_together(point: Path, name: str, replications: Sequence[int], apart: set[int], account: Account) -> None:
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
        account.expect(target.name, temporary)


def _one(point: Path, name: str, replication: int, apart: set[int], groups: dict[int, list[int]], earlier: Any) -> Any:
    import pyarrow.parquet as pq

    if replication in apart:
        with pq.ParquetFile(replication_folder(point, replication) / f"{name}.parquet") as file:
            return file.read()
    assert earlier is not None
    return earlier.read_row_groups(groups.get(replication, []))
