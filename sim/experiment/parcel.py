"""A replication that is simulated on another machine: its files travel as bytes.

Another machine need not share a file system with this one. What it is sent holds the whole scenario; it stores the
results in a temporary place, as a process of this machine would, and sends back what then lies there. Here the files
are laid down in the same way as always: complete with their checksums, or not at all. So they have the same bytes
wherever they come from.
"""

from __future__ import annotations

import shutil
import tempfile
import traceback
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from sim.experiment.manifest import engine
from sim.experiment.run import Done, Failed, Task, is_disk_full, replication_folder, run_replication, stored_as_one


@dataclass(frozen=True)
class Parcel:
    """What comes back."""

    result: Done | Failed | None
    """None: nothing was simulated, see ``stranger``."""
    files: dict[str, bytes] = field(default_factory=dict)
    """Path below the replication's folder, with slashes, to contents."""
    stranger: str = ""
    """What differs between the sagsflow that simulated and the one that asked; nothing: they are the same."""


def addressed(task: Task) -> Task:
    """Return the task without the place on this machine where its results will lie."""
    return replace(task, point=Path())


def replicate_apart(task: Task, expected: Mapping[str, str]) -> Parcel:
    """Simulate a replication away from the folder of results.

    Args:
        task: What to simulate; its folder is not used.
        expected: What decides a result, where the results are wanted (:func:`~sim.experiment.manifest.engine`).
    """
    here = engine()
    if here != expected:
        names = (name for name in {**expected, **here} if expected.get(name) != here.get(name))
        differing = (f"{name}: {expected.get(name, 'absent')} here, {here.get(name, 'absent')} there" for name in names)
        return Parcel(None, stranger=", ".join(differing))
    # Made only when there is something to store: what is killed while it simulates leaves nothing behind.
    point = Path(tempfile.gettempdir()) / f"sagsflow-{uuid.uuid4().hex}"
    try:
        result = run_replication(replace(task, point=point))
        folder = replication_folder(point, task.replication)
        paths = sorted(path for path in folder.rglob("*") if path.is_file()) if isinstance(result, Done) else []
        return Parcel(result, {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths})
    finally:
        shutil.rmtree(point, ignore_errors=True)


def received(parcel: Parcel, task: Task) -> Done | Failed:
    """Lay the files down in the folder of the point, as if the replication had been simulated here."""
    assert parcel.result is not None
    if isinstance(parcel.result, Failed):
        return parcel.result
    try:
        with stored_as_one(task.point, task.replication) as folder:
            for name, content in parcel.files.items():
                path = folder / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
    except OSError as error:
        said = f"{type(error).__name__}: {error.strerror or error}"
        full = is_disk_full(error)
        return Failed(task.label, task.replication, said, traceback.format_exc(), disk_full=full)
    return parcel.result
