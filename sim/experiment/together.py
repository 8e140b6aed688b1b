"""Stored results of several folders, brought together for one comparison, without simulating anything again.

Points are compared future by future, so the folders must have the same seed, and measure the same stretch of time.
"""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sim.experiment.cautions import with_cautions
from sim.experiment.differences import differences, listing
from sim.experiment.labels import unique_labels
from sim.experiment.manifest import Manifest, PointEntry
from sim.experiment.results import build
from sim.experiment.store import point_folder, put_together, refuse_damaged, seal_point
from sim.scenario.errors import PlannerError, listed
from sim.scenario.yamlfile import read_yaml

FOLDER_COLUMN = "folder"
"""Tells points apart that have the same scenario and the same swept values in two folders."""


@dataclass(frozen=True)
class _Stored:
    source: Path
    entry: PointEntry
    composed: Mapping[str, Any]


def bring_together(
    folders: Sequence[Path], target: Path, command: str, reference: str | None = None
) -> tuple[Manifest, list[str]]:
    """Copy the points of several folders of results into a new one, and compare them there.

    A point that two folders hold with the same configuration is taken from the one with more replications.

    Args:
        folders: Two or more folders of results.
        target: New folder.
        command: The command that does the same again.
        reference: Label or name of the point to compare with; None: the reference of the first folder.

    Returns:
        The manifest of the new folder, and notes on what a reader of the comparison should know.

    Raises:
        PlannerError: A folder is none of results, or the results cannot be compared; the message says what differs.
    """
    manifests = [Manifest.read(folder) for folder in folders]
    points = _points(folders, manifests)
    _refuse_if_incomparable(folders, manifests, points)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise PlannerError(f"{target} is not empty, and results are never overwritten: name another folder")
    entries = _entries(points)
    manifest = manifests[0].model_copy(
        update={
            "name": "compare",
            "command": command,
            "started": dt.datetime.now().astimezone().isoformat(timespec="seconds"),
            "status": "complete",
            "wall_seconds": 0.0,
            "experiment": manifests[0].experiment.model_copy(
                update={"replications": max(entry.stored for entry in entries)}
            ),
            "swept": tuple(entries[0].columns),
            "points": tuple(entries),
            "failures": (),
            "sources": tuple(str(folder) for folder in folders),
            "precision": None,
            "pricing": None,
            "reference": _reference(entries, points, manifests[0].reference, reference),
        }
    )
    try:
        for stored, entry in zip(points, entries, strict=True):
            refuse_damaged(point_folder(stored.source, stored.entry.label))
            destination = point_folder(target, entry.label)
            shutil.copytree(point_folder(stored.source, stored.entry.label), destination)
            put_together(destination)
            seal_point(destination)
    except OSError as error:
        raise PlannerError(f"the results cannot be written to {target}: {error}") from None
    build(target, manifest)
    manifest = with_cautions(target, manifest)
    manifest.write(target)
    return manifest, _notes(folders, manifests, points)


def _points(folders: Sequence[Path], manifests: Sequence[Manifest]) -> list[_Stored]:
    found: list[_Stored] = []
    for folder, manifest in zip(folders, manifests, strict=True):
        for entry in manifest.points:
            if not entry.stored:
                continue
            config = point_folder(folder, entry.label) / "config.yaml"
            stored = _Stored(folder, entry, read_yaml(config).data)
            twin = next((n for n, other in enumerate(found) if _same(other, stored)), None)
            if twin is None:
                found.append(stored)
            elif found[twin].entry.stored < entry.stored:
                found[twin] = stored
    if not found:
        raise PlannerError(f"there is not one finished replication in {listed(folders)}")
    return found


def _same(one: _Stored, other: _Stored) -> bool:
    return not differences(one.composed, other.composed, ignored=("experiment.replications", "choices"))


def _refuse_if_incomparable(folders: Sequence[Path], manifests: Sequence[Manifest], points: Sequence[_Stored]) -> None:
    first = manifests[0]
    found = [
        f"experiment.seed: {first.experiment.seed} in {folders[0]}, {manifest.experiment.seed} in {folder}"
        for folder, manifest in zip(folders, manifests, strict=True)
        if manifest.experiment.seed != first.experiment.seed
    ]
    base = points[0]
    for stored in points:
        if stored.source == base.source:
            continue  # A sweep over horizons was the planner's own wish.
        for key in dict.fromkeys([*base.composed.get("horizon", {}), *stored.composed.get("horizon", {})]):
            one, other = base.composed["horizon"].get(key), stored.composed["horizon"].get(key)
            if one != other:
                found.append(f"horizon.{key}: {one} in {base.source}, {other} in {stored.source}")
    if found:
        raise PlannerError(
            "these results cannot be compared future by future, because they differ in\n"
            + listing(list(dict.fromkeys(found)))
        )


def _entries(points: Sequence[_Stored]) -> list[PointEntry]:
    paths = dict.fromkeys(path for stored in points for path in stored.entry.columns if path != FOLDER_COLUMN)
    columns = [{path: _value(stored, path) for path in paths} for stored in points]
    keys = [(stored.entry.scenario, *own.values()) for stored, own in zip(points, columns, strict=True)]
    if len(set(keys)) < len(keys):
        folders = list(dict.fromkeys(stored.source for stored in points))
        names = dict(zip(folders, unique_labels(folder.resolve().name for folder in folders), strict=True))
        for stored, own in zip(points, columns, strict=True):
            own[FOLDER_COLUMN] = names[stored.source]
    taken = [stored.entry.name for stored in points]
    named = [
        f"{stored.entry.name}, {own[FOLDER_COLUMN]}"
        if FOLDER_COLUMN in own and taken.count(stored.entry.name) > 1
        else stored.entry.name
        for stored, own in zip(points, columns, strict=True)
    ]
    return [
        stored.entry.model_copy(update={"label": label, "name": name, "columns": own})
        for stored, own, label, name in zip(points, columns, unique_labels(named), named, strict=True)
    ]


def _value(stored: _Stored, path: str) -> int | float | str:
    """Return the value that a point has at a path that another one swept."""
    if path in stored.entry.columns:
        return stored.entry.columns[path]
    value: Any = stored.composed.get("choices", {}).get(path.replace(".", "/"))
    if value is None:
        value = stored.composed
        for part in path.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _reference(entries: Sequence[PointEntry], points: Sequence[_Stored], first_label: str, wanted: str | None) -> str:
    if wanted is None:
        same = (
            entry.label
            for entry, stored in zip(entries, points, strict=True)
            if stored.source == points[0].source and stored.entry.label == first_label
        )
        return next(same, entries[0].label)
    for entry in entries:
        if wanted in (entry.label, entry.name):
            return entry.label
    raise PlannerError(f"there is no point '{wanted}' (points: {listed(entry.label for entry in entries)})")


def _notes(folders: Sequence[Path], manifests: Sequence[Manifest], points: Sequence[_Stored]) -> list[str]:
    notes = [
        f"{folder} was made by another version than {folders[0]}: differences between them may come from that"
        for folder, manifest in zip(folders, manifests, strict=True)
        if manifest.engine != manifests[0].engine
    ]
    counts = {stored.entry.stored for stored in points}
    if len(counts) > 1:
        notes.append(
            f"the points have between {min(counts)} and {max(counts)} replications: "
            "differences use those that both have"
        )
    return notes
